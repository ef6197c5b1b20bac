import { expect } from 'chai'
import type { Executor, TransactionOptions } from '../../../engine/db/database.ts'
import { drainRuns } from '../../../engine/process/flows/drain.ts'
import { type FlowWorld, flowWorld } from '../../support/flow-world.ts'
import { SCHEMA } from '../../support/model-world.ts'

const ADMIN = { role: 'administrator' }
const on = (state: string) => ({
  record: 'order',
  on: ['created'],
  when: { '==': [{ var: 'state' }, state] },
})
const flow = (name: string, steps: readonly object[]) => ({ kind: 'flow', name, trigger: on(name), steps })

const DEFINITIONS = [
  {
    kind: 'entity',
    name: 'customer',
    title: 'name',
    fields: [
      { name: 'name', type: 'text' },
      { name: 'orders', type: 'integer', max: 1_000 },
    ],
  },
  {
    kind: 'entity',
    name: 'order',
    title: 'name',
    owned: true,
    fields: [
      { name: 'name', type: 'text' },
      { name: 'state', type: 'text' },
      { name: 'seen', type: 'integer', max: 10 },
      { name: 'customer', type: 'lookup', to: 'customer', inverse: 'orders_of', onDelete: 'clear' },
    ],
  },
  flow('count', [
    { do: 'update', record: 'customer', add: { orders: 1 } },
    { do: 'update', add: { seen: 1 } },
    { do: 'notify', to: { field: 'owner' }, title: 'counted' },
  ]),
  flow('promote', [
    { do: 'notify', to: ADMIN, title: 'before' },
    { name: 'boss', do: 'find', entity: 'user', filter: { '==': [{ var: 'name' }, 'Boss'] } },
    { do: 'update', record: 'steps.boss.first', set: { active: false } },
    { do: 'notify', to: { field: 'owner' }, title: 'after' },
  ]),
  flow('list', [
    {
      do: 'for_each',
      in: 'customer.orders_of',
      steps: [{ do: 'update', record: 'item', add: { seen: 1 } }],
    },
  ]),
]

