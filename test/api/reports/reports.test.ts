import { expect } from 'chai'
import fc from 'fast-check'
import type { Client } from '../../support/http.ts'
import { make, type Person } from '../records/world.ts'
import { type ReportWorld, startReports } from './world.ts'

interface Cell {
  readonly values: Readonly<Record<string, number | string | null>>
  readonly filter?: unknown
  readonly filters?: Readonly<Record<string, unknown>>
}
interface Row extends Cell {
  readonly keys: readonly { readonly value: unknown; readonly label: string }[]
  readonly cells?: readonly (Cell | null)[]
}
interface Answer {
  readonly rows: readonly Row[]
  readonly columns: readonly Row[]
  readonly subtotals: readonly Row[]
  readonly total?: Cell
  readonly before?: Cell
}

const DAYS = ['2025-12-31', '2026-01-01', '2026-01-31', '2026-02-01', '2026-03-29', null]
const INSTANTS = ['2025-12-31T15:59:59Z', '2025-12-31T16:00:00Z', '2026-03-01T00:00:00Z', null]
const BUCKETS = ['day', 'week', 'month', 'quarter', 'year'] as const

const plainGroup = fc.constantFrom(
  'stage',
  'source',
  'account',
  'account.region',
  'owner',
  'owner.team',
  'urgent',
  'staff',
  'due',
  'secret',
)
const timeGroup = fc.record({
  field: fc.constantFrom('due', 'met_at', 'created_at'),
  bucket: fc.constantFrom(...BUCKETS),
})
const group = fc.oneof({ weight: 3, arbitrary: plainGroup }, { weight: 1, arbitrary: timeGroup })
const nameOf = (one: string | { field: string }) => (typeof one === 'string' ? one : one.field)

const MEASURES = [
  { fn: 'count' },
  { fn: 'sum', field: 'amount' },
  { fn: 'count', field: 'source', name: 'sourced' },
  { fn: 'share', name: 'won_part', filter: { '==': [{ var: 'stage' }, 'won'] } },
  { fn: 'count', name: 'big', filter: { '>': [{ var: 'amount' }, 50] } },
] as const
const DISTINCT = { fn: 'count_distinct', field: 'account', name: 'accounts' } as const
const FILTERS = [
  undefined,
  { '!=': [{ var: 'source' }, 'web'] },
  { '==': [{ var: 'stage.type' }, 'open'] },
  { '==': [{ var: 'owner' }, { var: 'actor.id' }] },
]

const report = fc
  .record({
    groups: fc.uniqueArray(group, { minLength: 0, maxLength: 3, selector: nameOf }),
    isMatrix: fc.boolean(),
    isFunnel: fc.boolean(),
    isDistinct: fc.boolean(),
    filter: fc.constantFrom(...FILTERS),
    period: fc.constantFrom(undefined, 'this_year', { from: '2026-01-01', to: '2026-02-01' }),
  })
  .map(({ groups, isMatrix, isFunnel, isDistinct, filter, period }) => {
    const measures = isDistinct ? [...MEASURES, DISTINCT] : MEASURES
    const shared = { entity: 'deal', measures, ...(filter && { filter }), period: { field: 'due' } }
    if (isFunnel) return { definition: { ...shared, funnel: { field: 'stage' } }, period }
    const asked = { ...shared, compare: true }
    if (groups.length === 0) return { definition: asked, period }
    if (isMatrix && groups.length > 1)
      return { definition: { ...asked, rows: groups.slice(1), columns: groups.slice(0, 1) }, period }
    return { definition: { ...asked, rows: groups }, period }
  })

