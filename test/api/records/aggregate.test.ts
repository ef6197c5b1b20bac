import { expect } from 'chai'
import type { Client } from '../../support/http.ts'
import { make, outcome, type Person, startWorld, type World } from './world.ts'

describe('aggregate', () => {
  let world: World
  let admin: Client
  let sally: Person

  before(async () => {
    world = await startWorld()
    admin = world.admin
    sally = await world.person('sally', 'sales')
    const campus = await make(admin, 'campus', { name: 'Suzhou', city: 'SZ' })
    const rows = [
      {
        name: '1',
        level: 'a',
        amount: 0.1,
        staff: 3,
        founded: '2026-01-31',
        seen_at: '2025-12-31T15:59:59Z',
        campus: campus.id,
      },
      {
        name: '2',
        level: 'a',
        amount: 0.2,
        staff: 4,
        founded: '2026-02-01',
        seen_at: '2025-12-31T16:00:00Z',
        campus: campus.id,
      },
      {
        name: '3',
        level: 'b',
        amount: 0.7,
        staff: 3,
        founded: '2026-02-28',
        seen_at: '2026-03-01T00:00:00Z',
      },
      { name: '4', level: 'b', amount: null, founded: null, owner: sally.id },
      { name: '5', level: null, amount: -1.05, founded: '2025-12-31', active: true, owner: sally.id },
    ]
    for (const row of rows) await make(admin, 'account', row)
  })
  after(() => world.stop())

  const cases: readonly (readonly [string, object, readonly object[]])[] = [
    ['counts all where nothing is asked', {}, [{ count: 5 }]],
    [
      'groups, nulls last',
      { group: ['level'] },
      [
        { level: 'a', count: 2 },
        { level: 'b', count: 2 },
        { level: null, count: 1 },
      ],
    ],
    [
      'measures, exact to the cent',
      {
        measures: [
          { fn: 'sum', field: 'amount' },
          { fn: 'avg', field: 'amount' },
          { fn: 'min', field: 'amount' },
          { fn: 'max', field: 'amount' },
          { fn: 'count', field: 'amount' },
          { fn: 'count_distinct', field: 'staff', as: 'staffs' },
          { fn: 'min', field: 'founded' },
          { fn: 'max', field: 'created_at', as: 'last' },
        ],
        filter: { '!=': [{ var: 'level' }, null] },
      },
      [
        {
          sum_amount: 1,
          avg_amount: 0.3333333333,
          min_amount: 0.1,
          max_amount: 0.7,
          count_amount: 3,
          staffs: 2,
          min_founded: '2026-01-31',
          last: 'T',
        },
      ],
    ],
    [
      'puts dates in months',
      { group: [{ field: 'founded', bucket: 'month' }] },
      [
        { founded: '2025-12-01', count: 1 },
        { founded: '2026-01-01', count: 1 },
        { founded: '2026-02-01', count: 2 },
        { founded: null, count: 1 },
      ],
    ],
    [
      "puts instants in years of the workspace's time zone",
      { group: [{ field: 'seen_at', bucket: 'year' }], filter: { '!=': [{ var: 'seen_at' }, null] } },
      [
        { seen_at: '2025-01-01', count: 1 },
        { seen_at: '2026-01-01', count: 2 },
      ],
    ],
    [
      'puts them in days, weeks and quarters',
      {
        group: [{ field: 'founded', bucket: 'quarter' }],
        measures: [{ fn: 'sum', field: 'staff' }],
        filter: { '!!': [{ var: 'staff' }] },
      },
      [{ founded: '2026-01-01', sum_staff: 10 }],
    ],
    [
      'groups through a lookup, sorts by a measure and limits',
      {
        group: ['campus.city'],
        measures: [{ fn: 'sum', field: 'amount', as: 'total' }],
        sort: ['-total'],
        limit: 1,
      },
      [{ 'campus.city': 'SZ', total: 0.3 }],
    ],
    [
      'keeps groups by having',
      {
        group: ['level'],
        measures: [{ fn: 'count' }, { fn: 'sum', field: 'amount' }],
        having: { and: [{ '>': [{ var: 'count' }, 1] }, { '>': [{ var: 'sum_amount' }, 0.5] }] },
      },
      [{ level: 'b', count: 2, sum_amount: 0.7 }],
    ],
    [
      'sums nothing to null',
      { measures: [{ fn: 'sum', field: 'amount' }], filter: { '==': [{ var: 'name' }, 'x'] } },
      [{ sum_amount: null }],
    ],
    [
      'groups by two',
      { group: ['level', 'active'], filter: { '==': [{ var: 'level' }, null] } },
      [{ level: null, active: true, count: 1 }],
    ],
    ['groups nothing into nothing', { group: ['level'], filter: { '==': [{ var: 'name' }, 'x'] } }, []],
    ['takes a search', { q: '5' }, [{ count: 1 }]],
  ]
  for (const [name, body, expected] of cases) {
    it(name, async () => {
      const answer = await admin.post('/api/records/account/aggregate', body)
      expect(answer.status, answer.text).to.equal(200)
      const rows = answer.records.map((row) => ('last' in row ? { ...row, last: String(row.last)[10] } : row))
      expect(rows).to.deep.equal(expected)
    })
  }

  it('adds only what the actor sees', async () => {
    const answer = await sally.post('/api/records/account/aggregate', {
      measures: [{ fn: 'count' }, { fn: 'sum', field: 'amount' }],
    })
    expect(answer.body).to.deep.equal({ data: [{ count: 2, sum_amount: -1.05 }] })
  })

  it('gives sums beyond 15 digits as text, exact', async () => {
    const create = Array.from({ length: 11 }, (_, index) => ({
      name: 'rich',
      tags: ['rich'],
      amount: index === 10 ? 0.01 : 9999999999999.99,
    }))
    await admin.post('/api/records/account/bulk', { create })
    const answer = await admin.post('/api/records/account/aggregate', {
      measures: [
        { fn: 'sum', field: 'amount' },
        { fn: 'max', field: 'amount' },
      ],
      filter: { has: [{ var: 'tags' }, 'rich'] },
    })
    expect(answer.text).to.equal(
      '{"data":[{"sum_amount":"99999999999999.91","max_amount":9999999999999.99}]}',
    )
  })

  const refusals: readonly (readonly [object, readonly (number | string)[]])[] = [
    [{ group: ['levle'] }, [400, 'QUERY_FIELD_UNKNOWN /group/0']],
    [{ group: ['tags'] }, [400, 'QUERY_FIELD_NOT_GROUPABLE /group/0']],
    [{ group: [{ field: 'level', bucket: 'month' }] }, [400, 'QUERY_MEASURE_INVALID /group/0/bucket']],
    [{ group: [{ field: 'founded', bucket: 'decade' }] }, [400, 'QUERY_MEASURE_INVALID /group/0/bucket']],
    [{ group: [{ field: 'founded', buckt: 'month' }] }, [400, 'HTTP_PARAMETER_UNKNOWN /group/0/buckt']],
    [{ group: 'level' }, [400, 'QUERY_MEASURE_INVALID /group']],
    [{ group: [5] }, [400, 'QUERY_MEASURE_INVALID /group/0']],
    [{ group: ['manager.password'] }, [400, 'QUERY_FIELD_UNKNOWN /group/0']],
    [{ measures: [{ fn: 'median', field: 'amount' }] }, [400, 'QUERY_MEASURE_INVALID /measures/0/fn']],
    [{ measures: [{ fn: 'sum', field: 'name' }] }, [400, 'QUERY_MEASURE_INVALID /measures/0']],
    [{ measures: [{ fn: 'sum' }] }, [400, 'QUERY_MEASURE_INVALID /measures/0']],
    [{ measures: [{ fn: 'count', feild: 'amount' }] }, [400, 'HTTP_PARAMETER_UNKNOWN /measures/0/feild']],
    [{ measures: [{ fn: 'count', as: 'a b' }] }, [400, 'QUERY_MEASURE_INVALID /measures/0/as']],
    [{ measures: [{ fn: 'count' }, { fn: 'count' }] }, [400, 'QUERY_MEASURE_INVALID /measures']],
    [{ measures: [] }, [400, 'QUERY_MEASURE_INVALID /measures']],
    [{ measures: [null] }, [400, 'QUERY_MEASURE_INVALID /measures/0/fn']],
    [{ group: ['level'], sort: ['-cuont'] }, [400, 'QUERY_FIELD_UNKNOWN /sort']],
    [{ group: ['level'], sort: 5 }, [400, 'HTTP_PARAMETER_INVALID /sort']],
    [{ limit: 0 }, [400, 'QUERY_LIMIT_INVALID /limit']],
    [{ limit: 10_001 }, [400, 'QUERY_LIMIT_INVALID /limit']],
    [{ having: { '>': [{ var: 'cuont' }, 1] } }, [400, 'RULE_FIELD_UNKNOWN /having/>/0/var']],
    [{ filter: { '==': [{ var: 'x' }, 1] } }, [400, 'RULE_FIELD_UNKNOWN /filter/==/0/var']],
    [{ q: 5 }, [400, 'QUERY_TEXT_INVALID /q']],
    [{ groups: ['level'] }, [400, 'HTTP_PARAMETER_UNKNOWN /groups']],
  ]
  for (const [body, expected] of refusals) {
    it(`refuses ${JSON.stringify(body)}`, async () => {
      expect(outcome(await admin.post('/api/records/account/aggregate', body))).to.deep.equal(expected)
    })
  }
})
