import { expect } from 'chai'
import { createModelStore, type ModelStore } from '../../../engine/model/store.ts'
import { newId } from '../../../engine/model/uuid.ts'
import { dayUpkeepTask } from '../../../engine/records/day-upkeep.ts'
import { dataOf, publishAll } from '../../support/drafts.ts'
import { startEngine, type TestEngine } from '../../support/engine.ts'
import type { ApiRecord, Client } from '../../support/http.ts'
import { fullRegistry } from '../../support/model-world.ts'

const SCHEMA = '"ws_default"'
const within = { last: 'P30D', by: 'ordered_on' }

const DEFINITIONS = [
  {
    kind: 'entity',
    name: 'account',
    title: 'name',
    fields: [
      { name: 'name', type: 'text', required: true },
      { name: 'region', type: 'lookup', to: 'region', onDelete: 'clear' },
      { name: 'bought_on', type: 'date' },
      { name: 'age', type: 'formula', result: 'integer', value: { days_since: { var: 'bought_on' } } },
      { name: 'recent', type: 'roll_up', over: 'orders', fn: 'count', window: within },
      { name: 'spent', type: 'roll_up', over: 'orders.amount', fn: 'sum', window: within },
      { name: 'mean', type: 'roll_up', over: 'orders.amount', fn: 'average', window: within },
      {
        name: 'seen',
        type: 'roll_up',
        over: 'orders',
        fn: 'count',
        window: { last: 'P1D', by: 'created_at' },
      },
      {
        name: 'tags',
        type: 'tags',
        groups: [
          { name: 'activity', pick: 'one', by: 'rule', default: 'active', options: ['active', 'dormant'] },
        ],
      },
    ],
  },
  {
    kind: 'entity',
    name: 'region',
    title: 'name',
    fields: [
      { name: 'name', type: 'text', required: true },
      { name: 'total', type: 'roll_up', over: 'account_region.spent', fn: 'sum' },
      {
        name: 'sleeping',
        type: 'roll_up',
        over: 'account_region',
        fn: 'count',
        filter: { in: ['dormant', { var: 'tags' }] },
      },
    ],
  },
  {
    kind: 'entity',
    name: 'order',
    title: 'name',
    fields: [
      { name: 'name', type: 'text', required: true },
      { name: 'account', type: 'lookup', to: 'account', inverse: 'orders', onDelete: 'cascade' },
      { name: 'ordered_on', type: 'date' },
      { name: 'amount', type: 'integer' },
    ],
  },
  {
    kind: 'tag_rule',
    name: 'dormant',
    label: { en: 'No purchase for 30 days', 'zh-CN': '30 天未购买' },
    entity: 'account',
    group: 'activity',
    tag: 'dormant',
    when: { '>': [{ days_since: { var: 'bought_on' } }, 30] },
  },
]

/** Days as the workspace counts them. */
const day = (ago: number) =>
  new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' }).format(
    new Date(Date.now() - ago * 86_400_000),
  )

