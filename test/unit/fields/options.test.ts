import { expect } from 'chai'
import { dynamicLookupField } from '../../../engine/fields/dynamic-lookup.ts'
import { selectField } from '../../../engine/fields/select.ts'

describe('a field that lacks what its type needs', () => {
  const context = {} as Parameters<NonNullable<typeof selectField.checkConfig>>[1]

  it('is told at the key that is missing, so that a page can say what to fill in', () => {
    const select = selectField.checkConfig?.({ name: 'level', type: 'select' }, context)
    const lookup = dynamicLookupField.checkConfig?.({ name: 'about', type: 'dynamic_lookup' }, context)
    expect(select?.map(({ code, path }) => [code, path])).to.deep.equal([['META_KEY_MISSING', '/options']])
    expect(lookup?.map(({ code, path }) => [code, path])).to.deep.equal([['META_KEY_MISSING', '/to']])
  })
})
