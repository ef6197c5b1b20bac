import { createHmac } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { expect } from 'chai'
import type { Database } from '../../engine/db/database.ts'
import { enqueueJob } from '../../engine/jobs/queue.ts'
import { bootstrapWorkspace } from '../../engine/model/bootstrap.ts'
import type { Definition } from '../../engine/model/compiled.ts'
import { publishDefinitions } from '../../engine/model/publish-definitions.ts'
import { newId } from '../../engine/model/uuid.ts'
import { ROTATE_SECRET } from '../../engine/ops/rotate-secret.ts'
import { type KeyUse, keyUse } from '../../engine/ops/sealed-columns.ts'
import { addSecretKey, openSecretKeys } from '../../engine/ops/secret-key.ts'
import { sealAll } from '../support/audit.ts'
import { ADMIN, startEngine, type TestEngine } from '../support/engine.ts'
import { type Client, createClient } from '../support/http.ts'
import { endOf, SCHEMA } from '../support/model-world.ts'
import { createTestDatabase, type Template, workspaceTemplate } from '../support/postgres.ts'
import { type EngineProcess, spawnCommand, spawnEngine } from '../support/process.ts'
import { scratchFolder } from '../support/scratch.ts'
import { listPath, make, outcome, recordsRegistry } from './records/world.ts'

const PAYEE: Definition = {
  kind: 'entity',
  name: 'payee',
  title: 'name',
  fields: [
    { name: 'name', type: 'text', required: true },
    { name: 'card', type: 'encrypted', unique: true },
    { name: 'former', type: 'encrypted' },
  ],
}
const ERP: Definition = {
  ...{ kind: 'connection', name: 'erp', connector: 'http' },
  settings: { url: 'https://erp.invalid' },
}
const MANY = 10_000
/** The most that one call takes. */
const CALL = 5_000

const payees: Template = {
  key: 'rotate',
  async build(database, url) {
    await workspaceTemplate.build(database, url)
    await bootstrapWorkspace(database, recordsRegistry(), 'default')
    await publishDefinitions(database, recordsRegistry(), 'default', [PAYEE, ERP], 'payees')
  },
}

async function fill(admin: Client, from: number, to: number): Promise<void> {
  const create = Array.from({ length: to - from }, (_, index) => ({
    name: `p${from + index}`,
    card: `card ${from + index}`,
    former: `former ${from + index}`,
  }))
  const answer = await admin.post('/api/records/payee/bulk', { create })
  expect(answer.status).to.equal(200)
}

/** What everybody must be able to do at any moment of a rotation. */
async function expectUsable(admin: Client, index: number): Promise<void> {
  const filter = { '==': [{ var: 'card' }, `card ${index}`] }
  const found = await admin.get(listPath('payee', { filter }))
  expect(found.records.map((record) => [record.name, record.card])).to.deep.equal([
    [`p${index}`, `card ${index}`],
  ])
  const twice = await admin.post('/api/records/payee', { name: 'twice', card: `card ${index}` })
  expect(outcome(twice)).to.deep.equal([409, 'RECORD_DUPLICATE /card'])
}

/** An event as the other system signs it, with the secret that its connection keeps. */
function signedHook(client: Client) {
  const seconds = Math.floor(Date.now() / 1000)
  const body = JSON.stringify({ id: newId(), event: 'finished', data: {} })
  const v1 = createHmac('sha256', 'hook').update(`${seconds}.${body}`).digest('hex')
  const headers = { 'content-type': 'application/json', 'x-tenon-signature': `t=${seconds},v1=${v1}` }
  return client.post('/api/hooks/erp', body, { headers })
}

/** Values that need another key than the one given. */
async function valuesLeft(db: Database, key: string): Promise<number> {
  const uses = await keyUse(db, SCHEMA)
  return uses.filter((use) => use.key !== key).reduce((sum, use) => sum + use.values, 0)
}

