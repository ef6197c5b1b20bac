import { createHmac } from 'node:crypto'
import { expect } from 'chai'
import { type FakeSystem, startSystem } from '../../support/fake-systems.ts'
import { eventually } from '../../support/http-model.ts'
import { flowOn, SCHEMA, type TellingWorld, tellingWorld } from '../telling-world.ts'

/** What waits for a lock that a connection holds. */
const heldBack = `SELECT query FROM pg_stat_activity WHERE $1::int = ANY (pg_blocking_pids(pid))`

describe('a step that calls another system', () => {
  let erp: FakeSystem
  let world: TellingWorld

  before(async () => {
    erp = await startSystem((_json, count) => ({ reference: 1000 + count, total: 12.5, lines: [1, 2] }))
    world = await tellingWorld([
      {
        ...{ kind: 'connection', name: 'erp', connector: 'http' },
        settings: {
          url: erp.url,
          headers: { 'X-Tenant': 'acme' },
          operations: [{ name: 'order', path: '/deals/{deal}/orders' }],
        },
      },
      flowOn('order', [
        {
          ...{ name: 'sent', do: 'call', connection: 'erp', operation: 'order', gives: { total: 'number' } },
          with: { deal: { var: 'id' }, lines: [{ name: { var: 'name' } }, { literal: { var: 'kept' } }] },
        },
        {
          ...{ name: 'kept', do: 'update' },
          set: { reference: { var: 'steps.sent.reference' }, amount: { var: 'steps.sent.total' } },
        },
        {
          ...{ name: 'finished', do: 'wait', event: 'erp.finished', within: { after: 'P7D' } },
          match: { reference: { var: 'steps.sent.reference' } },
        },
        { name: 'done', do: 'update', set: { answer: { var: 'steps.finished.outcome' } } },
      ]),
      flowOn('refused', [
        {
          ...{ name: 'sent', do: 'call', connection: 'erp', operation: 'order', retry: { for: 'P1D' } },
          with: { deal: { var: 'id' } },
          onError: { SIGNER_UNKNOWN: [{ do: 'update', set: { answer: 'unknown' } }] },
        },
        { do: 'update', set: { number: 1 } },
      ]),
      flowOn('failing', [
        {
          ...{ name: 'sent', do: 'call', connection: 'erp', operation: 'request', key: { var: 'name' } },
          ...{ with: { method: 'PUT', path: '/status' }, retry: { times: 1 } },
        },
        { do: 'update', set: { answer: 'done' } },
      ]),
      {
        ...{ kind: 'flow', name: 'paid', label: { en: 'Paid', 'zh-CN': '到账' } },
        trigger: { event: 'erp.paid', gives: { amount: 'number' } },
        steps: [
          {
            ...{ name: 'made', do: 'create', entity: 'deal' },
            set: { name: { var: 'steps.trigger.payer' }, amount: { var: 'steps.trigger.amount' } },
          },
        ],
      },
    ])
    const set = await world.admin.put('/api/connections/erp/secrets', {
      token: 'erp-token',
      hook_secret: 'hook',
    })
    expect(set.status, set.text).to.equal(200)
  })
  after(async () => {
    await world.engine.stop()
    await erp.stop()
  })

  const deal = async (step: string, name = 'Acme') =>
    (await world.lily.post('/api/records/deal', { name, step })).record.id
  const read = async (id: string) => (await world.lily.get(`/api/records/deal/${id}`)).record
  const runOf = async (id: string) => (await world.admin.get(`/api/flows/runs?record=${id}`)).records[0]!

  /** Sends an event as the other system does. */
  const tell = (
    body: object,
    {
      secret = 'hook',
      seconds = Math.floor(Date.now() / 1000),
      name = 'erp',
    }: { secret?: string; seconds?: number; name?: string } = {},
  ) => {
    const text = JSON.stringify(body)
    const v1 = createHmac('sha256', secret).update(`${seconds}.${text}`).digest('hex')
    return world.engine.client.post(`/api/hooks/${name}`, text, {
      headers: { 'content-type': 'application/json', 'x-tenon-signature': `t=${seconds},v1=${v1}` },
    })
  }

  it('puts values in, reads the answer, waits for the event and goes on; the journal tells it', async () => {
    const id = await deal('order')
    await eventually(async () => (await read(id)).reference === '1001')
    expect(await read(id)).to.deep.include({ amount: 12.5, answer: null })
    const [asked] = erp.asked
    expect(asked).to.deep.include({
      ...{ method: 'POST', path: `/deals/${id}/orders` },
      json: { lines: [{ name: 'Acme' }, { var: 'kept' }] },
    })
    expect(asked!.headers).to.include({ 'x-tenant': 'acme', authorization: 'Bearer erp-token' })
    await eventually(async () => (await runOf(id))?.state === 'sleeping')
    const answer = await tell({ id: 'e1', event: 'finished', data: { reference: 1001, outcome: 'signed' } })
    expect([answer.status, answer.record]).to.deep.equal([202, { new: true }])
    await eventually(async () => (await read(id)).answer === 'signed')
    await eventually(async () => (await runOf(id))?.state === 'done')
    const run = await world.admin.get(`/api/flows/runs/${(await runOf(id)).id}`)
    const journal = run.record.journal as { state: string; input: object; sentence: string }[]
    expect(journal.map(({ state }) => state)).to.deep.equal(['done', 'done', 'done', 'done'])
    expect(journal[0]!.input).to.deep.include({ connection: 'erp', operation: 'order' })
    expect(journal[0]!.sentence).to.equal('调用“erp”的“order”')
    expect(run.text).to.not.contain('erp-token')
  })

  it('finds an event that came before it was waited for', async () => {
    const count = erp.done.length
    const early = { id: 'e2', event: 'finished', data: { reference: String(1001 + count), outcome: 'early' } }
    const id = await deal('order', 'Quick')
    await eventually(async () => (await runOf(id)) !== undefined)
    expect((await tell(early)).status).to.equal(202)
    await eventually(async () => (await read(id)).answer === 'early')
  })

  it('takes an event once, and none that is old, altered or signed by somebody else', async () => {
    const event = { id: 'e3', event: 'finished', data: { reference: 'x' } }
    expect((await tell(event)).record).to.deep.equal({ new: true })
    expect((await tell(event)).record).to.deep.equal({ new: false })
    const old = Math.floor(Date.now() / 1000) - 301
    const refused = [
      await tell(event, { secret: 'guess' }),
      await tell(event, { seconds: old }),
      await tell(event, { name: 'nothing' }),
      await world.engine.client.post('/api/hooks/erp', event),
    ]
    expect(refused.map(({ status, problems }) => [status, problems[0]!.code])).to.deep.equal(
      Array.from({ length: 4 }, () => [401, 'HOOK_REFUSED']),
    )
    for (const body of [
      [],
      { id: 'e4' },
      { id: '', event: 'x' },
      { id: 'e5', event: 'Bad name' },
      { ...event, more: 1 },
    ])
      expect((await tell(body)).problems.map(({ code }) => code)).to.deep.equal(['HOOK_EVENT_INVALID'])
  })

  it('takes an event though whoever runs its flow stands in the way, as deadlocked transactions do', async () => {
    const { database } = world.engine
    const awaited = `SELECT a.run FROM ${SCHEMA}.tenon_awaited a JOIN ${SCHEMA}.tenon_run r ON r.id = a.run WHERE r.record = $1 AND r.state = 'sleeping'`
    /** @returns whether it was the event that PostgreSQL ended, and not the other one */
    const standInTheWay = async (id: string): Promise<boolean> => {
      const found = async () => (await database.query<{ run: string }>({ text: awaited, values: [id] })).rows
      await eventually(async () => (await found()).length === 1)
      const [{ run }] = (await found()) as [{ run: string }]
      const { reference } = await read(id)
      const told = { id: `late ${id}`, event: 'finished', data: { reference, outcome: 'late' } }
      let answer: ReturnType<typeof tell> | undefined
      // On a busy machine it may be the runner that is held back, and the event behind it; or the run is due already, since
      // its call has ended only now: then the event wakes nothing, waits for nobody, and the runner finds it.
      let [isEvent, isTold] = [false, false]
      try {
        await database.transaction(async (tx) => {
          await tx.query({
            text: `SELECT 1 FROM ${SCHEMA}.tenon_run WHERE id = $1 FOR UPDATE`,
            values: [run],
          })
          const own = (await tx.query<{ pid: number }>({ text: 'SELECT pg_backend_pid() AS pid' })).rows[0]!
          answer = tell(told)
          const ended = (): void => {
            isTold = true
          }
          void answer.then(ended, ended)
          await eventually(async () => {
            const { rows } = await database.query<{ query: string }>({ text: heldBack, values: [own.pid] })
            isEvent = rows.some(({ query }) => /^UPDATE.+tenon_awaited/s.test(query))
            return rows.length > 0 || isTold
          })
          if (isTold) return
          // What the runner's step does next: it asks for the lock that the event holds.
          const values = [`${SCHEMA} erp.finished`]
          await tx.query({ text: 'SELECT pg_advisory_xact_lock(7362076, hashtext($1))', values })
        })
        return isEvent
      } catch (error) {
        if ((error as { code?: unknown }).code !== '40P01') throw error
        return false
      } finally {
        expect((await answer)?.record).to.deep.equal({ new: true })
        await eventually(async () => (await read(id)).answer === 'late')
      }
    }
    // Whoever waits a second looks whether it is in a circle: on a busy machine that may be the other one.
    let isEnded = false
    while (!isEnded) isEnded = await standInTheWay(await deal('order'))
  })

  it('sets off a flow, once an event, with what it tells; the same again where it is done again', async () => {
    const event = { id: 'p1', event: 'paid', data: { payer: 'Payer', amount: 12.5, more: [1] } }
    const made = async () =>
      (
        await world.admin.get(
          `/api/records/deal?filter=${encodeURIComponent('{"==":[{"var":"name"},"Payer"]}')}`,
        )
      ).records
    expect((await tell(event)).record).to.deep.equal({ new: true })
    expect((await tell(event)).record).to.deep.equal({ new: false })
    await eventually(async () => (await made()).length === 1)
    expect((await made())[0]).to.deep.include({ name: 'Payer', amount: 12.5 })
    const runs = async () => (await world.admin.get('/api/flows/runs?flow=paid')).records
    await eventually(async () => (await runs())[0]?.state === 'done')
    expect((await runs()).map(({ cause, record }) => [cause, record])).to.deep.equal([
      [{ by: 'event', event: 'erp.paid', at: ((await runs())[0]!.cause as { at: string }).at }, null],
    ])
    await world.admin.post(`/api/flows/runs/${(await runs())[0]!.id}/replay`)
    await eventually(async () => (await made()).length === 2)
  })

  it('takes the steps for the other side’s own code at once, whatever is said of tries', async () => {
    erp.answerNext({ status: 422, json: { code: 'signer.unknown', message: 'Who is that?' } })
    const count = erp.asked.length
    const id = await deal('refused')
    await eventually(async () => (await read(id)).number === 1)
    expect((await read(id)).answer).to.equal('unknown')
    expect(erp.asked.length).to.equal(count + 1)
  })

  it('tries again what may do better, then fails, and is retried by hand with the same key', async () => {
    const down = { status: 503, json: { error: 'down' } }
    erp.answerNext(down, down)
    const id = await deal('failing', 'Key 1')
    await eventually(async () => (await runOf(id))?.state === 'failed')
    expect((await runOf(id)).fault).to.include({ code: 'CALL_REFUSED' })
    const [failed] = (await world.admin.get('/api/connections/erp/calls?state=failed')).records
    expect(failed).to.deep.include({ tries: 2, key: 'Key 1', operation: 'request' })
    expect(
      (await world.admin.post(`/api/connections/erp/calls/${failed!.id}/retry`)).problems[0]!.code,
    ).to.equal('CONNECTION_CALL_STATE')
    expect((await world.admin.post(`/api/flows/runs/${(await runOf(id)).id}/retry`)).status).to.equal(200)
    await eventually(async () => (await read(id)).answer === 'done')
    const keys = erp.asked.slice(-3).map(({ headers }) => headers['idempotency-key'])
    expect(keys).to.deep.equal(['Key 1', 'Key 1', 'Key 1'])
    expect((await world.admin.get(`/api/flows/runs/${(await runOf(id)).id}`)).record.journal).to.have.length(
      2,
    )
  })

  it('is told by a simulation and not made', async () => {
    const id = await deal('none')
    const count = erp.asked.length
    const run = await world.admin.post('/api/flows/on_failing/simulate', { record: id })
    const [step] = run.record.journal as { state: string }[]
    expect([run.status, step!.state, erp.asked.length]).to.deep.equal([200, 'done', count])
    const rows = await world.query(
      `SELECT 1 FROM ${SCHEMA}.tenon_outgoing WHERE state IN ('waiting', 'sending')`,
    )
    expect(rows).to.deep.equal([])
  })

  it('is where-used of its connection, and moves with its name', async () => {
    const uses = await world.admin.get('/api/meta/definitions/connection/erp/uses')
    const paths = (uses.records as unknown as { definition: { name: string }; path: string }[]).map(
      ({ definition, path }) => `${definition.name} ${path}`,
    )
    expect(paths).to.include.members([
      ...['on_order /steps/0/connection', 'on_order /steps/2/event', 'paid /trigger/event'],
    ])
  })
})
