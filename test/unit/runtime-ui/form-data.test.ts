import { expect } from 'chai'
import { compare, merge } from '../../../runtime-ui/forms/conflict.ts'
import {
  bodyOfCreate,
  bodyOfPatch,
  defaultsOf,
  same,
  toFormData,
  withoutDefaults,
} from '../../../runtime-ui/forms/form-data.ts'

const schema = {
  type: 'object',
  properties: {
    name: { type: 'string' },
    account: { type: 'string' },
    about: { type: 'object', properties: { entity: { type: 'string' }, id: { type: 'string' } } },
    members: { type: 'array', items: { type: 'string' } },
    active: { type: 'boolean', default: true },
    number: { type: 'string', readOnly: true },
  },
}

describe('form data', () => {
  it('begins with what is stored: no nulls, lookups as ids', () => {
    const record = {
      id: '1',
      name: 'Acme',
      account: { id: 'a1', label: 'Parent' },
      about: { entity: 'lead', id: 'l1', label: 'Lead' },
      members: [{ id: 'm1', label: 'One' }, 'm2'],
      active: null,
      number: 'N-1',
      other: 'not asked for',
    }
    expect(toFormData(schema, record)).to.deep.equal({
      name: 'Acme',
      account: 'a1',
      about: { entity: 'lead', id: 'l1' },
      members: ['m1', 'm2'],
      number: 'N-1',
    })
    expect(toFormData(schema, null)).to.deep.equal({})
  })

  it('leaves out a lookup that is hidden, so that saving does not clear it', () => {
    const data = toFormData(schema, { id: '1', account: { id: null, label: null, hidden: true } })
    expect(bodyOfPatch(schema, data, data)).to.deep.equal({})
  })

  it('sends what has a value when creating, and only what changed when editing', () => {
    expect(bodyOfCreate(schema, { name: 'Acme', account: undefined, number: 'x' })).to.deep.equal({
      name: 'Acme',
    })
    const before = { name: 'Acme', account: 'a1', members: ['m1'], about: { entity: 'lead', id: '1' } }
    const after = { name: 'Acme', members: ['m1'], about: { id: '1', entity: 'lead' }, active: false }
    expect(bodyOfPatch(schema, before, after)).to.deep.equal({ account: null, active: false })
  })

  it('takes defaults for a new record and hides them from rjsf', () => {
    expect(defaultsOf(schema)).to.deep.equal({ active: true })
    expect(withoutDefaults(schema).properties)
      .to.have.property('active')
      .that.deep.equals({ type: 'boolean' })
  })

  const equal = [
    { a: undefined, b: null, expected: true },
    { a: { x: 1, y: [2] }, b: { y: [2], x: 1 }, expected: true },
    { a: [1, 2], b: [2, 1], expected: false },
    { a: '1', b: 1, expected: false },
  ]
  for (const { a, b, expected } of equal) {
    it(`${JSON.stringify(a)} and ${JSON.stringify(b)} are ${expected ? 'the same' : 'different'}`, () => {
      expect(same(a, b)).to.equal(expected)
    })
  }
})

describe('a conflict of two editors', () => {
  const fields = ['name', 'phone', 'region', 'amount']
  const base = { name: 'A', phone: '1', region: 'n', amount: 5 }
  const yours = { name: 'B', phone: '1', region: 's', amount: 6 }
  const theirs = { name: 'C', phone: '2', region: 'n', amount: 6 }

  it('asks only where both changed to different values', () => {
    expect(compare(fields, base, yours, theirs)).to.deep.equal({
      clashes: [{ field: 'name', yours: 'B', theirs: 'C' }],
      kept: [
        { field: 'phone', side: 'theirs', value: '2' },
        { field: 'region', side: 'yours', value: 's' },
      ],
    })
  })

  it('keeps both sides’ other changes, and the chosen value', () => {
    expect(merge(fields, base, yours, theirs, new Set(['name']))).to.deep.equal({
      name: 'B',
      phone: '2',
      region: 's',
      amount: 6,
    })
    expect(merge(fields, base, yours, theirs, new Set())).to.deep.equal({
      name: 'C',
      phone: '2',
      region: 's',
      amount: 6,
    })
  })

  it('keeps a field that was cleared', () => {
    expect(merge(fields, base, { ...base, phone: undefined }, base, new Set())).to.deep.equal({
      name: 'A',
      region: 'n',
      amount: 5,
    })
  })
})
