import { expect } from 'chai'
import { recordAudit } from '../../../engine/audit/record-audit.ts'
import type { Database } from '../../../engine/db/database.ts'
import { openSecretKeys } from '../../../engine/ops/secret-key.ts'
import { sealAll } from '../../support/audit.ts'
import { createTestDatabase, type TestDatabase } from '../../support/postgres.ts'
import { spawnCommand } from '../../support/process.ts'
import { scratchFolder } from '../../support/scratch.ts'

const SCHEMA = '"ws_default"'

describe('tenon audit verify', () => {
  let test: TestDatabase
  let db: Database
  let env: Record<string, string>

  before(async () => {
    test = await createTestDatabase()
    db = test.open()
    const dataDir = scratchFolder('audit')
    env = { DATABASE_URL: test.url, TENON_DATA_DIR: dataDir, PORT: '0' }
    const entry = { action: 'sign_in', actor: undefined, via: 'api' } as const
    await recordAudit(db, SCHEMA, [entry, entry, entry])
    const secrets = openSecretKeys(dataDir, { current: undefined })
    await sealAll({ db, schema: SCHEMA, secrets })
  })
  after(() => test.drop())

  const verify = (...words: string[]) => spawnCommand(['audit', 'verify', ...words], env)

  it('says that nothing was altered, and the end of the chain', async () => {
    const { code, stdout } = await verify()
    expect(code).to.equal(0)
    expect(stdout).to.match(
      /^default: \d+ rows, 1 seals, \d+ rows too new for a seal\.\n✓ Nothing was altered\.\nThe last seal is number 1: [0-9a-f]{64}\n$/,
    )
  })

  it('names each row that was altered or removed, and fails', async () => {
    await db.query({ text: `UPDATE ${SCHEMA}.tenon_audit SET via = 'form' WHERE id = 2` })
    await db.query({ text: `DELETE FROM ${SCHEMA}.tenon_audit WHERE id = 3` })
    const { code, stdout } = await verify('--workspace', 'default')
    expect(code).to.equal(1)
    expect(stdout.split('\n').filter((line) => line.startsWith('✗'))).to.deep.equal([
      '✗ Row 2 was altered.',
      '✗ Row 3 was removed.',
    ])
  })

  it('refuses a workspace that there is not', async () => {
    expect(await verify('--workspace', 'south')).to.deep.equal({
      ...{ code: 1, stdout: '', stderr: 'There is no workspace “south”.\n' },
    })
  })
})
