import { expect } from 'chai'
import type { Database } from '../../../engine/db/database.ts'
import { readMigrations } from '../../../engine/db/migrate.ts'
import { stagePartId } from '../../../engine/model/physical-names.ts'
import { createTestDatabase, emptyTemplate, type TestDatabase } from '../../support/postgres.ts'

const SCHEMA = '"ws_old"'
const ENTITY = '01900000-0000-7000-8000-000000000001'
const FIELD = '01900000-0000-7000-8000-000000000002'
const id = (n: number) => `01900000-0000-7000-8000-0000000001${String(n).padStart(2, '0')}`
const stage = (n: number, name: string, type: string) => ({ id: id(50 + n), name, type })

const DEFINITIONS = {
  entity: {
    deal: {
      kind: 'entity',
      name: 'deal',
      id: ENTITY,
      fields: [
        { name: 'stage', type: 'stage', id: FIELD },
        // A field of their own: it stays, and nothing is kept beside it.
        { name: 'closed_at', type: 'date', id: id(1) },
      ],
    },
  },
  pipeline: {
    sales: {
      kind: 'pipeline',
      name: 'sales',
      entity: 'deal',
      field: 'stage',
      stages: [stage(0, 'open', 'open'), stage(1, 'offer', 'open'), stage(2, 'won', 'won')],
    },
  },
}

describe('a workspace from before stages had a history', () => {
  let test: TestDatabase
  let db: Database

  before(async () => {
    test = await createTestDatabase(emptyTemplate)
    db = test.open()
    await db.query({ text: `CREATE SCHEMA ${SCHEMA}` })
    const run = (text: string, values: unknown[] = []) => db.query({ text, values })
    const all = readMigrations('workspace')
    const at = all.findIndex(({ name }) => name === '0014-stages')
    for (const { sql } of all.slice(0, at)) await run(sql.replaceAll('{schema}', SCHEMA))
    await run(
      `INSERT INTO ${SCHEMA}.tenon_version (version, label, definitions, steps) VALUES (1, 'x', $1, '[]')`,
      [JSON.stringify(DEFINITIONS)],
    )
    await run(`UPDATE ${SCHEMA}.tenon_current SET version = 1`)
    // The name of a column that is wanted is taken by a retired one.
    await run(`CREATE TABLE ${SCHEMA}.deal (id uuid PRIMARY KEY, stage text COLLATE "C", closed_at date,
      stage_since text, created_at timestamptz, updated_at timestamptz)`)
    await run(
      `INSERT INTO ${SCHEMA}.tenon_physical (item_id, entity_id, kind, place)
       VALUES ($1, $1, 'entity', '{"table":"deal"}'), ($2, $1, 'field', '{"columns":["stage"],"types":["text"]}')`,
      [ENTITY, FIELD],
    )
    await run(
      `INSERT INTO ${SCHEMA}.deal VALUES ($1, 'offer', NULL, NULL, '2026-01-01Z', '2026-02-01Z'),
       ($2, 'won', NULL, NULL, '2026-01-01Z', '2026-02-01Z'), ($3, NULL, NULL, NULL, '2026-01-01Z', '2026-02-01Z')`,
      [id(10), id(11), id(12)],
    )
    const audit = (n: number, day: string, action: string, changes: object) =>
      run(
        `INSERT INTO ${SCHEMA}.tenon_audit (id, at, via, action, entity, record, version, changes, salt)
         VALUES (nextval('${SCHEMA}.tenon_audit_id'), $1, 'api', $2, $3, $4, 1, $5, '\\x00')`,
        [day, action, ENTITY, id(n), JSON.stringify(changes)],
      )
    await audit(10, '2026-01-01Z', 'create', { stage: 'open' })
    await audit(10, '2026-01-03Z', 'update', { stage: { before: 'open', after: 'offer' } })
    await audit(10, '2026-01-05Z', 'update', { name: { before: 'a', after: 'b' } })
    for (const { sql } of all.slice(at)) await run(sql.replaceAll('{schema}', SCHEMA))
  })
  after(() => test.drop())

  it('has it filled from the audit', async () => {
    const { rows } = await db.query({
      text: `SELECT from_stage, to_stage, to_id::text, seconds::int, at::date::text AS day FROM ${SCHEMA}.tenon_stage_entry ORDER BY id`,
    })
    expect(rows).to.deep.equal([
      { from_stage: null, to_stage: 'open', to_id: id(50), seconds: null, day: '2026-01-01' },
      { from_stage: 'open', to_stage: 'offer', to_id: id(51), seconds: 172_800, day: '2026-01-03' },
    ])
  })

  it('knows since when its records stand where they do, and where they were', async () => {
    const { rows } = await db.query({
      text: `SELECT stage, stage_since_2::date::text AS since, ever_reached FROM ${SCHEMA}.deal ORDER BY id`,
    })
    expect(rows).to.deep.equal([
      { stage: 'offer', since: '2026-01-03', ever_reached: ['offer', 'open'] },
      { stage: 'won', since: '2026-01-01', ever_reached: ['won'] },
      { stage: null, since: null, ever_reached: null },
    ])
  })

  it('keeps them in the places that the model looks for', async () => {
    const { rows } = await db.query<{ id: string; column: string }>({
      text: `SELECT item_id::text AS id, place -> 'columns' ->> 0 AS column FROM ${SCHEMA}.tenon_physical
        WHERE item_id NOT IN ($1, $2) ORDER BY 2`,
      values: [ENTITY, FIELD],
    })
    expect(rows).to.deep.equal([
      { id: stagePartId(FIELD, 'ever_reached'), column: 'ever_reached' },
      { id: stagePartId(FIELD, 'since'), column: 'stage_since_2' },
    ])
  })
})
