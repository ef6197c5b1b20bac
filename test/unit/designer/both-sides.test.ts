import { expect } from 'chai'
import { valueBeside } from '../../../designer/review/use-both-sides.ts'

describe('what stands in force beside a place of a draft', () => {
  const draft = { label: 'Deal', fields: [{ id: '1', name: 'sum', label: 'Sum' }, { name: 'stage' }, 'free'] }
  const inForce = {
    label: 'Sale',
    fields: [
      { name: 'stage', label: 'Step' },
      { id: '1', name: 'total', label: 'Total' },
    ],
  }
  for (const [path, expected] of [
    ['label', 'Sale'],
    ['fields/0/label', 'Total'],
    ['fields/1/label', 'Step'],
    ['fields/2', undefined],
    ['fields/7/label', undefined],
    ['label/en', undefined],
  ] as const) {
    it(`${path}: ${expected}`, () => expect(valueBeside(draft, inForce, path.split('/'))).to.equal(expected))
  }
})
