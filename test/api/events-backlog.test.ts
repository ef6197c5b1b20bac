import { expect } from 'chai'
import type { Statement, Transaction } from '../../engine/db/database.ts'
import { takeBatch } from '../../engine/events/cursor.ts'
import type { EventBatch } from '../../engine/events/event.ts'
import { readEvents } from '../../engine/events/read-events.ts'
import { type FlowWorld, flowWorld } from '../support/flow-world.ts'
import { SCHEMA } from '../support/model-world.ts'

const ROWS = 60_000
const BATCH = 500
const ALL = { since: '1:1:', until: '9000000000:9000000000:', eventId: '0' }

describe('events that wait by the ten thousand', () => {
  let world: FlowWorld
  let first: number
  before(async () => {
    world = await flowWorld([])
    const [at] = await world.query<{ last: string }>(
      `SELECT last_value - (NOT is_called)::int AS last FROM ${SCHEMA}.tenon_audit_id`,
    )
    first = Number(at!.last)
    await world.query(
      `INSERT INTO ${SCHEMA}.tenon_audit (id, at, via, action, entity, record, version, changes, salt) ` +
        `SELECT nextval('${SCHEMA}.tenon_audit_id'), now(), 'api', 'update', gen_random_uuid(), gen_random_uuid(), 2, '{}', '\\x00' ` +
        `FROM generate_series(1, ${ROWS})`,
    )
    await world.query(
      `SELECT brin_summarize_new_values(i.inhrelid) FROM pg_inherits i WHERE i.inhparent = '${SCHEMA}.tenon_audit_id_order'::regclass`,
    )
    await world.query('ANALYZE')
  })
  after(() => world.close())

  async function read(auditId: number, last = first + ROWS) {
    let looked = 0
    const answer = await world.db.transaction(async (tx) => {
      const spy: Transaction = {
        inTransaction: true,
        async query<Row>(statement: Statement) {
          const { rows } = await tx.query<{ 'QUERY PLAN': string }>({
            ...statement,
            text: `EXPLAIN (ANALYZE, TIMING OFF) ${statement.text}`,
          })
          for (const line of rows) {
            const scanned = /Scan on tenon_audit\w* .*\(actual rows=([\d.]+) loops=(\d+)/.exec(
              line['QUERY PLAN'],
            )
            if (scanned !== null) looked += Number(scanned[1]) * Number(scanned[2])
            looked += Number(
              /Rows Removed by (?:Filter|Index Recheck): (\d+)/.exec(line['QUERY PLAN'])?.[1] ?? 0,
            )
          }
          return await tx.query<Row>(statement)
        },
      }
      const cursor = { ...ALL, auditId: String(auditId), last: { audit: String(last), event: '0' } }
      return await readEvents(spy, SCHEMA, cursor, BATCH)
    })
    return { ...answer, looked }
  }

  it('looks at some thousand rows for a batch, wherever it stands', async () => {
    for (const at of [first, first + 20_000, first + ROWS - 2_000]) {
      const { events, auditId, isAll, looked } = await read(at)
      expect(events.map(({ id }) => Number(id))).to.deep.equal(
        Array.from({ length: BATCH }, (_, index) => at + 1 + index),
      )
      expect([auditId, isAll]).to.deep.equal([String(at + BATCH), false])
      expect(looked, `from ${at - first}`).to.be.within(BATCH, 10_000)
    }
  })

  it('comes to the end, and goes over numbers that nobody has', async () => {
    const { events, auditId, isAll } = await read(first + ROWS - 100, first + ROWS + 5_000_000)
    expect([events.length, auditId, isAll]).to.deep.equal([100, String(first + ROWS + 5_000_000), true])
  })

  it('misses nothing that is written while a batch begins', async () => {
    const taken: string[] = []
    const consumer = {
      name: 'witness',
      take: async ({ events }: EventBatch) => void taken.push(...events.map(({ record }) => record ?? '')),
    }
    const at = { workspace: 'default', schema: SCHEMA }
    const drain = async (between: () => Promise<void>) => {
      for (let isMore = true; isMore; ) {
        const batch = await world.db.transaction(async (tx) => {
          const spy: Transaction = {
            inTransaction: true,
            async query<Row>(statement: Statement) {
              if (statement.text.includes('AS until')) await between()
              return await tx.query<Row>(statement)
            },
          }
          return await takeBatch(spy, at, consumer)
        })
        isMore = batch.isMore
      }
    }
    const nothing = async () => undefined
    await drain(nothing)
    await drain(nothing)
    const written: string[] = []
    for (let round = 0; round < 3; round++) {
      await drain(async () => {
        const rows = await world.query<{ record: string }>(
          `INSERT INTO ${SCHEMA}.tenon_audit (id, at, via, action, entity, record, version, changes, salt) ` +
            `VALUES (nextval('${SCHEMA}.tenon_audit_id'), now(), 'api', 'update', gen_random_uuid(), gen_random_uuid(), 2, '{}', '\\x00') ` +
            'RETURNING record::text AS record',
        )
        written.push(rows[0]!.record)
      })
    }
    await drain(nothing)
    expect(taken).to.deep.equal(written)
    expect(written.length).to.be.greaterThan(2)
  })
})
