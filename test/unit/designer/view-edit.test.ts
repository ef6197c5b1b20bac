import { expect } from 'chai'
import { stepTo } from '../../../designer/canvas/step-to.ts'
import { askedOf, viewIn } from '../../../designer/views/live-view.ts'
import {
  entriesOf,
  movedColumn,
  namesIn,
  withColumn,
  withEntry,
  withListChange,
  withoutColumn,
  withType,
} from '../../../designer/views/view-edit.ts'
import type { Entity, Field } from '../../../runtime-ui/api/types.ts'

const sum = { field: 'amount', total: 'sum' }
const view = { kind: 'view', name: 'open', entity: 'deal', type: 'table', columns: ['name', sum, 'owner'] }
const seen = new Set(['name', 'amount', 'owner'])
const needs = { board: ['stage', 'source'], calendar: ['closes'] }

describe('a view in a draft', () => {
  const puts = [
    { path: 'city', before: 1, gives: ['name', 'city', sum, 'owner'] },
    { path: 'owner', before: 0, gives: ['owner', 'name', sum] },
    { path: 'name', before: 3, gives: [sum, 'owner', 'name'] },
  ]
  for (const { path, before, gives } of puts) {
    it(`puts ${path} before place ${before}`, () => {
      expect(entriesOf(withColumn(view, path, before))).to.deep.equal(gives)
    })
  }

  it('stays the very same where nothing moves, and keeps its last column', () => {
    expect(withColumn(view, 'name', 1)).to.equal(view)
    expect(movedColumn(view, 0, -1)).to.equal(view)
    expect(movedColumn(view, 2, 1)).to.equal(view)
    const one = { ...view, columns: ['name'] }
    expect(withoutColumn(one, 0)).to.equal(one)
  })

  it('moves a column by steps, and takes one off', () => {
    expect(entriesOf(movedColumn(view, 1, -1))).to.deep.equal([sum, 'name', 'owner'])
    expect(entriesOf(movedColumn(view, 0, 1))).to.deep.equal([sum, 'name', 'owner'])
    expect(entriesOf(withoutColumn(view, 1))).to.deep.equal(['name', 'owner'])
  })

  it('says of a column what there is to say, in the short form where that is nothing', () => {
    expect(entriesOf(withEntry(view, 1, { field: 'amount' }))[1]).to.equal('amount')
    expect(entriesOf(withEntry(view, 0, { field: 'name', width: 90 }))[0]).to.deep.equal({
      ...{ field: 'name', width: 90 },
    })
  })

  const changes = [
    { change: { sort: '-amount,name' }, gives: { sort: ['-amount', 'name'] } },
    { change: { filter: { '!!': [{ var: 'name' }] } }, gives: { filter: { '!!': [{ var: 'name' }] } } },
    { change: { frozen: 2 }, gives: { frozen: 2 } },
    { change: { group: 'stage' }, gives: { group: 'stage' } },
    { change: { columns: ['owner', 'name'] }, gives: { columns: ['owner', 'name'] } },
    {
      change: { widths: { amount: 200 } },
      gives: { columns: ['name', { ...sum, width: 200 }, 'owner'] },
    },
  ]
  for (const { change, gives } of changes) {
    it(`takes over ${JSON.stringify(change)} from the list`, () => {
      expect(withListChange(view, change, seen)).to.deep.equal({ ...view, ...gives })
    })
  }

  it('says nothing any more where the list is put back', () => {
    const said = { ...view, sort: ['name'], group: 'stage', filter: { '!!': [{ var: 'name' }] } }
    expect(withListChange(said, { sort: undefined, filter: undefined, group: '' }, seen)).to.deep.equal(view)
  })

  it('keeps a column that the list does not show', () => {
    const more = { ...view, columns: ['name', 'secret', 'owner'] }
    const order = withListChange(more, { columns: ['owner', 'name'] }, new Set(['name', 'owner']))
    expect(entriesOf(order)).to.deep.equal(['owner', 'name', 'secret'])
  })

  it('becomes another form with what that needs, without what it does not know', () => {
    const board = withType({ ...view, frozen: 1 }, 'board', needs)
    expect(board).to.deep.equal({ ...view, type: 'board', group: 'stage' })
    const calendar = withType({ ...board, lanes: 'source', limits: { won: 3 } }, 'calendar', needs)
    expect(calendar).to.deep.equal({ ...view, type: 'calendar', date: 'closes' })
    expect(withType(calendar, 'table', needs)).to.deep.equal(view)
    expect(withType({ ...view, group: 'source' }, 'board', needs)).to.deep.include({ group: 'source' })
  })

  it('is one step of the draft: the place that differs, or all of it', () => {
    expect(stepTo(view, { ...view })).to.equal(undefined)
    expect(stepTo(view, { ...view, sort: ['name'] })).to.deep.equal({ path: ['sort'], value: ['name'] })
    expect(stepTo({ ...view, sort: ['name'] }, view)).to.deep.equal({ path: ['sort'], value: undefined })
    const both = { ...view, type: 'board', group: 'stage' }
    expect(stepTo(view, both)).to.deep.equal({ path: [], value: both })
  })
})

describe('what is asked for a view in a draft', () => {
  const field = (name: string): Field => ({
    ...{ name, label: name, type: 'text', required: false, writable: true },
    ...{ sortable: true, groupable: false, operators: [] },
  })
  const known = { name: 'deal', fields: ['name', 'owner'].map(field) } as unknown as Entity
  const drawn = { ...known, fields: [...known.fields, field('fresh')] }

  it('leaves out what only the draft has, and tells of it', () => {
    const rule = { and: [{ '!!': [{ var: 'name' }] }, { '==': [{ var: ['fresh', 1] }, 'x'] }] }
    const definition = { ...view, columns: ['name', 'fresh'], sort: ['-fresh', 'name'], filter: rule }
    const asked = askedOf(viewIn(definition, 'en'), [known], known, drawn)
    expect(asked.fresh).to.deep.equal(['fresh'])
    expect(asked.isUnfiltered).to.equal(true)
    expect(asked.view).to.deep.include({ columns: [{ field: 'name' }], sort: ['name'] })
    expect(asked.view).not.to.have.property('filter')
  })

  it('is all of a view that is in force', () => {
    const definition = { ...view, columns: ['name'], filter: { '!!': [{ var: 'name' }] } }
    const whole = viewIn(definition, 'en')
    expect(askedOf(whole, [known], known, drawn)).to.deep.equal({
      ...{ view: whole, fresh: [], isUnfiltered: false },
    })
    expect(namesIn(definition.filter)).to.deep.equal(['name'])
  })
})
