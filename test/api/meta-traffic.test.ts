import { setTimeout as delay } from 'node:timers/promises'
import { expect } from 'chai'
import { inForce, publishAll, type Written } from '../support/drafts.ts'
import { startEngine, type TestEngine } from '../support/engine.ts'
import type { Client } from '../support/http.ts'

const isDeep = process.env.TENON_TEST_DEEP === '1'
const RECORDS = 100_000
const REQUESTS_PER_SECOND = 200
const ROUNDS = isDeep ? 15 : 3

type Field = { readonly id?: string; readonly name: string; readonly [key: string]: unknown }
type Entity = Written & { readonly fields: readonly Field[] }

const customer: Written = {
  kind: 'entity',
  name: 'customer',
  fields: [
    { name: 'name', type: 'text', required: true },
    { name: 'city', type: 'text' },
    { name: 'amount', type: 'currency' },
  ],
  indexes: [['city', '-amount']],
}

/** Requests that wait for their answers at once. */
const MOST_PENDING = 24

describe('traffic while definitions are published', function () {
  this.timeout(600_000)
  let engine: TestEngine
  let admin: Client
  let ids: readonly string[]
  before(async () => {
    engine = await startEngine()
    admin = await engine.loginAdmin()
    await publishAll(admin, [customer])
    await engine.database.query({
      text: `INSERT INTO ws_default.customer (id, name, city, amount)
SELECT gen_random_uuid(), 'Customer ' || n, 'City ' || n % 300, n FROM generate_series(1, ${RECORDS}) n`,
    })
    const { rows } = await engine.database.query<{ id: string }>({
      text: 'SELECT id FROM ws_default.customer LIMIT 500',
    })
    ids = rows.map((row) => row.id)
  })
  after(() => engine.stop())

  /** Sends requests at an even pace until it is told to stop. */
  function traffic() {
    const answers = new Map<string, number>()
    const pending = new Set<Promise<void>>()
    let isOver = false
    const send = async (number: number) => {
      const id = ids[number % ids.length] ?? ''
      const kinds = [
        () => admin.get(`/api/records/customer/${id}`),
        () => admin.get('/api/records/customer?limit=5&fields=name,city'),
        () => admin.patch(`/api/records/customer/${id}`, { city: `City ${number}` }),
        () => admin.post('/api/records/customer', { name: `New ${number}` }),
      ]
      const answer = await kinds[number % kinds.length]!()
      const key = answer.status < 300 ? 'succeeded' : `${answer.status} ${answer.text}`
      answers.set(key, (answers.get(key) ?? 0) + 1)
    }
    const run = async () => {
      const begun = performance.now()
      for (let number = 0; !isOver; number++) {
        const due = begun + (number * 1000) / REQUESTS_PER_SECOND
        if (due > performance.now()) await delay(due - performance.now())
        // A machine that is busy with other tests cannot be asked for more than it answers.
        while (pending.size >= MOST_PENDING) await Promise.race(pending)
        const sent = send(number)
        pending.add(sent)
        sent.finally(() => pending.delete(sent)).catch(() => undefined)
      }
      await Promise.all(pending)
    }
    const running = run()
    return {
      async stop() {
        isOver = true
        await running
        return Object.fromEntries(answers)
      },
    }
  }

  const change = async (edit: (fields: readonly Field[]) => readonly Field[]) => {
    const now = await inForce<Entity>(admin, 'entity/customer')
    await publishAll(admin, [{ ...now, fields: edit(now.fields) }])
  }

  it(`${REQUESTS_PER_SECOND} requests a second go on while fields are added, renamed and retired`, async () => {
    const running = traffic()
    for (let round = 0; round < ROUNDS; round++) {
      await change((fields) => [...fields, { name: `extra_${round}`, type: 'integer' }])
      await delay(150)
      await change((fields) =>
        fields.map((field) =>
          field.name === `extra_${round}` ? { ...field, name: `renamed_${round}` } : field,
        ),
      )
      await delay(150)
      await change((fields) => fields.filter((field) => field.name !== `renamed_${round}`))
      await delay(150)
    }
    const answers = await running.stop()
    expect(Object.keys(answers)).to.deep.equal(['succeeded'])
    expect(answers.succeeded).to.be.greaterThan(ROUNDS * 60)
  })
})
