import { expect } from 'chai'
import type { Entity, Field } from '../../../runtime-ui/api/types.ts'
import { changesOf } from '../../../runtime-ui/screens/list/clipboard/changes-of.ts'
import { meantBy, namesRule } from '../../../runtime-ui/screens/list/clipboard/find-named.ts'

const field = (name: string, type: string, to?: string) => {
  const relation = to === undefined ? {} : { relation: { kind: 'one', to: [to] } }
  return { path: name, field: { name, label: name, type, writable: true, ...relation } as Field }
}
const user = { name: 'user', title: 'name' } as Entity
const people = [
  { id: '1', name: '林晓岚', email: 'lin@example.com' },
  { id: '2', name: '陈立', email: 'chen@example.com' },
  { id: '3', name: '陈立', email: 'chen2@example.com' },
]
const named = (_field: Field, name: string) => meantBy(user, people, name)

describe('names among pasted cells', () => {
  it('ask for people by name and by mail', () => {
    expect(namesRule(user, ['a'])).to.deep.equal({
      or: [{ in: [{ var: 'name' }, ['a']] }, { in: [{ var: 'email' }, ['a']] }],
    })
  })

  it('become whom they mean; an empty cell empties', () => {
    const rows = [[' 林晓岚 '], ['chen@example.com'], ['']]
    const { write, faults } = changesOf(
      ['x', 'y', 'z'].map((id) => ({ id })),
      rows,
      [field('owner', 'user', 'user')],
      named,
    )
    expect([write?.update, faults]).to.deep.equal([
      [
        { id: 'x', owner: '1' },
        { id: 'y', owner: '2' },
        { id: 'z', owner: null },
      ],
      [],
    ])
  })

  it('are refused with the reason where they mean nobody, or several, or a file', () => {
    const targets = [
      field('owner', 'user', 'user'),
      field('contract', 'file'),
      field('amount', 'integer'),
      { ...field('region', 'text'), path: 'account.region' },
    ]
    const rows = [
      ['陈立', 'a.pdf', 'many', 'East'],
      ['Nobody', 'a.pdf', '7', 'East'],
    ]
    const { faults } = changesOf([{ id: 'x' }, { id: 'y' }], rows, targets, named)
    expect(faults.map(({ row, label, why }) => `${row} ${label} ${why}`)).to.deep.equal([
      ...['1 owner many', '1 contract file', '1 amount value', '1 region locked'],
      ...['2 owner unknown', '2 contract file', '2 region locked'],
    ])
  })
})
