import { expect } from 'chai'
import { eraseAudit } from '../../../engine/audit/erase.ts'
import { dropOldMonths, makeMonths, monthOf } from '../../../engine/audit/months.ts'
import { recordAudit } from '../../../engine/audit/record-audit.ts'
import { payloadHashSql } from '../../../engine/audit/row-sql.ts'
import { sealAudit } from '../../../engine/audit/seal.ts'
import type { SealSecret, SealSecrets } from '../../../engine/audit/seal-mac.ts'
import { auditUpkeepTask } from '../../../engine/audit/upkeep.ts'
import { verifyAudit } from '../../../engine/audit/verify.ts'
import type { Database, Transaction } from '../../../engine/db/database.ts'
import { createWorkspace } from '../../../engine/db/migrate.ts'
import { sealAll } from '../../support/audit.ts'
import { eventually } from '../../support/http-model.ts'
import { createTestDatabase, type TestDatabase } from '../../support/postgres.ts'

const SCHEMA = '"ws_default"'
const RECORD = '01980000-0000-7000-8000-0000000000aa'
const ENTITY = '01980000-0000-7000-8000-0000000000ee'

function secretsOf(...ids: string[]): SealSecrets {
  const secrets: SealSecret[] = ids.map((id) => ({ id, derive: () => Buffer.alloc(32, id) }))
  return { active: () => secrets[0]!, find: (id) => secrets.find((one) => one.id === id) }
}

