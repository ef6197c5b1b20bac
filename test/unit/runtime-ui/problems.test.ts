import { expect } from 'chai'
import type { TFunction } from 'i18next'
import { checkProblems, errorTree, serverProblems } from '../../../runtime-ui/forms/problems.ts'

const t = ((key: string, values?: { limit?: number }) =>
  [key, values?.limit].filter((part) => part !== undefined).join(' ')) as TFunction
const fields = new Set(['name', 'address', 'a/b'])

describe('problems of a form', () => {
  it('puts the server’s problems at their fields, the rest at the top', () => {
    const items = [
      { code: 'FIELD_REQUIRED', path: '/name', message: 'Required.' },
      { code: 'X', path: '/address/city', message: 'Too long.', hint: 'Shorten it.' },
      { code: 'X', path: '/a~1b', message: 'Odd.' },
      { code: 'X', path: '/gone', message: 'Unknown.' },
      { code: 'X', path: '', message: 'Whole.' },
    ]
    expect(serverProblems(items, fields, 'fallback')).to.deep.equal([
      { field: 'name', message: 'Required.', source: 'server' },
      { field: 'address', message: 'Too long. Shorten it.', source: 'server' },
      { field: 'a/b', message: 'Odd.', source: 'server' },
      { field: undefined, message: 'Unknown.', source: 'server' },
      { field: undefined, message: 'Whole.', source: 'server' },
    ])
    expect(serverProblems([], fields, 'fallback')).to.deep.equal([
      { field: undefined, message: 'fallback', source: 'server' },
    ])
  })

  it('says the validator’s findings in words, one a field', () => {
    const errors = [
      { name: 'required', property: '.name', params: { missingProperty: 'name' }, stack: '' },
      { name: 'maxLength', property: '.address.city', params: { limit: 60 }, stack: '' },
      { name: 'minLength', property: '.address', params: { limit: 1 }, stack: '' },
      { name: 'not', property: "['odd name']", params: {}, stack: '' },
      { name: 'required', property: '', params: { missingProperty: 'phone' }, stack: '' },
    ]
    expect(checkProblems(errors, t)).to.deep.equal([
      { field: 'name', message: 'fault.required', source: 'check' },
      { field: 'address', message: 'fault.maxLength 60', source: 'check' },
      { field: 'odd name', message: 'fault.other', source: 'check' },
      { field: 'phone', message: 'fault.required', source: 'check' },
    ])
  })

  it('gathers messages by field for rjsf', () => {
    const tree = errorTree([
      { field: 'name', message: 'a', source: 'server' },
      { field: 'name', message: 'b', source: 'widget' },
      { field: undefined, message: 'c', source: 'server' },
    ])
    expect(tree).to.deep.equal({ name: { __errors: ['a', 'b'] } })
  })
})
