import { expect } from 'chai'
import { publishAll } from '../support/drafts.ts'
import { ADMIN } from '../support/engine.ts'
import { type FakeSystem, type FakeWecom, startSystem, startWecom } from '../support/fake-systems.ts'
import { type Client, createClient } from '../support/http.ts'
import { eventually, loginAs } from '../support/http-model.ts'
import { createTestDatabase, type TestDatabase, workspaceTemplate } from '../support/postgres.ts'
import { type EngineProcess, spawnEngine } from '../support/process.ts'
import { scratchFolder } from '../support/scratch.ts'
import { ALLOWED, DEAL, flowOn, SELLER } from './telling-world.ts'

/** A Tenon in a process of its own, which may be killed. */
async function startNode(
  databaseUrl: string,
  dataDir: string,
): Promise<{ process: EngineProcess; url: string }> {
  const process = spawnEngine({
    dataDir,
    env: {
      ...{ DATABASE_URL: databaseUrl, TENON_ALLOWED_HOSTS: ALLOWED, LOG_LEVEL: 'silent' },
      ...{ TENON_ADMIN_EMAIL: ADMIN.email, TENON_ADMIN_PASSWORD: ADMIN.password },
    },
  })
  return { process, url: await process.ready }
}

describe('a node that is killed while it calls and tells', () => {
  let database: TestDatabase
  let erp: FakeSystem
  let wecom: FakeWecom
  let node: { process: EngineProcess; url: string }
  const dataDir = scratchFolder('killed')

  before(async () => {
    database = await createTestDatabase(workspaceTemplate)
    erp = await startSystem((_json, count) => ({ reference: `R${count}` }))
    wecom = await startWecom(['lily.chen'])
    node = await startNode(database.url, dataDir)
  })
  after(async () => {
    await node.process.end('SIGKILL')
    await Promise.all([erp.stop(), wecom.stop()])
    await database.drop()
  })

  const RECORDS = 12

  it('loses nothing, and nobody sees anything twice', async () => {
    let admin: Client = await createClient(node.url).login(ADMIN.email, ADMIN.password)
    await publishAll(admin, [
      DEAL,
      SELLER,
      { kind: 'connection', name: 'erp', connector: 'http', settings: { url: erp.url } },
      {
        ...{ kind: 'connection', name: 'wecom', connector: 'wecom' },
        settings: { corpId: 'ww-test', agentId: 1000002, url: wecom.url, format: 'text' },
      },
      flowOn('both', [
        {
          name: 'sent',
          do: 'call',
          connection: 'erp',
          operation: 'request',
          with: { path: '/orders', body: { var: 'name' } },
        },
        { do: 'notify', to: { field: 'owner' }, through: ['wecom'], message: 'deal_came' },
        { do: 'update', set: { reference: { var: 'steps.sent.reference' } } },
      ]),
      {
        ...{ kind: 'message', name: 'deal_came', entity: 'deal', label: 'A deal' },
        ...{ subject: 'Deal {{name}}', body: 'Look at {{name}}' },
      },
    ])
    await admin.put('/api/connections/wecom/secrets', { corp_secret: 'wecom-secret' })
    const lily = await loginAs(admin, 'lily', ['seller'])
    await admin.patch(`/api/records/user/${lily.id}`, { wecom_id: 'lily.chen' })
    const create = Array.from({ length: RECORDS }, (_, index) => ({ name: `D${index}`, step: 'both' }))
    const made = await lily.post('/api/records/deal/bulk', { create })
    expect(made.status, made.text).to.be.below(300)
    // At some moments on the way: after the first calls, after the first messages.
    for (const reached of [() => erp.asked.length > 2, () => wecom.received.length > 3]) {
      await eventually(async () => reached())
      await node.process.end('SIGKILL')
      node = await startNode(database.url, dataDir)
    }
    admin = await createClient(node.url).login(ADMIN.email, ADMIN.password)
    const filled = async () =>
      (await admin.get('/api/records/deal?limit=200')).records.filter(({ reference }) => reference !== null)
        .length
    const until = Date.now() + 120_000
    while ((await filled()) < RECORDS || wecom.seen.length < RECORDS) {
      if (Date.now() > until) break
      await new Promise((resolve) => setTimeout(resolve, 200))
    }
    const names = create.map(({ name }) => name).sort()
    expect(erp.done.map(({ json }) => json).sort()).to.deep.equal(names)
    const told = wecom.seen.map(({ text }) => (text as { content: string }).content.split('\n')[0]!.slice(5))
    expect(told.sort()).to.deep.equal(names)
    expect(await filled()).to.equal(RECORDS)
  })
})