describe('the work of a day', () => {
  let engine: TestEngine
  let admin: Client
  let models: ModelStore

  before(async () => {
    engine = await startEngine()
    admin = await engine.loginAdmin()
    await publishAll(admin, DEFINITIONS)
    models = await createModelStore(engine.database, fullRegistry())
  })
  after(async () => {
    await models.close()
    await engine.stop()
  })

  const make = async (entity: string, body: object): Promise<ApiRecord> =>
    dataOf(await admin.post(`/api/records/${entity}`, { name: entity, ...body }), 201)
  const read = async (entity: string, { id }: ApiRecord) =>
    (await admin.get(`/api/records/${entity}/${id}`)).record
  const query = async <T extends object>(text: string, values: unknown[] = []) =>
    (await engine.database.query<T>({ text, values })).rows

  /** A day goes by: what is written about days lies one further back, and nobody has looked since. */
  async function passDay(): Promise<void> {
    await query(`UPDATE ${SCHEMA}."account" SET "bought_on" = "bought_on" - 1`)
    await query(`UPDATE ${SCHEMA}."order" SET "ordered_on" = "ordered_on" - 1`)
    await query(`UPDATE ${SCHEMA}."order" SET "created_at" = "created_at" - interval '1 day'`)
    await query(`UPDATE ${SCHEMA}.tenon_day SET day = day - 1, after = NULL, waits_for = NULL`)
  }

  const faults: unknown[] = []
  const work = () =>
    dayUpkeepTask({
      ...{ db: engine.database, models, search: fullRegistry().search() },
      observe: (_what, fault) => faults.push(fault),
    }).run(new AbortController().signal)

  const changesOf = async ({ id }: ApiRecord, after: string) =>
    await query<{ via: string; subject: string | null }>(
      `SELECT via, subject FROM ${SCHEMA}.tenon_audit WHERE record = $1 AND id > $2::bigint ORDER BY id`,
      [id, after],
    )
  const lastAudit = async () =>
    (await query<{ id: string }>(`SELECT coalesce(max(id), 0)::text AS id FROM ${SCHEMA}.tenon_audit`))[0]!.id

  it('gives and takes what becomes true by time alone, and tells it', async () => {
    const region = await make('region', {})
    const sleeper = await make('account', { region: region.id, bought_on: day(30) })
    const fresh = await make('account', { region: region.id, bought_on: day(3) })
    await work()
    expect(sleeper).to.deep.include({ tags: ['active'], age: 30 })
    expect((await read('region', region)).sleeping).to.equal(0)
    await passDay()
    const before = await lastAudit()
    await work()
    expect(faults).to.deep.equal([])
    expect(await read('account', sleeper)).to.deep.include({ tags: ['dormant'], age: 31, version: 1 })
    expect(await read('account', fresh)).to.deep.include({ tags: ['active'], age: 4 })
    expect((await read('region', region)).sleeping).to.equal(1)
    expect(await changesOf(sleeper, before)).to.deep.equal([{ via: 'rule', subject: 'tag_rule/dormant' }])
    expect(await changesOf(fresh, before)).to.deep.equal([])
    const events = await query<{ n: number }>(
      `SELECT count(*)::int AS n FROM ${SCHEMA}.tenon_event WHERE record = $1 AND action = 'update'`,
      [sleeper.id],
    )
    expect(events).to.deep.equal([{ n: 1 }])
  })

  it('counts a rolling window by writes and by days', async () => {
    const region = await make('region', {})
    const account = await make('account', { region: region.id })
    const old = await make('order', { account: account.id, ordered_on: day(29), amount: 10 })
    await make('order', { account: account.id, ordered_on: day(0), amount: 30 })
    await make('order', { account: account.id, ordered_on: day(-1), amount: 500 })
    await make('order', { account: account.id, ordered_on: day(30), amount: 7000 })
    await make('order', { account: account.id, amount: 90_000 })
    await work()
    expect(await read('account', account)).to.deep.include({ recent: 2, spent: 40, mean: 20, seen: 5 })
    expect((await read('region', region)).total).to.equal(40)
    await passDay()
    await work()
    expect(await read('account', account)).to.deep.include({ recent: 2, spent: 530, mean: 265, seen: 0 })
    expect((await read('region', region)).total).to.equal(530)
    await admin.patch(`/api/records/order/${old.id}`, { ordered_on: day(5) })
    expect(await read('account', account)).to.deep.include({ recent: 3, spent: 540, mean: 180 })
    await admin.delete(`/api/records/order/${old.id}`)
    expect(await read('account', account)).to.deep.include({ recent: 2, spent: 530 })
    expect((await read('region', region)).total).to.equal(530)
  })

  it('goes on where it was cut off, and touches nothing twice', async () => {
    const made = [
      await make('account', { bought_on: day(30) }),
      await make('account', { bought_on: day(30) }),
      await make('account', { bought_on: day(30) }),
    ].sort((one, other) => (one.id < other.id ? -1 : 1))
    await work()
    await passDay()
    const entity = (await models.current('default'))!.entities.get('account')!
    await query(`UPDATE ${SCHEMA}.tenon_day SET day = day + 1, after = $2 WHERE entity = $1`, [
      entity.id,
      made[1]!.id,
    ])
    await work()
    expect(await Promise.all(made.map(async (one) => (await read('account', one)).age))).to.deep.equal([
      30, 30, 31,
    ])
    const [state] = await query<{ after: string | null }>(
      `SELECT after FROM ${SCHEMA}.tenon_day WHERE entity = $1`,
      [entity.id],
    )
    expect(state).to.deep.equal({ after: null })
    const before = await lastAudit()
    const [{ xmin }] = (await query<{ xmin: string }>(
      `SELECT xmin::text AS xmin FROM ${SCHEMA}."account" WHERE "id" = $1`,
      [made[2]!.id],
    )) as [{ xmin: string }]
    await query(`UPDATE ${SCHEMA}.tenon_day SET day = day - 1, waits_for = NULL`)
    await work()
    expect(await Promise.all(made.map(async (one) => (await read('account', one)).age))).to.deep.equal([
      31, 31, 31,
    ])
    expect(await changesOf(made[2]!, before)).to.deep.equal([])
    const again = await query(`SELECT xmin::text AS xmin FROM ${SCHEMA}."account" WHERE "id" = $1`, [
      made[2]!.id,
    ])
    expect(again).to.deep.equal([{ xmin }])
  })

  it('comes back for what was written before midnight and committed after it had passed', async () => {
    await work()
    const late = newId()
    await engine.database.transaction(async (tx) => {
      // What yesterday's write gives: nobody else sees it until it ends.
      await tx.query({
        text: `INSERT INTO ${SCHEMA}."account" (id, name, bought_on, tags, age) VALUES ($1, 'late', $2, ARRAY['active'], 30)`,
        values: [late, day(31)],
      })
      await query(`UPDATE ${SCHEMA}.tenon_day SET day = day - 1, after = NULL, waits_for = NULL`)
      await work()
      await work()
    })
    expect(await read('account', { id: late } as ApiRecord)).to.include({ age: 30 })
    await work()
    expect(await read('account', { id: late } as ApiRecord)).to.deep.include({ tags: ['dormant'], age: 31 })
    const states = await query(`SELECT DISTINCT after, waits_for, is_second FROM ${SCHEMA}.tenon_day`)
    expect(states).to.deep.equal([{ after: null, waits_for: null, is_second: true }])
  })

  it('leaves a day alone that is done', async () => {
    await work()
    await work()
    const account = await make('account', { bought_on: day(3) })
    await query(`UPDATE ${SCHEMA}."account" SET "bought_on" = "bought_on" - 1 WHERE "id" = $1`, [account.id])
    await work()
    expect((await read('account', account)).age).to.equal(3)
  })
})