describe('runs that are taken together', () => {
  let world: FlowWorld
  let owner: string
  const transactions: TransactionOptions[] = []
  before(async () => {
    world = await flowWorld(DEFINITIONS)
    owner = await world.create('user', { name: 'Boss', email: 'boss@example.com', roles: ['administrator'] })
    const { transaction } = world.db
    Object.assign(world.deps.db, {
      transaction: ((work, options = {}) => {
        transactions.push(options)
        return transaction(work, options)
      }) as typeof transaction,
    })
  })
  after(() => world.close())

  const orders = async (count: number, body: object) => {
    const create = Array.from({ length: count }, (_, index) => ({ name: `Order ${index}`, owner, ...body }))
    await world.bulk('order', { create })
    await world.hear()
    transactions.length = 0
  }
  const outcome = async (name: string, customer: string) => {
    const [row] = await world.query<{ outcome: string }>(
      `SELECT json_build_object('orders', c.orders, 'seen', (SELECT json_agg(o.seen ORDER BY o.name) FROM ${SCHEMA}.order o WHERE o.customer = c.id),
  'runs', (SELECT json_object_agg(state, n) FROM (SELECT state, count(*) AS n FROM ${SCHEMA}.tenon_run WHERE name = $2 GROUP BY 1) r),
  'steps', (SELECT count(*) FROM ${SCHEMA}.tenon_run_step s JOIN ${SCHEMA}.tenon_run r ON r.id = s.run WHERE r.name = $2 AND s.state = 'done')
) AS outcome FROM ${SCHEMA}.customer c WHERE c.id = $1`,
      [customer, name],
    )
    return JSON.parse(row!.outcome)
  }

  it('each see what those before have done: sixty that count into one record lose nothing, in few commits', async () => {
    const customer = await world.create('customer', { name: 'Acme' })
    await orders(60, { state: 'count', customer })
    expect(await world.drain()).to.equal('all')
    expect(await outcome('count', customer)).to.deep.equal({
      ...{ orders: 60, seen: Array(60).fill(1), runs: { done: 60 }, steps: 180 },
    })
    expect((await world.told()).filter((title) => title === 'counted')).to.have.lengthOf(60)
    const [told] = await world.query(
      `SELECT count(*)::int AS told, count(d.notification)::int AS listed, count(DISTINCT t.run)::int AS runs FROM ${SCHEMA}.tenon_told t ` +
        `JOIN ${SCHEMA}.tenon_delivery d ON d.told = t.id AND d.state = 'sent' WHERE t.kind = 'count'`,
    )
    expect(told).to.deep.equal({ told: 60, listed: 60, runs: 60 })
    expect(transactions.length).to.be.below(180) // one by one there would be as many
  })

  it('are taken one by one where one of them fails: it fails alone, and what it did before stays', async () => {
    const customer = await world.create('customer', { name: 'Beta' })
    await orders(9, { state: 'count', customer })
    const last = (
      await world.query<{ id: string }>(
        `SELECT id::text AS id FROM ${SCHEMA}.order WHERE customer = $1 ORDER BY name DESC LIMIT 1`,
        [customer],
      )
    )[0]!.id
    await world.patch('order', last, { seen: 10 })
    await world.drain()
    expect(await outcome('count', customer)).to.deep.equal({
      ...{
        orders: 9,
        seen: [...Array(8).fill(1), 10],
        runs: { done: 68, failed: 1 },
        steps: 180 + 8 * 3 + 1,
      },
    })
  })

  it('wait for nobody who holds what they need as long as they share a commit', async () => {
    const customer = await world.create('customer', { name: 'Gamma' })
    await orders(3, { state: 'count', customer })
    let drained: Promise<unknown> = Promise.resolve()
    await world.db.session(async (holder: Executor) => {
      await holder.query({ text: 'BEGIN' })
      const text = `SELECT 1 FROM ${SCHEMA}.customer WHERE id = $1 FOR UPDATE`
      await holder.query({ text, values: [customer] })
      drained = world.drain()
      const waits = async () =>
        (
          await world.query<{ waits: number }>(
            'SELECT count(*)::int AS waits FROM pg_locks WHERE NOT granted',
          )
        )[0]!.waits
      const isAlone = () => transactions.some(({ lockTimeoutMs }) => lockTimeoutMs === undefined)
      while (!isAlone() || (await waits()) === 0) await new Promise((resolve) => setImmediate(resolve))
      await holder.query({ text: 'COMMIT' })
    })
    expect(await drained).to.equal('all')
    expect(await outcome('count', customer)).to.deep.include({ orders: 3, seen: [1, 1, 1] })
  })

  it('go through a list whose journal is not written yet', async () => {
    const customer = await world.create('customer', { name: 'Eta' })
    await orders(3, { state: 'list', customer })
    await world.drain()
    expect(await outcome('list', customer)).to.deep.include({ seen: [3, 3, 3], steps: 12 })
  })

  it('know anew of people whom a step has changed', async () => {
    const customer = await world.create('customer', { name: 'Zeta' })
    await orders(2, { state: 'promote', customer })
    await world.drain()
    expect(await outcome('promote', customer)).to.deep.include({ runs: { done: 2 } })
    const told = (await world.told()).filter((title) => title === 'before' || title === 'after')
    expect(told).to.deep.equal(['before']) // the second one finds nobody to tell either
  })

  it('rest in masses for whoever waits, alone they do not; the latest do not wait for all of them', async () => {
    let rests = 0
    const waiting = async (name: string) =>
      (await world.runs(name)).filter(({ state }) => state === 'waiting').length
    const pace = {
      async run<T>(piece: () => Promise<T>): Promise<T> {
        rests++
        return await piece()
      },
    }
    await orders(30, { state: 'list' })
    await drainRuns(world.deps, 'default', () => false, pace)
    expect([rests, await waiting('list')]).to.deep.equal([0, 0])
    await orders(220, { state: 'count' })
    await orders(1, { state: 'list' })
    await drainRuns(world.deps, 'default', () => rests >= 8, pace)
    expect(await waiting('list')).to.equal(0)
    expect(await waiting('count')).to.be.greaterThan(50)
    await world.drain()
    expect([rests, await waiting('count')]).to.deep.equal([8, 0])
  })
})