describe('the sealed audit', () => {
  let test: TestDatabase
  let db: Database
  const secrets = secretsOf('one')

  beforeEach(async () => {
    test = await createTestDatabase()
    db = test.open(6)
  })
  afterEach(() => test.drop())

  const run = (text: string, values: readonly unknown[] = []) => db.query({ text, values })
  const source = (now?: Date) => ({ db, schema: SCHEMA, secrets, ...(now && { now: () => now }) })
  const seal = (by = secrets) => sealAll({ ...source(), secrets: by })
  const faults = async () =>
    (await verifyAudit(db, SCHEMA, secrets)).faults.map(({ kind, id }) => `${kind} ${id}`)

  async function write(count: number, at?: string): Promise<void> {
    const entry = {
      action: 'sign_in',
      actor: undefined,
      via: 'api',
      record: { entity: ENTITY, id: RECORD },
    } as const
    const list = Array.from({ length: count }, (_, index) => ({
      ...entry,
      origin: { address: '192.0.2.7', request: RECORD },
      details: { index, text: '华兴 "quoted"\n' },
    }))
    await recordAudit(db, SCHEMA, list)
    if (at !== undefined)
      await run(`UPDATE ${SCHEMA}.tenon_audit SET at = $1 WHERE at > now() - interval '1 day'`, [at])
  }

  it('chains all complete rows and finds nothing wrong', async () => {
    expect(await seal()).to.equal(0)
    await write(12_000)
    expect(await seal()).to.equal(12_000)
    await write(3)
    const report = await verifyAudit(db, SCHEMA, secrets)
    expect({ ...report, last: report.last?.number }).to.deep.equal({
      ...{ seals: 3, rows: 12_003, unsealed: 3, last: 3, faults: [] },
    })
    expect(await seal()).to.equal(3)
    expect(await faults()).to.deep.equal([])
  })

  const beside = [
    {
      what: 'before those that are there',
      first: async (_tx: Transaction): Promise<void> => undefined,
      last: () => write(2),
    },
    {
      // The older transaction ends last among those that have ended, so a snapshot's end lies below the younger one.
      what: 'though it is younger than all that have ended',
      first: async (tx: Transaction): Promise<void> =>
        void (await tx.query({ text: 'SELECT pg_current_xact_id()' })),
      last: async (tx: Transaction): Promise<void> => {
        for (let row = 0; row < 2; row++)
          await recordAudit(tx, SCHEMA, { action: 'sign_in', actor: undefined, via: 'api' })
      },
    },
  ]
  for (const { what, first, last } of beside) {
    it(`waits for a transaction that may still add a row, ${what}`, async () => {
      let finish: () => void = () => undefined
      const begun = new Promise<void>((resolve) => {
        finish = resolve
      })
      let slow: Promise<void> | undefined
      await db.transaction(async (older) => {
        await first(older)
        await new Promise<void>((resolve) => {
          slow = db.transaction(async (tx) => {
            await recordAudit(tx, SCHEMA, { action: 'sign_in', actor: undefined, via: 'api' })
            resolve()
            await begun
          })
        })
        await last(older)
      })
      const sealed = await sealAudit(source())
      finish()
      await slow
      expect([sealed, await seal()]).to.deep.equal([0, 3])
      expect(await faults()).to.deep.equal([])
    })
  }

  const attacks: { what: string; sql: string; found: string[] }[] = [
    {
      what: 'an altered value',
      sql: `UPDATE {a} SET changes = '{"index":9}' WHERE id = 2`,
      found: ['row_altered 2'],
    },
    {
      what: 'an altered person',
      sql: `UPDATE {a} SET actor = '${RECORD}' WHERE id = 2`,
      found: ['row_altered 2'],
    },
    {
      what: 'an altered value with a hash to fit',
      sql: `UPDATE {a} SET changes = '{}', address = NULL, hash = sha256(salt || '{}'::bytea) WHERE id = 2`,
      found: ['row_altered 2'],
    },
    {
      what: 'an altered time',
      sql: `UPDATE {a} SET at = at - interval '1 hour' WHERE id = 3`,
      found: ['row_altered 3'],
    },
    { what: 'a removed row', sql: 'DELETE FROM {a} WHERE id = 3', found: ['row_removed 3'] },
    {
      what: 'an inserted row',
      sql: `INSERT INTO {a} (id, at, via, action, changes, salt, hash)
        SELECT 0, at, via, action, changes, salt, hash FROM {a} WHERE id = 1`,
      found: ['row_inserted 0'],
    },
    {
      what: 'a row and its place in the seal gone together',
      sql: `DELETE FROM {a} WHERE id = 4; UPDATE {s} SET ids = '{1,2,3}', marks = substring(marks FOR 48) WHERE number = 1`,
      found: ['seal_altered 1'],
    },
    { what: 'a seal gone', sql: 'DELETE FROM {s} WHERE number = 1', found: ['seal_missing 1'] },
    {
      what: 'an altered mac',
      sql: `UPDATE {s} SET mac = '\\x00' WHERE number = 2`,
      found: ['seal_altered 2'],
    },
    {
      what: 'a seal by a key of another',
      sql: `UPDATE {s} SET key_id = 'x' WHERE number = 2`,
      found: ['seal_key_unknown 2'],
    },
    {
      what: 'an altered value in what looks like an erased row',
      sql: `UPDATE {a} a SET hash = ${payloadHashSql('a')}, changes = '{"index":9}', salt = NULL WHERE id = 2`,
      found: ['row_altered 2'],
    },
  ]
  for (const { what, sql, found } of attacks) {
    it(`finds ${what}`, async () => {
      await write(4)
      await seal()
      await write(4)
      await seal()
      await write(1)
      const text = sql
        .replaceAll('{a}', `${SCHEMA}.tenon_audit`)
        .replaceAll('{s}', `${SCHEMA}.tenon_audit_seal`)
      for (const statement of text.split('; ')) await run(statement)
      expect(await faults()).to.deep.equal(found)
    })
  }

  it('stays whole when payloads are erased', async () => {
    await write(3)
    await seal()
    await write(1)
    expect(await eraseAudit(db, SCHEMA, [RECORD])).to.equal(4)
    expect(await eraseAudit(db, SCHEMA, [RECORD])).to.equal(0)
    const { rows } = await run(
      `SELECT DISTINCT changes::text AS changes, address, salt FROM ${SCHEMA}.tenon_audit`,
    )
    expect(rows).to.deep.equal([{ changes: null, address: null, salt: null }])
    expect(await faults()).to.deep.equal([])
    await seal()
    expect(await faults()).to.deep.equal([])
  })

  it('goes on under a new secret and is still verified under both', async () => {
    await write(2)
    await seal()
    await write(2)
    await seal(secretsOf('two', 'one'))
    expect((await verifyAudit(db, SCHEMA, secretsOf('two', 'one'))).faults).to.deep.equal([])
    expect(await faults()).to.deep.equal(['seal_key_unknown 2'])
  })

  it('seals on after a database was brought back to another server', async () => {
    await write(2)
    await run(`UPDATE ${SCHEMA}.tenon_audit_state SET mark_id = 1, mark_xid = '4000000000'`)
    expect(await seal()).to.equal(2)
  })

  it('is kept up in every workspace, also while one is in trouble', async () => {
    await createWorkspace(db, 'north')
    await createWorkspace(db, 'broken')
    await run('DROP TABLE "ws_broken".tenon_audit_state')
    await write(2)
    await recordAudit(db, '"ws_north"', { action: 'sign_in', actor: undefined, via: 'api' })
    const troubled: string[] = []
    const observe = (_kind: string, detail: unknown) =>
      void troubled.push((detail as { readonly during: string }).during)
    const upkeep = auditUpkeepTask(db, secrets, observe)
    await eventually(async () => {
      await upkeep.run(new AbortController().signal)
      const reports = [SCHEMA, '"ws_north"'].map((schema) => verifyAudit(db, schema, secrets))
      return (await Promise.all(reports)).every(({ unsealed }) => unsealed === 0)
    })
    expect([...new Set(troubled)]).to.deep.equal(['audit of ws_broken'])
  })

  it('makes months ahead and moves rows into theirs that came before it', async () => {
    const at = new Date('2031-05-10T00:00:00Z')
    await write(2, '2031-05-31T23:59:59.999Z')
    expect(await makeMonths(db, SCHEMA, at)).to.deep.equal(['2031-05-01', '2031-06-01', '2031-07-01'])
    expect(await makeMonths(db, SCHEMA, at)).to.deep.equal([])
    const { rows } = await run(`SELECT count(*)::int AS n FROM ${SCHEMA}.tenon_audit_2031_05`)
    expect(rows).to.deep.equal([{ n: 2 }])
  })

  it('drops whole months after the time that the policy keeps them, never one with unsealed rows', async () => {
    const now = new Date()
    const [old, recent] = [monthOf(now, -3), monthOf(now, -2)]
    for (const month of [old, recent]) await makeMonths(db, SCHEMA, new Date(month))
    await write(3, `${old}T12:00:00Z`)
    await write(2, `${recent}T12:00:00Z`)
    await write(1)
    expect(await dropOldMonths(source())).to.deep.equal([])
    await run(`UPDATE ${SCHEMA}.tenon_audit_state SET keep_months = 2`)
    expect(await dropOldMonths(source())).to.deep.equal([])
    await seal()
    expect(await dropOldMonths(source())).to.deep.equal([old])
    const report = await verifyAudit(db, SCHEMA, secrets)
    expect([report.rows, report.faults]).to.deep.equal([3, []])
    await write(2)
    await seal()
    await run(`DELETE FROM ${SCHEMA}.tenon_audit WHERE id = 4`)
    expect(await faults()).to.deep.equal(['row_removed 4'])
  })
})
