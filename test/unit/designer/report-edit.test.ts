import { expect } from 'chai'
import {
  askedPart,
  COUNT,
  carriedPart,
  chartOf,
  homeOf,
  movedPart,
  replacedPart,
  spokenOf,
  takes,
  withChart,
  withForm,
  withoutPart,
  withPart,
} from '../../../designer/reports/report-edit.ts'

const base = { kind: 'report', name: 'won', entity: 'deal' }
const month = { field: 'closed_at', bucket: 'month' }
const amount = { fn: 'sum', field: 'amount' }
const matrix = { ...base, rows: [month], columns: ['owner'], measures: [amount], chart: { type: 'line' } }
const field = (name: string, type: string, groupable = false) => ({ name, type, groupable })

describe('a report in a draft', () => {
  const puts = [
    { place: 'rows', path: 'closed_at', type: 'date', gives: { rows: [month] } },
    { place: 'rows', path: 'source', type: 'select', gives: { rows: ['source'] } },
    { place: 'measures', path: 'amount', type: 'currency', gives: { measures: [amount] } },
    { place: 'measures', path: 'rate', type: 'percent', gives: { measures: [{ fn: 'avg', field: 'rate' }] } },
    {
      place: 'measures',
      path: 'owner',
      type: 'user',
      gives: { measures: [{ fn: 'count_distinct', field: 'owner' }] },
    },
    { place: 'measures', path: COUNT, type: '', gives: { measures: [{ fn: 'count' }] } },
  ] as const
  for (const { place, path, type, gives } of puts) {
    it(`puts ${path} into ${place} as what that is for`, () => {
      expect(withPart(base, place, path, 0, type)).to.deep.equal({ ...base, ...gives })
    })
  }

  const homes = [
    { of: field('amount', 'currency'), on: matrix, gives: 'measures' },
    { of: field('source', 'select', true), on: base, gives: 'rows' },
    { of: field('source', 'select', true), on: { ...base, rows: ['a', 'b', 'c'] }, gives: 'columns' },
    { of: field('owner', 'user', true), on: matrix, gives: undefined },
    { of: field('words', 'long_text'), on: base, gives: undefined },
    { of: field('name', 'text'), on: { ...base, list: ['amount'] }, gives: 'list' },
    { of: field('name', 'text'), on: { ...base, list: ['name'] }, gives: undefined },
  ]
  for (const { of, on, gives } of homes) {
    it(`knows where ${of.name} goes by itself: ${gives ?? 'nowhere'}`, () => {
      expect(homeOf(on, of.name, of)).to.equal(gives)
    })
  }

  it('takes no more groups than a report has, and none that cannot be one', () => {
    expect(takes(matrix, 'columns', 'source', field('source', 'select', true))).to.equal(false)
    expect(takes(matrix, 'rows', 'words', field('words', 'long_text'))).to.equal(false)
    expect(takes(matrix, 'rows', COUNT, undefined)).to.equal(false)
    expect(takes(matrix, 'list', 'source', field('source', 'select', true))).to.equal(false)
  })

  it('carries a group from the rows into the columns and back, never a figure', () => {
    const two = { ...base, rows: [month, 'source'] }
    const carried = carriedPart(two, { place: 'rows', at: 1 }, { place: 'columns', before: 0 })
    expect(carried).to.deep.equal({ ...base, rows: [month], columns: ['source'] })
    expect(carriedPart(matrix, { place: 'measures', at: 0 }, { place: 'rows', before: 0 })).to.equal(matrix)
    expect(movedPart(two, 'rows', 0, 2).rows).to.deep.equal(['source', month])
  })

  it('drops with a part what hung on it: a chart that does not fit, an order by what is gone', () => {
    const sorted = { ...matrix, sort: ['-sum_amount', 'closed_at'], limit: 5 }
    expect(withoutPart(sorted, 'measures', 0)).to.deep.include({ sort: ['closed_at'], limit: 5 })
    expect(withoutPart(matrix, 'rows', 0)).to.deep.equal({
      ...{ ...base, rows: ['owner'], measures: [amount], chart: { type: 'line' } },
    })
    const number = withoutPart(withoutPart(sorted, 'columns', 0), 'rows', 0)
    expect(number).to.deep.equal({ ...base, measures: [amount] })
    expect(chartOf(number)).to.equal('number')
  })

  it('says of a part what there is to say', () => {
    const named = replacedPart(matrix, 'measures', 0, { ...amount, label: 'Won' })
    expect(named.measures).to.deep.equal([{ ...amount, label: 'Won' }])
  })

  it('becomes a list, a funnel, figures again', () => {
    const given = { list: ['name', 'amount'], stage: 'stage' }
    expect(withForm(matrix, 'list', given)).to.deep.equal({ ...base, list: ['name', 'amount'] })
    const funnel = withForm(matrix, 'funnel', given)
    expect(funnel).to.deep.equal({ ...base, measures: [amount], funnel: { field: 'stage' } })
    expect(withForm(funnel, 'figures', given)).to.deep.equal({ ...base, measures: [amount] })
    expect(withForm(matrix, 'funnel', { ...given, stage: undefined })).to.equal(matrix)
  })

  it('is drawn as it says, and says nothing where that is as usual', () => {
    const stacked = { ...matrix, chart: { type: 'bar', stacked: true } }
    expect(withChart(stacked, 'table').chart).to.deep.equal({ type: 'table', stacked: true })
    expect(withChart(matrix, 'table')).not.to.have.property('chart')
  })

  it('knows which of the draft’s own fields it speaks of', () => {
    const said = {
      ...matrix,
      ...{ name: 'seats', chart: { type: 'bar' }, rows: ['hall.name', month], sort: ['-rank'] },
      filter: { '>': [{ var: 'level' }, 1] },
    }
    const drafted = new Set(['seats', 'hall', 'rank', 'level', 'bar', 'unused'])
    expect(spokenOf(said, drafted)).to.have.members(['hall', 'rank', 'level'])
    expect(spokenOf(matrix, drafted)).to.deep.equal([])
  })

  it('is asked for again by what its figures depend on alone', () => {
    expect(askedPart({ ...matrix, label: 'Won', for: [{ role: 'sales' }] })).to.deep.equal(matrix)
  })
})
