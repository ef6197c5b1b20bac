import { expect } from 'chai'
import type { MergeOutcome } from '../../../runtime-ui/api/merge.ts'
import type { Entity, Field } from '../../../runtime-ui/api/types.ts'
import { comparedFields, isChoosable, sourceOf, TOGETHER } from '../../../runtime-ui/screens/merge/compare.ts'
import { joinedGroups } from '../../../runtime-ui/screens/merge/joined-groups.ts'

const field = (name: string, more: Partial<Field> = {}): Field => ({
  ...{ name, label: name, type: 'text', required: false, writable: true },
  ...{ sortable: true, groupable: true, operators: [], ...more },
})
const entity = (fields: readonly Field[]) => ({ fields }) as unknown as Entity
const outcome = (more: Partial<MergeOutcome>): MergeOutcome => ({
  ...{ id: 'a', merged: ['b'], taken: {}, joined: [], left: [], moved: {}, shares: 0, record: null },
  ...more,
})

describe('what a merge compares', () => {
  it('is what differs and can be written; what is empty is one thing, a list has no order', () => {
    const fields = [
      field('same'),
      field('empty'),
      field('tags', { type: 'tags' }),
      field('owner', { relation: { kind: 'one', to: ['user'] } }),
      field('made', { writable: false }),
      field('note'),
    ]
    const records = [
      {
        id: 'a',
        same: 'x',
        empty: null,
        tags: ['1', '2'],
        owner: { id: 'u', label: 'U' },
        made: 1,
        note: 'n',
      },
      { id: 'b', same: 'x', empty: '', tags: ['2', '1'], owner: { id: 'u', label: 'u' }, made: 2, note: '' },
    ]
    expect(comparedFields(entity(fields), records).map((one) => one.field.name)).to.deep.equal(['note'])
  })

  const records = [
    { id: 'a', text: null, tags: ['1'], stage: null },
    { id: 'b', text: 'x', tags: ['2'], stage: 'new' },
  ]
  const text = { field: field('text'), isList: false }
  const tags = { field: field('tags', { type: 'tags' }), isList: true }
  const cases = [
    { what: 'what is said', of: text, take: { text: 'a' }, told: outcome({ taken: { text: 'b' } }), is: 'a' },
    { what: 'what the server takes', of: text, told: outcome({ taken: { text: 'b' } }), is: 'b' },
    { what: 'its own, where the server takes none', of: text, told: outcome({}), is: 'a' },
    { what: 'the first that is filled, until that is known', of: text, is: 'b' },
    { what: 'a list together', of: tags, told: outcome({ joined: ['tags'] }), is: TOGETHER },
    { what: 'a list of its own, where nothing is added', of: tags, told: outcome({}), is: 'a' },
    { what: 'no stage of another', of: { field: field('stage', { type: 'stage' }), isList: false }, is: 'a' },
  ]
  for (const { what, of, take = {}, told, is } of cases)
    it(`takes ${what}`, () => {
      expect(sourceOf(of, records, take, told)).to.equal(is)
    })

  it('offers neither what is masked nor what names something hidden', () => {
    const masked = field('phone', { masked: true })
    expect([isChoosable(masked, '138****8000'), isChoosable(masked, '13800138000')]).to.deep.equal([
      false,
      true,
    ])
    expect(isChoosable(field('to'), { id: null, label: null, hidden: true })).to.equal(false)
  })
})

describe('groups of likes, page by page', () => {
  const group = (ids: string, field: string) => ({
    records: [...ids].map((id) => ({ id, label: id })),
    fields: [field],
  })
  it('are one where they have a record in common', () => {
    const joined = joinedGroups([group('ab', 'x'), group('cd', 'x'), group('ef', 'y'), group('be', 'z')])
    const told = joined.map(({ records, fields }) => [records.map(({ id }) => id).join(''), fields.join('')])
    expect(told).to.deep.equal([
      ['abef', 'xyz'],
      ['cd', 'x'],
    ])
  })
})
