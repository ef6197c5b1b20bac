import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { inBackupSession } from '../../engine/db/embedded/base-backup.ts'
import { runningUrl } from '../../engine/db/embedded/embedded.ts'
import { createClient } from '../support/http.ts'
import { eventually } from '../support/http-model.ts'
import { type EngineProcess, spawnCommand, spawnEngine } from '../support/process.ts'
import { scratchFolder } from '../support/scratch.ts'
import { killHard, note, notes } from './support.ts'

const WHOLE = /^\d{4}-\d\d-\d\dT[\d-]+Z$/

const PASSWORD = 'correct horse battery'

describe('a backup', () => {
  const dataDir = join(scratchFolder('backup'), 'data')
  const backups = join(dataDir, 'backups')
  const run = (...words: string[]) => spawnCommand(words, { TENON_DATA_DIR: dataDir })
  const whole = () => readdirSync(backups).filter((name) => WHOLE.test(name))
  const content = join(dataDir, 'files', 'default', 'ab')
  let engine: EngineProcess
  let url = ''

  before(async () => {
    engine = spawnEngine({ dataDir, env: { TENON_ADMIN_PASSWORD: PASSWORD } })
    url = await engine.ready
    mkdirSync(content, { recursive: true })
    writeFileSync(join(content, 'content'), 'an upload')
  })
  after(async () => void (await engine.end()))

  it('holds all that was stored by its time, while people write', async () => {
    await note(dataDir, '0 before')
    let isWriting = true
    const writing = (async () => {
      for (let index = 0; isWriting; index++)
        await note(dataDir, `1 meanwhile ${String(index).padStart(5, '0')}`)
    })()
    const { code, stdout, stderr } = await run('backup')
    isWriting = false
    await writing
    expect([code, stderr.includes('Copying: 0 %')]).to.deep.equal([0, true])
    expect(stdout.trim().split('\n').at(-1)).to.equal(join(backups, whole()[0]!))
    expect((await run('backup', 'verify', whole()[0]!)).code).to.equal(0)
    await note(dataDir, '2 after')
  })

  it('is not made twice at once', async () => {
    const { code, stderr } = await inBackupSession(runningUrl(dataDir)!, () => run('backup'))
    expect([code, whole().length]).to.deep.equal([1, 1])
    expect(stderr).to.include('A backup is being made already.')
  })

  it('that is cut off counts for nothing and is swept away by the next', async () => {
    const isHere = () => readdirSync(backups).some((name) => name.endsWith('.part'))
    mkdirSync(join(backups, '2026-01-01T00-00-00-000Z.part', 'files'), { recursive: true })
    expect((await run('backup', 'list')).stdout.trim().split('\n')).to.have.length(1)
    expect([isHere(), (await run('backup')).code, isHere(), whole().length]).to.deep.equal([
      true,
      0,
      false,
      2,
    ])
  })

  it('shares contents of uploads with the one before', () => {
    const [one, other] = whole().map((name) =>
      JSON.parse(readFileSync(join(backups, name, 'manifest.json'), 'utf8')),
    )
    const uploads = ({ files }: { files: { path: string }[] }) =>
      files.filter(({ path }) => path.startsWith('files/'))
    expect(uploads(one)).to.deep.equal(uploads(other))
    expect(uploads(one).map(({ path }) => path)).to.deep.equal(['files/default/ab/content'])
  })

  it('is asked for over HTTP, told in the audit, and listed', async () => {
    const admin = await createClient(url).login('admin@example.com', PASSWORD)
    const asked = await admin.post('/api/backups')
    expect(asked.status).to.equal(202)
    const job = asked.headers.get('location') ?? ''
    await eventually(async () => (await admin.get(job)).record.state === 'done')
    const { backups, own } = (await admin.get('/api/backups')).record as unknown as {
      backups: { name: string; cause: string }[]
      own: boolean
    }
    expect([own, backups.map(({ name }) => name)]).to.deep.equal([true, whole().sort().reverse()])
    const entries = (await admin.get('/api/records/audit_entry?limit=20')).records
    expect(entries.map(({ action }) => action)).to.include('backup_asked')
  })

  it('is not brought back under a running Tenon', async () => {
    const { code, stderr } = await run('restore', whole()[0]!)
    expect([code, stderr.includes('in use')]).to.deep.equal([1, true])
  })

  it('takes the place of what is there, which is kept beside', async () => {
    // Killed, so that the database of the old data still runs.
    await killHard(engine.pid)
    const { code, stdout } = await run('restore', whole()[0]!)
    expect([code, stdout.includes('postgres.before-')]).to.deep.equal([0, true])
    engine = spawnEngine({ dataDir })
    await engine.ready
    const found = await notes(dataDir)
    expect([found[0], found.includes('2 after')]).to.deep.equal(['0 before', false])
    const meanwhile = found.slice(1)
    expect(meanwhile).to.deep.equal(
      meanwhile.map((_, index) => `1 meanwhile ${String(index).padStart(5, '0')}`),
    )
  })

  it('that is damaged is told, and nothing is changed', async () => {
    const name = whole()[0]!
    const file = join(backups, name, 'postgres.tar.gz')
    const bytes = readFileSync(file)
    bytes[bytes.length >> 1]! ^= 0xff
    writeFileSync(file, bytes)
    await engine.end()
    const before = readdirSync(dataDir).sort()
    const { code, stderr } = await run('restore', name)
    expect([code, readdirSync(dataDir).sort()]).to.deep.equal([1, before])
    expect(stderr).to.include('is damaged: postgres.tar.gz')
  })

  it('begins a new data folder, with uploads and keys', async () => {
    const elsewhere = scratchFolder('backup')
    const { code } = await spawnCommand(['restore', join(backups, whole()[1]!)], {
      TENON_DATA_DIR: elsewhere,
    })
    expect(code).to.equal(0)
    // As if cut off between the old database's move and the new one's.
    renameSync(join(elsewhere, 'postgres'), join(elsewhere, 'postgres.restored'))
    const key = (folder: string) => readFileSync(join(folder, 'secret.key'), 'utf8')
    engine = spawnEngine({ dataDir: elsewhere })
    await engine.ready
    expect((await notes(elsewhere)).at(-1)).to.equal('2 after')
    expect(key(elsewhere)).to.equal(key(dataDir))
    expect(readFileSync(join(elsewhere, 'files/default/ab/content'), 'utf8')).to.equal('an upload')
    expect(existsSync(join(elsewhere, 'restoring'))).to.equal(false)
  })

  it('of a database elsewhere is its host’s work', async () => {
    const { code, stderr } = await spawnCommand(['backup'], {
      TENON_DATA_DIR: dataDir,
      DATABASE_URL: 'postgres://u@127.0.0.1:1/x',
    })
    expect([code, stderr.includes('pg_dump')]).to.deep.equal([1, true])
  })
})
