import { expect } from 'chai'
import { ownLabel } from '../../../designer/versions/version-label.ts'

describe('the label of a version', () => {
  const cases = [
    { label: 'Engine', by: null, own: { template: undefined, version: undefined } },
    { label: 'Template sales 0.1.0', by: null, own: { template: 'sales', version: '0.1.0' } },
    { label: 'Import', by: null, own: undefined },
    // A person may call theirs what they like.
    { label: 'Engine', by: { id: '1', label: 'Lily' }, own: undefined },
  ]
  for (const { label, by, own } of cases) {
    it(`“${label}” of ${by?.label ?? 'Tenon'} is ${own === undefined ? 'told as it is' : 'told in words'}`, () => {
      expect(ownLabel({ label, published_by: by })).to.deep.equal(own)
    })
  }
})