describe('reports', () => {
  let world: ReportWorld
  const people: { readonly name: string; readonly client: Client }[] = []
  let seller: Person
  let boss: Person
  let outsider: Person
  let team: { readonly id: string }

  before(async () => {
    world = await startReports()
    team = await make(world.admin, 'team', { name: 'East' })
    const others = await make(world.admin, 'team', { name: 'West' })
    seller = await world.person('seller', { roles: ['seller'], team: team.id })
    boss = await world.person('boss', { roles: ['boss'], team: others.id })
    const leader = await world.person('leader', { roles: ['leader'], team: team.id })
    outsider = await world.person('outsider', { roles: ['outsider'] })
    people.push(
      { name: 'the administrator', client: world.admin },
      { name: 'a seller with an own scope', client: seller },
      { name: 'a boss who sees some cells masked', client: boss },
      { name: 'a leader with the scope of a team', client: leader },
    )
    await fill([seller, boss, leader])
  })
  after(() => world.stop())

  async function fill(owners: readonly Person[]): Promise<void> {
    const at = <T>(list: readonly T[], index: number): T => list[index % list.length]!
    const accounts: string[] = []
    for (let index = 0; index < 5; index++) {
      const region = at(['north', 'south', null], index)
      const made = await make(world.admin, 'account', {
        name: `A${index}`,
        region,
        owner: at(owners, index).id,
      })
      accounts.push(made.id)
    }
    const create = Array.from({ length: 60 }, (_, index) => ({
      name: `D${index}`,
      account: at([...accounts, null], index * 7),
      amount: at([10, 99.5, null, 1000, 0.1], index * 3),
      source: at(['web', 'expo', 'call', null], index * 5),
      due: at(DAYS, index),
      met_at: at(INSTANTS, index * 3),
      staff: at([1, 2, null], index),
      urgent: at([true, false, null], index),
      secret: at(['x', 'y', null], index),
      owner: at(owners, index).id,
    }))
    const made = await world.admin.post('/api/records/deal/bulk', { create })
    expect(made.status, made.text).to.equal(200)
    const ids = (made.body as { data: { created?: { id: string }[] } | { id: string }[] }).data
    const list = (await world.admin.post('/api/records/deal/query', { limit: 100, sort: 'name' })).records
    expect(ids).to.not.equal(undefined)
    const move = async (from: number, every: number, stage: string) => {
      const update = list.filter((_, index) => index % every === from).map(({ id }) => ({ id, stage }))
      const moved = await world.admin.post('/api/records/deal/bulk', { update })
      expect(moved.status, moved.text).to.equal(200)
    }
    await move(0, 2, 'offer')
    await move(0, 4, 'won')
    await move(2, 8, 'lost')
  }

  const counted = async (client: Client, filter: unknown): Promise<number> => {
    const answer = await client.post('/api/records/deal/query', {
      ...(filter === undefined ? {} : { filter }),
      fields: 'id',
      limit: 1,
      count: 'exact',
    })
    expect(answer.status, `${answer.text} ${JSON.stringify(filter)}`).to.equal(200)
    return (answer.body as { count: number }).count
  }

  const summed = async (client: Client, filter: unknown): Promise<unknown> => {
    const body = { ...(filter === undefined ? {} : { filter }), measures: [{ fn: 'sum', field: 'amount' }] }
    const answer = await client.post('/api/records/deal/aggregate', body)
    return (answer.records[0] as unknown as { sum_amount: unknown }).sum_amount
  }

  async function checkCell(client: Client, cell: Cell): Promise<void> {
    const { values, filter, filters = {} } = cell
    if (values.count === undefined) return
    const all = await counted(client, filter)
    expect(values.count, JSON.stringify(filter)).to.equal(all)
    expect(values.sum_amount, `sum of ${JSON.stringify(filter)}`).to.equal(await summed(client, filter))
    expect(values.sourced).to.equal(await counted(client, filters.sourced))
    expect(values.big).to.equal(await counted(client, filters.big))
    const won = await counted(client, filters.won_part)
    expect(values.won_part).to.equal(all === 0 ? null : Number((won / all).toFixed(6)))
  }

  it('are kept as one’s own as they are narrowed, and nobody else sees them', async () => {
    const definition = {
      kind: 'report',
      name: 'by_source',
      entity: 'deal',
      rows: ['source'],
      parameters: ['source'],
    }
    const made = await world.admin.put('/api/meta/content/report/by_source', definition)
    expect(made.status, made.text).to.equal(200)
    const asked = { label: ' Web ones ', where: { source: ['web', null] } }
    const kept = await seller.post('/api/reports/by_source/keep', asked)
    expect([kept.status, kept.record.label]).to.deep.equal([201, 'Web ones'])
    const address = `/api/reports/${String(kept.record.name)}`
    const ran = await seller.post(`${address}/run`, {})
    const rows = (ran.body as { data: Answer }).data.rows.map(({ keys }) => keys[0]?.value)
    expect([...rows].sort()).to.deep.equal([null, 'web'].sort())
    const known = async (client: Client) => (await client.get('/api/reports')).records.map(({ name }) => name)
    expect(await known(seller)).to.include(kept.record.name)
    expect(await known(boss)).not.to.include(kept.record.name)
    expect((await boss.post(`${address}/run`, {})).status).to.equal(404)
    expect((await boss.delete(`/api/meta/content/report/${String(kept.record.name)}`)).status).to.equal(403)
    const bad = await seller.post('/api/reports/by_source/keep', { label: '', where: { amount: [1] } })
    expect([bad.status, bad.problems[0]?.code]).to.deep.equal([422, 'FIELD_REQUIRED'])
    const unknown = await seller.post('/api/reports/by_source/keep', { label: 'x', where: { amount: [1] } })
    expect([unknown.status, unknown.problems[0]?.path]).to.deep.equal([400, '/where/amount'])
    expect((await seller.delete(`/api/meta/content/report/${String(kept.record.name)}`)).status).to.equal(204)
    await world.admin.delete('/api/meta/content/report/by_source')
  })

  it('name every span of time between the first and the last, each with the filter of its records', async () => {
    const rows = [{ field: 'met_at', bucket: 'month' }]
    const run = async (more: object): Promise<readonly { value: string; filter: unknown }[]> => {
      const answer = await world.admin.post('/api/reports', { definition: { entity: 'deal', rows, ...more } })
      return (answer.body as { data: { axis: { value: string; filter: unknown }[] } }).data.axis
    }
    const axis = await run({})
    expect(axis.map(({ value }) => value)).to.deep.equal([
      '2025-12-01',
      '2026-01-01',
      '2026-02-01',
      '2026-03-01',
    ])
    expect(await counted(world.admin, axis[2]!.filter)).to.equal(0)
    expect(await counted(world.admin, axis[3]!.filter)).to.be.above(0)
    expect(await run({ having: { '>': [{ var: 'count' }, 0] } })).to.equal(null)
  })

  const runs = process.env.TENON_TEST_DEEP === undefined ? 12 : 200

  it(`count in every figure the records that its filter finds, whoever looks (${runs} reports)`, async () => {
    await fc.assert(
      fc.asyncProperty(report, fc.nat(3), async ({ definition, period }, who) => {
        const { client } = people[who]!
        const answer = await client.post('/api/reports', { definition, ...(period && { period }) })
        // Who may not know a field is told so, and nothing else.
        if (answer.status === 400) {
          expect(answer.problems.map(({ code }) => code)).to.include('QUERY_FIELD_UNKNOWN')
          return
        }
        expect(answer.status, answer.text).to.equal(200)
        const found = (answer.body as { data: Answer }).data
        const rows = [...found.rows, ...found.columns, ...found.subtotals]
        const across = [...found.rows, ...found.subtotals].flatMap((row) => row.cells ?? [])
        const cells: Cell[] = [...rows, ...across.filter((cell) => cell !== null)]
        if (found.total !== undefined) cells.push(found.total)
        if (found.before !== undefined) cells.push(found.before)
        // All of a small report, and of a large one a part that differs from run to run.
        const step = Math.max(1, Math.floor(cells.length / 12))
        for (let index = who % step; index < cells.length; index += step)
          await checkCell(client, cells[index]!)
        const isFunnel = 'funnel' in definition
        if (isFunnel || found.rows.length === 0) return
        const sum = found.rows.reduce((before, row) => before + Number(row.values.count), 0)
        expect(sum, 'the rows together').to.equal(found.total?.values.count)
      }),
      { numRuns: runs, seed: Number(process.env.TENON_TEST_SEED ?? 7) },
    )
  })

  interface Ran extends Answer {
    readonly rowCount: number
    readonly truncated: boolean
    readonly records?: readonly Readonly<Record<string, unknown>>[]
    readonly period: { readonly name: string | null; readonly from: string; readonly to: string } | null
  }
  const run = async (client: Client, name: string, body: object = {}): Promise<Ran> => {
    const ran = await client.post(`/api/reports/${name}/run`, body)
    expect(ran.status, ran.text).to.equal(200)
    return (ran.body as { data: Ran }).data
  }
  const preview = async (client: Client, definition: object, body: object = {}): Promise<Ran> => {
    const ran = await client.post('/api/reports', { definition, ...body })
    expect(ran.status, ran.text).to.equal(200)
    return (ran.body as { data: Ran }).data
  }
  const figures = (rows: readonly Row[], name = 'count') =>
    rows.map(({ keys, values }) => [...keys.map(({ label }) => label), values[name]])

  it('answer one matrix as it is, words of the keys in the reader’s language', async () => {
    const found = await run(world.admin, 'by_region', { where: { source: ['web'] } })
    expect(found.rows.map(({ keys }) => keys[0]!.label)).to.deep.equal(['北', '南', '（空）'])
    expect(found.columns.map(({ keys }) => keys[0]!.label)).to.deep.equal(['接触', '报价', '赢单', '输单'])
    expect(found.rows[0]!.cells).to.have.length(4)
    expect(found.total?.values.count).to.equal(15)
    const sum = found.rows
      .flatMap(({ cells }) => cells ?? [])
      .reduce((all, one) => all + Number(one?.values.count ?? 0), 0)
    expect(sum).to.equal(15)
  })

  it('take a funnel from the stages ever reached', async () => {
    const definition = { entity: 'deal', funnel: { field: 'stage' }, measures: [{ fn: 'count' }] }
    const found = await preview(world.admin, definition)
    expect(figures(found.rows)).to.deep.equal([
      ['接触', 60],
      ['报价', 30],
      ['赢单', 15],
    ])
    expect(found.rows[2]!.filter).to.deep.equal({ var: 'ever_reached.won' })
  })

  it('put days into weeks of the workspace, and compare with the period before', async () => {
    const period = { from: '2026-01-01', to: '2026-01-31' }
    const definition = {
      entity: 'deal',
      period: { field: 'due' },
      rows: [{ field: 'due', bucket: 'week' }],
      compare: true,
    }
    const found = await preview(world.admin, definition, { period })
    expect(found.rows.map(({ keys }) => keys[0]!.value)).to.deep.equal(['2025-12-29', '2026-01-26'])
    expect([found.total?.values.count, found.before?.values.count]).to.deep.equal([20, 10])
  })

  it('put days into weeks that begin as the setting says, at once and until it is gone', async () => {
    const { admin } = world
    const weeks = async () => {
      const definition = { entity: 'deal', rows: [{ field: 'due', bucket: 'week' }] }
      const found = await preview(admin, definition)
      const days = found.rows.flatMap(({ keys }) => keys[0]!.value ?? [])
      return days.map((day) => new Date(String(day)).getUTCDay())
    }
    const address = '/api/meta/content/setting/week_start'
    const said = { kind: 'setting', name: 'week_start' }
    expect(new Set(await weeks())).to.deep.equal(new Set([1]))
    expect((await admin.put(address, { ...said, value: 7 })).status).to.equal(200)
    expect(new Set(await weeks())).to.deep.equal(new Set([0]))
    const { sentence } = (await admin.get('/api/meta/definitions/setting/week_start')).body as {
      sentence: object
    }
    expect(sentence).to.deep.equal({ en: 'Weeks begin on Sunday.', 'zh-CN': '每周从周日开始。' })
    for (const value of [0, 8, 1.5, 'Sunday', null])
      expect((await admin.put(address, { ...said, value })).status, String(value)).to.equal(422)
    const unknown = { ...said, name: 'week_strat', value: 1 }
    const wrong = await admin.put('/api/meta/content/setting/week_strat', unknown)
    expect(
      wrong.problems.map(({ code, path, hint }) => [code, path, hint?.includes('week_start')]),
    ).to.deep.equal([['META_VALUE_INVALID', '/name', true]])
    expect((await seller.put(address, { ...said, value: 7 })).status).to.equal(403)
    expect((await admin.delete(address)).status).to.be.oneOf([200, 204])
    expect(new Set(await weeks())).to.deep.equal(new Set([1]))
  })

  it('sort, limit and say what they leave out; totals go over all', async () => {
    const definition = {
      entity: 'deal',
      rows: ['account'],
      measures: [{ fn: 'count' }, { fn: 'sum', field: 'amount', name: 'worth' }],
      sort: ['-worth'],
      limit: 2,
      having: { '>': [{ var: 'count' }, 0] },
    }
    const found = await preview(world.admin, definition)
    expect([found.rows.length, found.truncated, found.rowCount]).to.deep.equal([2, true, 6])
    const [first, second] = found.rows.map(({ values }) => Number(values.worth))
    expect(first).to.be.greaterThanOrEqual(second!)
    expect(found.total?.values.count).to.equal(60)
  })

  it('list records with their related names', async () => {
    const found = await run(seller, 'mine')
    expect(found.records).to.have.length(20)
    expect(found.records![0]).to.have.property('name', 'D0')
    expect(await counted(seller, (found as unknown as { filter: unknown }).filter)).to.equal(20)
  })

  it('are opened by those for whom they are, and who may know what they speak of', async () => {
    const names = async (client: Client) => (await client.get('/api/reports')).records.map(({ name }) => name)
    expect(await names(boss)).to.deep.equal(['by_region', 'mine', 'secrets'])
    expect(await names(seller)).to.deep.equal(['by_region', 'mine'])
    expect(await names(outsider)).to.deep.equal([])
    for (const [client, name] of [
      [seller, 'secrets'],
      [outsider, 'by_region'],
    ] as const) {
      const refused = await client.post(`/api/reports/${name}/run`, {})
      expect([refused.status, refused.problems[0]?.code]).to.deep.equal([404, 'REPORT_UNKNOWN'])
    }
    const tiles = ((await seller.get('/api/dashboards/home')).body as { data: { tiles: { name: string }[] } })
      .data.tiles
    expect(tiles.map(({ name }) => name)).to.deep.equal(['regions', 'hello'])
    expect((await outsider.get('/api/dashboards/home')).status).to.equal(404)
  })

  it('are in the navigation and the home of who opens them', async () => {
    const desk = async (client: Client) => {
      const { apps } = (
        (await client.get('/api/meta/model')).body as {
          data: { apps: { name: string; home?: object; nav: object[] }[] }
        }
      ).data
      return apps.find(({ name }) => name === 'desk')
    }
    const own = await desk(boss)
    expect(own?.home).to.deep.equal({ dashboard: 'home' })
    expect(own?.nav.map((item) => Object.keys(item)[0])).to.deep.equal(['dashboard', 'report', 'entity'])
    expect(await desk(outsider)).to.equal(undefined)
  })

  it('group a masked value as nothing', async () => {
    const found = await preview(boss, { entity: 'deal', rows: ['secret'] })
    expect(found.rows.map(({ keys }) => keys[0]!.value)).to.deep.equal([null])
    expect(found.total?.values.count).to.equal(60)
  })

  it('refuse what does not hold, each fault with its place', async () => {
    const bad = {
      entity: 'deal',
      rows: ['regoin'],
      measures: [{ fn: 'sum', field: 'name' }],
      chart: { type: 'funnel' },
    }
    const first = await world.admin.post('/api/reports', { definition: bad, period: 'this_moth' })
    expect(first.problems.map(({ code, path }) => `${code} ${path}`)).to.deep.equal([
      'QUERY_FIELD_UNKNOWN /rows/0',
    ])
    const second = await world.admin.post('/api/reports', { definition: { ...bad, rows: ['stage'] } })
    expect(second.problems.map(({ code, path }) => `${code} ${path}`)).to.deep.equal([
      'META_VALUE_INVALID /measures/0/field',
      'META_VALUE_INVALID /chart/type',
    ])
    const third = await world.admin.post('/api/reports/by_region/run', {
      period: 'this_moth',
      where: { owner: ['x'] },
    })
    expect(third.problems.map(({ code }) => code)).to.deep.equal(['REPORT_PERIOD_INVALID'])
    const fourth = await world.admin.post('/api/reports/by_region/run', { where: { soruce: ['x'] } })
    expect(fourth.problems.map(({ code, path }) => `${code} ${path}`)).to.deep.equal([
      'QUERY_FIELD_UNKNOWN /where/soruce',
    ])
  })

  it('leave as csv and xlsx, formulas as texts, for who may export; the audit holds it', async () => {
    await make(world.admin, 'account', { name: '=1+1', owner: boss.id })
    const csv = await boss.get('/api/reports/by_region/export?format=csv')
    expect(csv.text.split('\r\n')[0]).to.match(/^客户|^account/)
    expect(csv.text.split('\r\n').at(-2)).to.match(/^合计,/)
    const xlsx = await fetch(`${world.url}/api/reports/by_region/export?format=xlsx`, {
      headers: { Authorization: `Bearer ${await tokenOf(world.admin)}` },
    })
    expect(xlsx.status).to.equal(200)
    const { default: excel } = await import('exceljs')
    const book = new excel.Workbook()
    await book.xlsx.load(await xlsx.arrayBuffer())
    const sheet = book.worksheets[0]!
    expect(sheet.getRow(sheet.rowCount).getCell(1).value).to.equal('合计')
    expect(sheet.getRow(sheet.rowCount).getCell(sheet.columnCount - 1).value).to.equal(60)
    const account = (
      await boss.post('/api/records/account/query', { filter: { '==': [{ var: 'name' }, '=1+1'] } })
    ).records[0]!
    await make(world.admin, 'deal', { name: 'x', account: account.id, owner: boss.id, source: 'web' })
    const definition = { kind: 'report', name: 'names', entity: 'deal', rows: ['account'] }
    expect((await world.admin.put('/api/meta/content/report/names', definition)).status).to.equal(200)
    expect((await world.admin.get('/api/reports/names/export')).text).to.include("'=1+1,1")
    const list = await seller.get('/api/reports/mine/export')
    expect(list.text.trim().split('\r\n')).to.have.length(21)
    const refused = await people[3]!.client.get('/api/reports/mine/export')
    expect(refused.status).to.equal(403)
    const audit = await world.admin.get('/api/records/audit_entry?limit=5')
    expect(audit.text).to.include('reports/mine')
  })

  it('follow a write at once, and are not worked out again before one', async () => {
    const token = async () => (await boss.get('/api/changes')).record as unknown as { token: string }
    const [first, same] = [await token(), await token()]
    expect(same).to.deep.equal(first)
    const before = await run(boss, 'by_region')
    const again = (await run(boss, 'by_region')) as unknown as { asOf: string }
    expect(again.asOf).to.equal((before as unknown as { asOf: string }).asOf)
    await make(world.admin, 'deal', { name: 'new', owner: boss.id })
    expect(await token()).to.not.deep.equal(first)
    const after = await run(boss, 'by_region')
    expect(Number(after.total?.values.count)).to.equal(Number(before.total?.values.count) + 1)
  })

  it('keep hourly figures, shown to who sees every record behind them', async () => {
    const { models, registry } = await import('./models.ts').then(({ modelsOf }) => modelsOf(world))
    const model = (await models.current('default'))!
    const { takeSnapshots } = await import('../../../engine/reports/snapshots.ts')
    const { requestContext } = await import('../../../engine/records/context.ts')
    const { SYSTEM_ACTOR } = await import('../../../engine/access/actor.ts')
    const search = registry.search()
    const at = (now: Date) =>
      takeSnapshots(
        requestContext({
          model,
          actor: SYSTEM_ACTOR,
          db: world.database,
          search,
          via: 'system',
          now: () => now,
        }),
      )
    const hour = 3_600_000
    const now = Date.now()
    await at(new Date(now - 500 * 24 * hour))
    await at(new Date(now - hour))
    await at(new Date(now))
    await at(new Date(now))
    await models.close()
    const trend = await world.admin.get('/api/reports/by_region/trend?days=400')
    expect(trend.records).to.have.length(2)
    expect((trend.records[0] as unknown as { values: object }).values).to.have.property('count')
    const refused = await boss.get('/api/reports/by_region/trend')
    expect([refused.status, refused.problems[0]?.code]).to.deep.equal([404, 'REPORT_TREND_MISSING'])
  })

  it('belong to a person or a team, and become everybody’s by one call', async () => {
    const own = {
      kind: 'report',
      name: 'sellers_own',
      entity: 'deal',
      rows: ['stage'],
      belongsTo: { user: seller.id },
    }
    const save = (client: Client, definition: { name: string }) =>
      client.put(`/api/meta/content/report/${definition.name}`, definition)
    const statuses = async (...answers: Promise<{ status: number }>[]) =>
      (await Promise.all(answers)).map(({ status }) => status)
    expect((await save(seller, own)).status).to.equal(200)
    expect((await run(seller, 'sellers_own')).rows).to.not.have.length(0)
    expect(
      await statuses(
        boss.post('/api/reports/sellers_own/run', {}),
        save(boss, own),
        save(boss, { ...own, belongsTo: { user: boss.id } } as never),
        save(seller, { ...own, belongsTo: undefined } as never),
        save(seller, { ...own, name: 'by_region' }),
        boss.delete('/api/meta/content/report/sellers_own'),
        seller.post('/api/meta/content/report/sellers_own/promote'),
        save(seller, { ...own, rows: ['secret'] } as never),
      ),
    ).to.deep.equal([404, 403, 403, 403, 403, 403, 403, 400])
    const teams = { ...own, name: 'teams_own', belongsTo: { team: team.id } }
    expect((await save(seller, teams)).status).to.equal(200)
    expect((await people[3]!.client.post('/api/reports/teams_own/run', {})).status).to.equal(200)
    expect((await boss.post('/api/reports/teams_own/run', {})).status).to.equal(404)
    expect((await world.admin.post('/api/meta/content/report/sellers_own/promote')).status).to.equal(200)
    expect((await boss.post('/api/reports/sellers_own/run', {})).status).to.equal(200)
    expect((await seller.delete('/api/meta/content/report/teams_own')).status).to.equal(204)
  })
})

async function tokenOf(client: Client): Promise<string> {
  const made = await client.post('/api/tokens', { label: 'sheet', roles: ['administrator'] })
  return (made.body as { data: { token: string } }).data.token
}
