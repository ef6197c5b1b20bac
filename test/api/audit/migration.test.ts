import { expect } from 'chai'
import { verifyAudit } from '../../../engine/audit/verify.ts'
import type { Database } from '../../../engine/db/database.ts'
import { readMigrations } from '../../../engine/db/migrate.ts'
import { sealAll } from '../../support/audit.ts'
import { createTestDatabase, emptyTemplate, type TestDatabase } from '../../support/postgres.ts'

const SCHEMA = '"ws_old"'
const secret = { id: 'one', derive: () => Buffer.alloc(32, 'one') }
const secrets = { active: () => secret, find: () => secret }

describe('an audit from before it was sealed', () => {
  let test: TestDatabase
  let db: Database

  before(async () => {
    test = await createTestDatabase(emptyTemplate)
    db = test.open()
    await db.query({ text: `CREATE SCHEMA ${SCHEMA}` })
    const [first, ...later] = readMigrations('workspace')
    const apply = (sql: string) => db.query({ text: sql.replaceAll('{schema}', SCHEMA) })
    await apply(first!.sql)
    await db.query({
      text: `INSERT INTO ${SCHEMA}.tenon_audit (at, via, action, entity, record, version, changes)
        SELECT now() - n * interval '20 days', 'api', 'create', gen_random_uuid(), gen_random_uuid(), 1,
          jsonb_build_object('name', '华兴 ' || n) FROM generate_series(0, 9) n`,
    })
    for (const { sql } of later) await apply(sql)
  })
  after(() => test.drop())

  it('keeps its rows and their order, in months, and is sealed with what comes', async () => {
    const { rows } = await db.query<{ ids: string; months: number; rest: number }>({
      text: `SELECT array_agg(a.id ORDER BY a.id)::text AS ids, count(DISTINCT a.tableoid)::int AS months,
        count(*) FILTER (WHERE a.tableoid = '${SCHEMA}.tenon_audit_rest'::regclass)::int AS rest
        FROM ${SCHEMA}.tenon_audit a`,
    })
    expect(rows[0]?.ids).to.equal('{1,2,3,4,5,6,7,8,9,10}')
    expect(rows[0]?.months).to.be.greaterThan(5)
    expect(rows[0]?.rest).to.equal(0)
    expect(await sealAll({ db, schema: SCHEMA, secrets })).to.equal(10)
    expect((await verifyAudit(db, SCHEMA, secrets)).faults).to.deep.equal([])
    const next = await db.query({ text: `SELECT nextval('${SCHEMA}.tenon_audit_id')::int AS id` })
    expect(next.rows).to.deep.equal([{ id: 11 }])
  })
})
