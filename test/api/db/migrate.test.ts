import { expect } from 'chai'
import type { Database } from '../../../engine/db/database.ts'
import {
  createWorkspace,
  listWorkspaces,
  migrateSystem,
  migrateWorkspaces,
} from '../../../engine/db/migrate.ts'
import type { AppError } from '../../../engine/errors.ts'
import { createTestDatabase, emptyTemplate, type TestDatabase } from '../../support/postgres.ts'

describe('migrating', () => {
  let test: TestDatabase
  let db: Database

  before(async () => {
    test = await createTestDatabase(emptyTemplate)
    db = test.open(8)
  })
  after(() => test.drop())

  it('happens once when four nodes start at once', async () => {
    const nodes = Array.from({ length: 4 }, async () => {
      await migrateSystem(db)
      await migrateWorkspaces(db)
      return (await createWorkspace(db, 'default')).created
    })
    expect((await Promise.all(nodes)).sort()).to.deep.equal([false, false, false, true])
    expect(await listWorkspaces(db)).to.deep.equal([{ name: 'default', schema: 'ws_default' }])
  })

  it('gives each workspace tables of its own', async () => {
    await createWorkspace(db, 'north-2')
    const { rows } = await db.query({
      text: `SELECT table_schema AS schema, count(*)::int AS tables FROM information_schema.tables
        WHERE table_schema LIKE 'ws\\_%' GROUP BY 1 ORDER BY 1`,
    })
    const tables = (rows[0] as { tables: number }).tables
    expect(rows).to.deep.equal([
      { schema: 'ws_default', tables },
      { schema: 'ws_north-2', tables },
    ])
    expect(tables).to.be.greaterThan(5)
  })

  for (const name of ['', 'Sales', '1a', 'a b', 'a"b', 'ä', 'a'.repeat(41)]) {
    it(`refuses ${JSON.stringify(name)} as a name`, async () => {
      const fault = await createWorkspace(db, name).catch((thrown: AppError) => thrown)
      expect(fault).to.have.property('code', 'WORKSPACE_NAME_INVALID')
    })
  }

  it('brings a workspace up to date that lacks a step', async () => {
    await db.query({ text: `DROP SCHEMA "ws_north-2" CASCADE` })
    await db.query({ text: `CREATE SCHEMA "ws_north-2"` })
    await db.query({ text: `DELETE FROM tenon.migration WHERE schema_name = 'ws_north-2'` })
    await migrateWorkspaces(db)
    const { rows } = await db.query({ text: 'SELECT version FROM "ws_north-2".tenon_current' })
    expect(rows).to.deep.equal([{ version: 0 }])
  })

  it('refuses a database that a newer Tenon has used', async () => {
    await db.query({ text: `INSERT INTO tenon.migration VALUES ('ws_default', '9999-future', 'x')` })
    const fault = await migrateWorkspaces(db).catch((thrown: AppError) => thrown)
    expect(fault)
      .to.have.property('problems')
      .that.deep.equals([
        {
          code: 'START_DATABASE_NEWER',
          path: '',
          params: { schema: 'ws_default', migration: '9999-future' },
        },
      ])
  })
})
