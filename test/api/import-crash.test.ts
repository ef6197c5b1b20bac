import { expect } from 'chai'
import { publishAll } from '../support/drafts.ts'
import { ADMIN } from '../support/engine.ts'
import { type Client, createClient } from '../support/http.ts'
import { eventually } from '../support/http-model.ts'
import { createTestDatabase, type TestDatabase, workspaceTemplate } from '../support/postgres.ts'
import { type EngineProcess, spawnEngine } from '../support/process.ts'
import { scratchFolder } from '../support/scratch.ts'

const ROWS = 8_000

describe('a server that is killed in the middle of an import', function () {
  this.timeout(180_000)
  let database: TestDatabase
  let node: EngineProcess | undefined
  const dataDir = scratchFolder('killed-import')

  const start = async (): Promise<Client> => {
    node = spawnEngine({
      dataDir,
      env: {
        ...{ DATABASE_URL: database.url, LOG_LEVEL: 'silent' },
        ...{ TENON_ADMIN_EMAIL: ADMIN.email, TENON_ADMIN_PASSWORD: ADMIN.password },
      },
    })
    const client = createClient(await node.ready)
    return await client.login(ADMIN.email, ADMIN.password)
  }

  before(async () => {
    database = await createTestDatabase(workspaceTemplate)
  })
  after(async () => {
    await node?.end('SIGKILL')
    await database?.drop()
  })

  it('goes on where it was when it is asked again: nothing is lost, nothing stored twice', async () => {
    const before = await start()
    await publishAll(before, [
      {
        kind: 'entity',
        name: 'firm',
        title: 'name',
        fields: [{ name: 'name', type: 'text', required: true }],
      },
    ])
    const form = new FormData()
    const lines = Array.from({ length: ROWS }, (_, index) => `Firm ${index}`)
    form.set('file', new Blob([`name\n${lines.join('\n')}\n`]), 'firms.csv')
    const { id } = (await before.post('/api/imports/firm', form)).record
    const address = `/api/imports/firm/${id}`
    const progress = async (client: Client) =>
      ((await client.get(address)).body as { data: { done: number; finished: boolean } }).data
    // Its answer never comes.
    const cut = before.post(address, { columns: ['name'] }).then(
      () => 'answered',
      () => 'cut off',
    )
    let done = 0
    await eventually(async () => {
      done = (await progress(before)).done
      return done > 0
    })
    await node?.end('SIGKILL')
    expect([await cut, done < ROWS]).to.deep.equal(['cut off', true])

    const again = await start()
    const left = await progress(again)
    expect(left.finished).to.equal(false)
    expect(left.done).to.be.at.least(done)
    const answer = await again.post(address, { columns: ['name'] })
    expect(answer.status, answer.text).to.equal(200)
    const { rows } = await database.open().query<{ all: number; names: number }>({
      text: 'SELECT count(*)::int AS all, count(DISTINCT name)::int AS names FROM ws_default.firm',
      values: [],
    })
    expect(rows[0]).to.deep.equal({ all: ROWS, names: ROWS })
    expect(await progress(again)).to.include({ done: ROWS, finished: true })
  })
})
