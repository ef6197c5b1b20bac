import { expect } from 'chai'
import { entriesOf, formOf, formsOf, isPeople, writtenOf } from '../../../designer/inspector/people.ts'

const cases: readonly (readonly [unknown, string | undefined])[] = [
  [{ role: 'sales' }, 'role'],
  [{ role: 'sales', in: { field: 'campus' } }, 'role'],
  [{ field: 'owner' }, 'field'],
  [{ leaderOf: 'owner', level: 2 }, 'leaderOf'],
  [{ table: 'territory', match: ['region'], take: 'team' }, 'table'],
  [{ value: { var: 'owner' } }, undefined],
  [{ role: 'sales', team: 'East' }, undefined],
  ['owner', undefined],
]

describe('people in a definition', () => {
  for (const [entry, form] of cases) {
    it(`${JSON.stringify(entry)} has the form ${String(form)}`, () => {
      expect(formOf(entry)).to.equal(form)
    })
  }

  it('are one or several, and left to be written by hand where one has no form', () => {
    expect(entriesOf(undefined)).to.deep.equal([])
    expect(entriesOf({ role: 'a' })).to.deep.equal([{ role: 'a' }])
    expect(entriesOf([{ role: 'a' }, { value: 1 }])).to.equal(undefined)
    expect([
      writtenOf([]),
      writtenOf([{ role: 'a' }]),
      writtenOf([{ role: 'a' }, { team: 'b' }]),
    ]).to.deep.equal([undefined, { role: 'a' }, [{ role: 'a' }, { team: 'b' }]])
  })

  it('stay a list where the schema has nothing else, though it be of one or none', () => {
    const list = { type: 'array', items: { $ref: '#/$defs/holder' } }
    expect([isPeople(list), formsOf(list).isHolder]).to.deep.equal([true, true])
    expect([writtenOf([], list), writtenOf([{ role: 'a' }], list)]).to.deep.equal([[], [{ role: 'a' }]])
    expect(isPeople({ type: 'array', items: { $ref: '#/$defs/option' } })).to.equal(false)
  })

  it('are known by the schema, with what may stand instead', () => {
    const list = { $ref: '#/$defs/peopleList' }
    expect(isPeople({ shape: 'peopleList' })).to.equal(true)
    expect(isPeople({ anyOf: [{ enum: ['approve'] }] })).to.equal(false)
    expect(formsOf({ anyOf: [{ enum: ['approve', 'refuse'] }, list] })).to.deep.equal({
      forms: ['role', 'field', 'leaderOf', 'team', 'user'],
      words: ['approve', 'refuse'],
      isHolder: false,
    })
    expect(formsOf({ anyOf: [list, { properties: { pool: {} } }] }).forms.at(-1)).to.equal('pool')
  })
})
