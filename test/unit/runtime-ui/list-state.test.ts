import { expect } from 'chai'
import type { Entity } from '../../../runtime-ui/api/types.ts'
import {
  columnsOf,
  readListState,
  sortOf,
  writeListState,
} from '../../../runtime-ui/screens/list/list-state.ts'
import { safeTarget } from '../../../runtime-ui/screens/safe-target.ts'
import { durationOf, durationParts } from '../../../runtime-ui/widgets/duration.ts'

const entity = {
  name: 'account',
  title: 'name',
  page: { highlights: ['level'], tabs: [] },
  sections: [{ name: 'a', label: 'A', columns: 1, fields: ['name', 'notes', 'phone'] }],
  fields: [
    { name: 'name', type: 'text' },
    { name: 'notes', type: 'long_text' },
    { name: 'phone', type: 'phone' },
    { name: 'level', type: 'select' },
  ],
  views: [],
} as unknown as Entity

describe('the address of a list', () => {
  it('keeps view, search, order, columns and filter, and nothing else', () => {
    const columns = ['name', 'account.region']
    const filter = { '==': [{ var: 'a' }, 'x=y&z'] }
    const shown = { group: 'level', day: '2026-11-28', span: 'week' as const }
    const asked = { filter, isWhole: true }
    const state = { view: 'key', q: '苏州 & co', sort: '-amount', columns, ...shown, ...asked }
    expect(readListState(writeListState(state))).to.deep.equal({ ...state, filterBroken: false })
    expect(
      writeListState({ view: undefined, q: '', sort: undefined, filter: undefined }).toString(),
    ).to.equal('')
  })

  it('has the columns of the view where none are named', () => {
    expect(readListState(new URLSearchParams('columns=')).columns).to.equal(undefined)
    expect(readListState(new URLSearchParams('')).columns).to.equal(undefined)
  })

  it('shows everything when the filter is no JSON, and says so', () => {
    const state = readListState(new URLSearchParams('filter={broken'))
    expect([state.filter, state.filterBroken]).to.deep.equal([undefined, true])
  })

  it('shows title, highlights and short fields where there is no view', () => {
    expect(columnsOf(entity, undefined)).to.deep.equal([
      { field: 'name' },
      { field: 'level' },
      { field: 'phone' },
    ])
  })

  it('takes the view’s order until a person chooses one', () => {
    const view = { name: 'v', label: 'V', type: 'table' as const, columns: [], sort: ['-a', 'b'] }
    expect(sortOf(readListState(new URLSearchParams()), view)).to.equal('-a,b')
    expect(sortOf(readListState(new URLSearchParams('sort=c')), view)).to.equal('c')
  })
})

describe('the way back after signing in', () => {
  for (const [to, expected] of [
    ['/records/account?q=a', '/records/account?q=a'],
    ['//elsewhere.example', '/'],
    ['/\\elsewhere.example', '/'],
    ['https://elsewhere.example', '/'],
    [null, '/'],
  ] as const) {
    it(`${to} leads to ${expected}`, () => expect(safeTarget(to)).to.equal(expected))
  }
})

describe('a duration in the form', () => {
  it('is taken apart and put together', () => {
    expect(durationParts('P1DT2H30M')).to.deep.equal({ days: 1, hours: 2, minutes: 30 })
    expect(durationOf({ days: 0, hours: 0, minutes: 45 })).to.equal('PT45M')
    expect(durationOf({ days: 0, hours: 0, minutes: 0 })).to.equal(undefined)
    expect(durationParts('P1Y')).to.equal(undefined)
  })
})
