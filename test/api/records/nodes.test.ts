import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { expect } from 'chai'
import type { Definition } from '../../../engine/model/compiled.ts'
import { publishDefinitions } from '../../../engine/model/publish-definitions.ts'
import { startEngine, type TestEngine } from '../../support/engine.ts'
import type { Client } from '../../support/http.ts'
import { DEFINITIONS, make, outcome, recordsRegistry, startWorld, type World } from './world.ts'

describe('records on several nodes', () => {
  let world: World
  let second: TestEngine
  let first: Client
  let other: Client

  before(async () => {
    world = await startWorld()
    second = await startEngine({ on: world })
    first = world.admin
    other = second.client.as(first.token)
  })
  after(async () => {
    await second.stop()
    await world.stop()
  })

  const account = DEFINITIONS.find((definition) => definition.name === 'account') as Definition & {
    kind: 'entity'
  }
  const publish = (fields: readonly object[]) => {
    const definition = { ...account, fields: [...account.fields, ...fields] } as Definition
    return publishDefinitions(world.database, recordsRegistry(), 'default', [definition], 'more fields')
  }

  it('plans a write again where a publish came between, on every kind of write', async () => {
    const record = await make(first, 'account', { name: 'old', code: 'old' })
    const at = `/api/records/account/${record.id}`
    const gone = await make(first, 'account', { name: 'gone' })
    await other.get(at)
    for (const round of [1, 2]) {
      await publish([{ name: `extra_${round}`, type: 'text', default: `d${round}` }])
      const answers = await Promise.all([
        other.post('/api/records/account', { name: `new ${round}` }),
        other.patch(at, { name: `changed ${round}` }),
        other.put('/api/records/account/by/code/old', { amount: round }),
        other.post('/api/records/account/bulk', {
          create: [{ name: 'b' }],
          update: [{ id: record.id, staff: round }],
        }),
        other.post('/api/records/account/bulk', { create: [{ name: 'b' }], atomic: false }),
        other.post(
          '/api/records/account',
          { name: 'k' },
          { headers: { 'idempotency-key': `moved ${round}` } },
        ),
        round === 2
          ? other.post(`/api/records/account/${gone.id}/restore`)
          : other.delete(`/api/records/account/${gone.id}`),
      ])
      expect(answers.map((answer) => answer.status)).to.deep.equal([201, 200, 200, 200, 200, 201, 200])
      expect(answers[0]!.record[`extra_${round}`]).to.equal(`d${round}`)
      expect(answers[5]!.record[`extra_${round}`]).to.equal(`d${round}`)
      const field = { [`extra_${round}`]: 'set' }
      expect((await other.patch(at, field)).record).to.include(field)
    }
  })

  it('keeps every write of a stream while fields come and go', async () => {
    let stopped = false
    const answers: number[] = []
    const writers = [first, other, first, other].map(async (client, writer) => {
      for (let index = 0; !stopped; index++) {
        const made = await client.post('/api/records/account', { name: `stream ${writer} ${index}` })
        const patched = await client.patch(`/api/records/account/${made.record.id}`, { level: 'a' })
        answers.push(made.status, patched.status)
      }
    })
    for (const round of [1, 2, 3, 4])
      await publish(round % 2 === 0 ? [] : [{ name: 'coming', type: 'integer' }])
    stopped = true
    await Promise.all(writers)
    expect(new Set(answers)).to.deep.equal(new Set([200, 201]))
  })

  it('refuses a field that was retired a moment ago', async () => {
    await publish([{ name: 'short_lived', type: 'text' }])
    expect((await other.post('/api/records/account', { name: 'x', short_lived: 'x' })).status).to.be.oneOf([
      201, 422,
    ])
    await publish([])
    expect(outcome(await other.post('/api/records/account', { name: 'x', short_lived: 'x' }))).to.deep.equal([
      422,
      'FIELD_UNKNOWN /short_lived',
    ])
  })

  it('knows an idempotency key of another node, and of an engine that is gone', async () => {
    const key = { headers: { 'idempotency-key': 'shared' } }
    const made = await first.post('/api/records/account', { name: 'once' }, key)
    expect((await other.post('/api/records/account', { name: 'once' }, key)).text).to.equal(made.text)
    const third = await startEngine({ on: world })
    const again = await third.client.as(first.token).post('/api/records/account', { name: 'once' }, key)
    await third.stop()
    expect([again.status, again.text]).to.deep.equal([201, made.text])
  })

  it('holds uniques and references across nodes', async () => {
    const made = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        (index % 2 === 0 ? first : other).post('/api/records/account', { name: 'x', code: 'across' }),
      ),
    )
    expect(made.filter((answer) => answer.status === 201).length).to.equal(1)
  })
})

describe('records while the database is away', () => {
  let world: World
  let behind: TestEngine
  const wire = createWire()

  before(async () => {
    world = await startWorld()
    behind = await startEngine({ on: world, env: { DATABASE_URL: await wire.open(world.testDatabase.url) } })
  })
  after(async () => {
    await behind.stop()
    wire.cut()
    await world.stop()
  })

  it('answers 503 with Retry-After, then works again, having lost nothing', async () => {
    const client = behind.client.as(world.admin.token)
    const record = await make(client, 'account', { name: 'kept' })
    const at = `/api/records/account/${record.id}`
    wire.cut()
    const away = [
      await client.get(at),
      await client.post('/api/records/account', { name: 'x' }),
      await client.patch(at, { name: 'x' }),
      await client.delete(at),
      await client.post('/api/records/account/bulk', { create: [{ name: 'x' }] }),
    ]
    expect(away.map(outcome)).to.deep.equal(away.map(() => [503, 'HTTP_UNAVAILABLE']))
    expect(away.every((answer) => Number(answer.headers.get('retry-after')) > 0)).to.equal(true)
    await wire.mend()
    expect((await client.get(at)).record).to.deep.equal(record)
    expect((await client.patch(at, { name: 'back' })).record).to.deep.include({ name: 'back', version: 2 })
  })
})

/** A wire to the database of a test that can be cut and mended. */
function createWire() {
  const ends = new Set<Socket>()
  let target = ''
  let port = 0
  const server = createServer((client) => {
    const database = connect(target)
    for (const [one, other] of [
      [client, database],
      [database, client],
    ] as const) {
      ends.add(one)
      one.on('error', () => other.destroy())
      one.on('close', () => other.destroy())
      one.pipe(other)
    }
  })
  const listen = () => new Promise<void>((resolve) => server.listen(port, '127.0.0.1', () => resolve()))
  return {
    /** The address of a database, by this wire. */
    async open(url: string): Promise<string> {
      const [, user, folder, name] = /^postgres:\/\/([^@]*)@([^/]*)\/(.*)$/.exec(url) ?? []
      target = `${decodeURIComponent(folder ?? '')}/.s.PGSQL.5432`
      await listen()
      port = (server.address() as AddressInfo).port
      return `postgres://${user}@127.0.0.1:${port}/${name}`
    },
    cut() {
      server.close()
      for (const end of ends) end.destroy()
    },
    mend: listen,
  }
}
