import { expect } from 'chai'
import type { Database } from '../../../engine/db/database.ts'
import { sweepKeys } from '../../../engine/records/sweep-keys.ts'
import { createTestDatabase, type TestDatabase } from '../../support/postgres.ts'

const SCHEMA = '"ws_default"'
const begin = Date.parse('2026-11-22T08:00:00Z')

describe('idempotency keys that have had their day', () => {
  let test: TestDatabase
  let db: Database

  before(async () => {
    test = await createTestDatabase()
    db = test.open(2)
  })
  after(() => test.drop())

  const keep = (from: number, to: number, hours: number) =>
    db.query({
      text: `INSERT INTO ${SCHEMA}.tenon_idempotency (actor, key, request_hash, at)
SELECT gen_random_uuid(), i::text, '\\x00', now() - make_interval(hours => $3::int)
FROM generate_series($1::int, $2::int) i`,
      values: [from, to, hours],
    })
  const kept = async () =>
    (
      await db.query<{ old: number; young: number }>({
        text: `SELECT count(*) FILTER (WHERE at < now() - interval '24 hours')::int AS old,
count(*) FILTER (WHERE at > now() - interval '24 hours')::int AS young FROM ${SCHEMA}.tenon_idempotency`,
      })
    ).rows[0]!

  it('go in batches, the young ones stay, and then there is an hour of rest', async () => {
    await keep(1, 1200, 25)
    await keep(1201, 1210, 23)
    const seen = []
    for (const minutes of [0, 1, 2]) {
      await sweepKeys(db, SCHEMA, new Date(begin + minutes * 60_000))
      seen.push(await kept())
    }
    await keep(2001, 2005, 30)
    for (const minutes of [50, 70]) {
      await sweepKeys(db, SCHEMA, new Date(begin + minutes * 60_000))
      seen.push(await kept())
    }
    expect(seen).to.deep.equal([
      { old: 200, young: 10 },
      { old: 0, young: 10 },
      { old: 0, young: 10 },
      { old: 5, young: 10 },
      { old: 0, young: 10 },
    ])
  })

  it('are swept once by many who come together', async () => {
    const other = test.open(4)
    await keep(3001, 6000, 48)
    await Promise.all(Array.from({ length: 8 }, () => sweepKeys(other, SCHEMA, new Date(begin))))
    expect((await kept()).old).to.equal(2000)
  })
})