describe('the rotation of the secret key', () => {
  let engine: TestEngine
  let admin: Client
  let db: Database
  const dataDir = scratchFolder('rotate')
  const env = () => ({ DATABASE_URL: engine.testDatabase.url, TENON_DATA_DIR: dataDir, PORT: '0' })
  const tenon = (...words: string[]) => spawnCommand(words, env())
  const keys = () => openSecretKeys(dataDir, { current: undefined }).all()

  before(async () => {
    engine = await startEngine({
      env: { TENON_DATA_DIR: dataDir },
      template: payees,
    })
    db = engine.database
    admin = await engine.loginAdmin()
    await fill(admin, 0, 5)
    await admin.put('/api/connections/erp/secrets', { hook_secret: 'hook' })
  })
  after(() => engine.stop())

  const usedKeys = async (): Promise<readonly string[]> =>
    (await keyUse(db, SCHEMA)).map((use: KeyUse) => use.key)

  it('encrypts all values anew from the shell while the server runs, and the old key can go', async () => {
    const [first] = keys()
    const kept = await admin.post(
      '/api/records/payee',
      { name: 'once', card: 'kept' },
      { headers: { 'Idempotency-Key': 'kept' } },
    )
    await sealAll({ db, schema: SCHEMA, secrets: openSecretKeys(dataDir, { current: undefined }) })
    const rotated = await tenon('secret', 'rotate')
    const [second] = keys()
    expect(rotated).to.deep.include({
      code: 0,
      stdout: `default: 14 values were encrypted with the key ${second!.id}.\n`,
    })
    expect(rotated.stderr).to.match(/Encrypting default: \d+ %/)
    expect([keys().map((key) => key.id), await usedKeys()]).to.deep.equal([
      [second!.id, first!.id],
      [second!.id],
    ])
    await expectUsable(admin, 3)
    expect((await signedHook(engine.client)).status).to.equal(202)
    expect(await tenon('secret', 'drop', second!.id)).to.deep.include({ code: 1 })
    expect(await tenon('secret', 'drop', 'ffffffff')).to.deep.include({ code: 1 })
    const sealed = await tenon('secret', 'drop', first!.id)
    expect(sealed.code).to.equal(1)
    expect(sealed.stderr).to.match(/: 0 values are encrypted and [1-9]\d* seals of the audit made with it\./)
    await db.query({ text: `DELETE FROM ${SCHEMA}.tenon_audit_seal` })
    expect(await tenon('secret', 'drop', first!.id)).to.deep.include({
      code: 0,
      stdout: `The key ${first!.id} is gone.\n`,
    })
    const again = await admin.post(
      '/api/records/payee',
      { name: 'once', card: 'kept' },
      { headers: { 'Idempotency-Key': 'kept' } },
    )
    expect(again.record).to.deep.equal(kept.record)
    await expectUsable(admin, 4)
    expect((await tenon('secret', 'status')).stdout).to.match(
      new RegExp(`^${second!.id}\\t14 values, \\d+ seals\\tencrypts\\tin the data folder\\n$`),
    )
  })

  it('reaches the values of records in the recycle bin and of retired fields', async () => {
    const binned = await make(admin, 'payee', { name: 'binned', card: 'binned', former: 'x' })
    await admin.delete(`/api/records/payee/${binned.id}`)
    const [card, name] = [PAYEE.kind === 'entity' ? PAYEE.fields[1]! : undefined, 'payee']
    await publishDefinitions(
      db,
      recordsRegistry(),
      'default',
      [{ ...PAYEE, name, fields: [{ name: 'name', type: 'text', required: true }, card!] } as Definition],
      'without former',
    )
    await tenon('secret', 'rotate')
    expect(await usedKeys()).to.deep.equal([keys()[0]!.id])
  })

  it('is asked after by the doctor: a key that is not there is told before anybody misses a value', async () => {
    const finds = async (folder: string) =>
      (await spawnCommand(['doctor'], { ...env(), TENON_DATA_DIR: folder })).stdout
    expect(await finds(dataDir)).to.include('✓ Encrypted values can be read.')
    const [{ key }] = (await keyUse(db, SCHEMA)) as [KeyUse]
    expect(await finds(scratchFolder('keyless'))).to.include(
      `✗ Encrypted values need the secret key “${key}”`,
    )
  })

  it('counts values that were altered and leaves them', async () => {
    await db.query({
      text: `UPDATE ws_default.payee SET card_box = set_byte(card_box, 20, 255 - get_byte(card_box, 20)) WHERE name = 'p1'`,
    })
    const rotated = await tenon('secret', 'rotate')
    expect(rotated.code).to.equal(1)
    expect(rotated.stdout).to.include('1 values were altered')
  })
})

describe('the rotation of the secret key, cut off', () => {
  it('goes on after kill -9 of the server, and everything is readable meanwhile', async () => {
    const test = await createTestDatabase(payees)
    const db = test.open()
    const dataDir = scratchFolder('rotate-kill')
    const env = {
      DATABASE_URL: test.url,
      TENON_ADMIN_EMAIL: ADMIN.email,
      TENON_ADMIN_PASSWORD: ADMIN.password,
    }
    const servers: EngineProcess[] = []
    const start = async () => {
      const server = spawnEngine({ dataDir, env })
      servers.push(server)
      const client = createClient(await server.ready)
      return { server, admin: await client.login(ADMIN.email, ADMIN.password) }
    }
    try {
      const { server, admin } = await start()
      for (let from = 0; from < MANY; from += CALL) await fill(admin, from, from + CALL)
      addSecretKey(dataDir)
      const key = openSecretKeys(dataDir, { current: undefined }).all()[0]!.id
      const id = newId()
      await db.transaction((tx) =>
        enqueueJob(tx, SCHEMA, { id, kind: ROTATE_SECRET, payload: { key }, createdBy: undefined }),
      )
      while ((await valuesLeft(db, key)) > MANY * 2 - 2_000) await delay(5)
      await server.end('SIGKILL')
      const cutAt = await valuesLeft(db, key)
      expect(cutAt, 'cut off in the middle')
        .to.be.greaterThan(0)
        .and.lessThan(MANY * 2)

      const { admin: later } = await start()
      for (const index of [0, MANY - 1]) await expectUsable(later, index)
      const job = await endOf(db, id)
      expect([job.state, await valuesLeft(db, key), job.done]).to.deep.equal(['done', 0, job.total])
      await expectUsable(later, MANY / 2)
    } finally {
      for (const server of servers) await server.end('SIGKILL')
      await test.drop()
    }
  })
})
