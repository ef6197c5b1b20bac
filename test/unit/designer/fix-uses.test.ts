import { expect } from 'chai'
import { mentionsAt, takenFrom, withoutUse, withReplaced } from '../../../designer/review/fix-uses.ts'

const VIEW = {
  kind: 'view',
  name: 'key',
  columns: ['name', 'level', { field: 'account.level', width: 90 }],
  sort: ['-level'],
  filter: { and: [{ '==': [{ var: 'level' }, 'a'] }, { '>': [{ var: 'amount' }, 3] }] },
}
const at = (pointer: string) => pointer.split('/').slice(1)

describe('uses of what a draft takes away', () => {
  it('are of items that are gone by name and by id', () => {
    const before = {
      fields: [
        { name: 'a', id: '1' },
        { name: 'b', id: '2' },
        { name: 'c', id: '3' },
      ],
    }
    const after = {
      fields: [
        { name: 'renamed', id: '1' },
        { name: 'c', id: '3' },
      ],
    }
    expect(takenFrom('entity', 'deal', before, after)).to.deep.equal([
      { kind: 'entity', name: 'deal', item: 'b', label: undefined, others: after.fields },
    ])
    expect(takenFrom('entity', 'deal', before, null)).to.deep.equal([
      { kind: 'entity', name: 'deal', item: undefined, label: undefined, others: [] },
    ])
    expect(takenFrom('view', 'x', {}, {})).to.deep.equal([])
  })

  it('are told by what stands at their place', () => {
    expect(mentionsAt(VIEW, at('/sort/0'))).to.deep.equal(['level'])
    expect(mentionsAt(VIEW, at('/columns/2/field'))).to.deep.equal(['account', 'level'])
    expect(mentionsAt({ fields: { level: { read: false } } }, at('/fields/level'))).to.deep.equal(['level'])
  })

  it('are replaced, in paths and with their sign, as keys with what stands under them', () => {
    expect(withReplaced(VIEW, at('/sort/0'), 'level', 'grade').sort).to.deep.equal(['-grade'])
    expect(withReplaced(VIEW, at('/columns/2/field'), 'level', 'grade').columns).to.deep.equal([
      'name',
      'level',
      { field: 'account.grade', width: 90 },
    ])
    const role = { fields: { level: { read: false }, fee: {} } }
    expect(withReplaced(role, at('/fields/level'), 'level', 'grade')).to.deep.equal({
      fields: { fee: {}, grade: { read: false } },
    })
    const rule = withReplaced(VIEW, at('/filter/and/0/==/0/var'), 'level', 'grade').filter
    expect(rule).to.deep.nested.include({ 'and[0]': { '==': [{ var: 'grade' }, 'a'] } })
  })

  const removed: readonly (readonly [string, string, object])[] = [
    ['an entry of a list', '/columns/1', { columns: ['name', VIEW.columns[2]] }],
    ['an entry that names it', '/columns/2/field', { columns: ['name', 'level'] }],
    [
      'a condition, and the other stays',
      '/filter/and/0/==/0/var',
      { filter: { '>': [{ var: 'amount' }, 3] } },
    ],
  ]
  for (const [what, path, expected] of removed) {
    it(`are removed with ${what}`, () => {
      expect(withoutUse(VIEW, at(path))).to.deep.equal({ ...VIEW, ...expected })
    })
  }

  it('are removed with the whole rule where it is the only condition, and with a key', () => {
    const gate = { name: 'x', when: { '==': [{ var: 'level' }, 'a'] } }
    expect(withoutUse(gate, at('/when/==/0/var'))).to.deep.equal({ name: 'x' })
    const role = { entities: { deal: { read: 'own', fields: { level: { read: false } } } } }
    expect(withoutUse(role, at('/entities/deal/fields/level'))).to.deep.equal({
      entities: { deal: { read: 'own' } },
    })
    expect(withoutUse({ label: 'x', group: 'level' }, at('/group'))).to.deep.equal({ label: 'x' })
  })
})
