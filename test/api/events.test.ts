import { randomUUID } from 'node:crypto'
import { expect } from 'chai'
import { endJob, markRunning, saveProgress } from '../../engine/jobs/job.ts'
import { enqueueJob } from '../../engine/jobs/queue.ts'
import { dataOf, publishAll } from '../support/drafts.ts'
import { startEngine, type TestEngine } from '../support/engine.ts'
import type { ApiRecord, Client } from '../support/http.ts'
import { loginAs } from '../support/http-model.ts'
import { type Listener, listen } from '../support/live.ts'

const DEFINITIONS = [
  {
    kind: 'entity',
    name: 'deal',
    title: 'name',
    owned: true,
    fields: [
      { name: 'name', type: 'text', required: true },
      { name: 'open', type: 'boolean' },
    ],
  },
  { kind: 'entity', name: 'secret', title: 'name', fields: [{ name: 'name', type: 'text' }] },
  {
    kind: 'role',
    name: 'seller',
    default: { read: 'none' },
    entities: { deal: { create: true, read: 'own', update: 'own', delete: 'own' } },
  },
  {
    kind: 'role',
    name: 'watcher',
    default: { read: 'none' },
    entities: { deal: { read: { '==': [{ var: 'open' }, true] } } },
  },
]

describe('GET /api/events', () => {
  let engine: TestEngine
  let other: TestEngine
  let admin: Client
  let lily: Client & { id: string }
  let max: Client & { id: string }
  let wang: Client & { id: string }
  const open: Listener[] = []

  before(async () => {
    engine = await startEngine()
    other = await startEngine({ on: engine })
    admin = await engine.loginAdmin()
    await publishAll(admin, DEFINITIONS)
    lily = await loginAs(admin, 'lily', ['seller'])
    max = await loginAs(admin, 'max', ['seller'])
    wang = await loginAs(admin, 'wang', ['watcher'])
  })
  afterEach(() => {
    for (const listener of open.splice(0)) listener.close()
  })
  after(async () => {
    await other.stop()
    await engine.stop()
  })

  async function hear(client: Client, on = engine, lastId?: string): Promise<Listener> {
    const listener = await listen(on.url, client, lastId)
    open.push(listener)
    return listener
  }
  const make = async (client: Client, body: object = {}, entity = 'deal'): Promise<ApiRecord> =>
    dataOf(await client.post(`/api/records/${entity}`, { name: 'x', ...body }), 201)
  /** Every record that was told of, with what was done. */
  const told = ({ heard }: Listener): readonly string[] =>
    heard.flatMap(({ event, data }) =>
      event === 'records'
        ? (data as { records: { id: string; action: string }[] }).records.map(
            ({ id, action }) => `${action} ${id}`,
          )
        : [],
    )

  it('tells each person of the records that they may read, on whatever node, and of no others', async () => {
    const [ofLily, ofMax, ofWang, ofAdmin] = [
      await hear(lily),
      await hear(max, other),
      await hear(wang),
      await hear(admin, other),
    ]
    const [hers, his, opened] = [await make(lily), await make(max), await make(lily, { open: true })]
    const secret = await make(admin, {}, 'secret')
    await admin.delete(`/api/records/deal/${his.id}`)
    // Behind everything else: whoever hears of it has heard all before.
    const last = await make(lily, { open: true })
    await admin.patch(`/api/records/deal/${last.id}`, { owner: max.id })
    await ofMax.until(() => told(ofMax).some((one) => one.endsWith(last.id)))
    await ofWang.until(() => told(ofWang).some((one) => one.endsWith(last.id)))
    const ids = (listener: Listener) => new Set(told(listener).map((one) => one.split(' ')[1]))
    expect([...ids(ofWang)].sort()).to.deep.equal([opened.id, last.id].sort())
    expect([...ids(ofMax)].sort()).to.deep.equal([his.id, last.id].sort())
    expect([...ids(ofLily)])
      .to.include.members([hers.id, opened.id])
      .and.not.include(his.id)
    expect(told(ofMax)).to.include(`delete ${his.id}`)
    // Whoever may read all hears of all, besides of what was written just before.
    const all = [hers.id, his.id, opened.id, secret.id, last.id]
    await ofAdmin.until(() => all.every((id) => ids(ofAdmin).has(id)))
    expect(JSON.stringify([ofLily, ofMax, ofWang].map(({ heard }) => heard))).to.not.include('secret')
  })

  it('says headers that keep proxies from holding it back, and what a record is now', async () => {
    const listener = await hear(lily)
    expect(
      Object.fromEntries(
        ['content-type', 'cache-control', 'x-accel-buffering'].map((name) => [
          name,
          listener.headers.get(name),
        ]),
      ),
    ).to.deep.equal({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store, no-transform',
      'x-accel-buffering': 'no',
    })
    const deal = await make(lily)
    await listener.until(() => told(listener).includes(`create ${deal.id}`))
    expect(listener.heard.at(-1)).to.deep.equal({
      event: 'records',
      data: { entity: 'deal', records: [{ id: deal.id, action: 'create', version: 1 }] },
    })
  })

  it('tells of many at once by their entity alone, only to who may read any of them', async () => {
    const [ofLily, ofMax] = [await hear(lily), await hear(max)]
    const create = Array.from({ length: 150 }, (_, index) => ({ name: `n${index}`, owner: lily.id }))
    dataOf(await admin.post('/api/records/deal/bulk', { create }), 200)
    await ofLily.until(() => ofLily.heard.length > 0)
    const last = await make(max)
    await ofMax.until(() => told(ofMax).includes(`create ${last.id}`))
    expect(ofLily.heard).to.deep.equal([{ event: 'records', data: { entity: 'deal', many: true } }])
    expect(told(ofMax)).to.deep.equal([`create ${last.id}`])
  })

  it('goes on where it was cut off, or says that everything is to be loaded anew', async () => {
    const first = await hear(lily)
    await make(lily)
    await first.until(() => first.lastId() !== undefined && first.heard.length > 0)
    first.close()
    const missed = await make(lily)
    const second = await hear(lily, engine, first.lastId())
    await second.until(() => told(second).includes(`create ${missed.id}`))
    expect(second.heard.map(({ event }) => event)).to.deep.equal(['records'])
    for (const strange of ['1.0', 'x\u00e9']) {
      const third = await hear(lily, engine, strange)
      await third.until(() => third.heard.length > 0)
      expect(third.heard).to.deep.equal([{ event: 'reload', data: {} }])
    }
  })

  it('tells a person’s own notifications, and that the model has changed', async () => {
    const [ofLily, ofMax] = [await hear(lily), await hear(max)]
    const note = dataOf<ApiRecord>(
      await admin.post('/api/records/notification', { title: 'Hello', owner: lily.id }),
      201,
    )
    await ofLily.until(() => ofLily.heard.some(({ event }) => event === 'notifications'))
    expect(ofLily.heard[0]).to.deep.equal({
      event: 'notifications',
      data: { entity: 'notification', records: [{ id: note.id, action: 'create', version: 1 }] },
    })
    await make(admin)
    const [entity, ...rest] = DEFINITIONS
    const fields = [
      ...(entity as { fields: object[] }).fields,
      { name: 'code', type: 'text', searchable: true },
    ]
    await publishAll(admin, [{ ...entity, fields } as never, ...rest])
    await ofMax.until(() => ofMax.heard.some(({ event }) => event === 'model'))
    expect(ofMax.heard.map(({ event }) => event)).to.deep.equal(['model'])
  })

  it('tells how far a job is to whom it belongs, and to who may publish', async () => {
    const [ofLily, ofMax, ofAdmin] = [await hear(lily), await hear(max), await hear(admin, other)]
    const [schema, id] = ['"ws_default"', randomUUID()]
    const db = engine.database
    await db.transaction((tx) =>
      enqueueJob(tx, schema, { id, kind: 'none', payload: {}, createdBy: lily.id }),
    )
    await markRunning(db, schema, id)
    await saveProgress(db, schema, id, { done: 3, total: 7 })
    await endJob(db, schema, id, { state: 'done', result: 'secret' })
    const last = await make(max)
    await ofMax.until(() => told(ofMax).includes(`create ${last.id}`))
    const states = ({ heard }: Listener) =>
      heard.flatMap(({ event, data }) => (event === 'job' ? [data] : []))
    await ofAdmin.until(() => states(ofAdmin).length === 3)
    const job = { id, kind: 'none', total: null }
    expect(states(ofLily)).to.deep.equal([
      { ...job, state: 'running', done: 0 },
      { ...job, state: 'running', done: 3, total: 7 },
      { ...job, state: 'done', done: 3, total: 7 },
    ])
    expect([states(ofAdmin), states(ofMax)]).to.deep.equal([states(ofLily), []])
  })

  it('ends with sign-out, on every node, and takes nobody who is not signed in', async () => {
    const sara = await loginAs(admin, 'sara', ['seller'])
    const again = await engine.client.login('sara@example.com', 'correct horse battery')
    const [here, there, stays] = [await hear(sara), await hear(sara, other), await hear(again)]
    await sara.post('/api/auth/logout')
    expect(await Promise.all([here.ended, there.ended])).to.deep.equal([true, true])
    expect(here.heard).to.deep.equal([{ event: 'end', data: { reason: 'signed_out' } }])
    const deal = await make(again)
    await stays.until(() => told(stays).includes(`create ${deal.id}`))
    expect((await engine.client.get('/api/events')).status).to.equal(401)
    await admin.patch(`/api/records/user/${sara.id}`, { active: false })
    await stays.ended
  })

  it('lets a person have a dozen pages that listen, not more', async () => {
    const nina = await loginAs(admin, 'nina', ['seller'])
    for (let page = 0; page < 12; page++) await hear(nina)
    const refused = await nina.get('/api/events')
    expect([refused.status, refused.problems[0]?.code, refused.headers.get('retry-after')]).to.deep.equal([
      429,
      'EVENTS_TOO_MANY',
      '30',
    ])
    open.pop()!.close()
    const page = await hear(nina)
    expect(page.status).to.equal(200)
  })

  it('ends when its engine stops, without keeping it', async () => {
    const node = await startEngine({ on: engine })
    const listener = await hear(lily, node)
    await node.stop()
    expect(await listener.ended).to.equal(true)
  })
})
