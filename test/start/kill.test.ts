import { spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { accountForDatabase } from '../../engine/db/embedded/account.ts'
import { startEmbedded } from '../../engine/db/embedded/embedded.ts'
import { isAlive } from '../../engine/db/processes.ts'
import { type EngineProcess, spawnEngine } from '../support/process.ts'
import { scratchFolder } from '../support/scratch.ts'
import { databasePid, endDatabase, killHard, note, notes, waitForStatus } from './support.ts'

describe('a Tenon that is killed', () => {
  const dataDir = scratchFolder('kill')
  const written: string[] = []
  let engine: EngineProcess

  /** Starts, checks that nothing was lost, and writes one thing more. */
  async function startAndWrite(text: string): Promise<string> {
    engine = spawnEngine({ dataDir })
    const url = await engine.ready
    if (written.length > 0) expect(await notes(dataDir)).to.deep.equal(written)
    await note(dataDir, text)
    written.push(text)
    return url
  }

  afterEach(async () => {
    await engine.end('SIGKILL')
  })
  after(() => endDatabase(dataDir))

  it('leaves its database running, which the next start adopts', async () => {
    await startAndWrite('1')
    const pid = databasePid(dataDir)
    await engine.end('SIGKILL')
    expect(isAlive(pid)).to.equal(true)
    await startAndWrite('2')
    expect(databasePid(dataDir)).to.equal(pid)
  })

  it('finds its data again after the database was killed as well, the server first', async () => {
    await startAndWrite('3')
    const pid = databasePid(dataDir)
    await engine.end('SIGKILL')
    await killHard(pid)
    await startAndWrite('4')
  })

  it('finds its data again after the database was killed as well, the database first', async () => {
    await startAndWrite('5')
    await killHard(databasePid(dataDir))
    await engine.end('SIGKILL')
    await startAndWrite('6')
  })

  it('starts its database again when only that is killed, and answers 503 in between', async () => {
    const url = await startAndWrite('7')
    const pid = databasePid(dataDir)
    await killHard(pid)
    await waitForStatus(url, 503)
    await waitForStatus(url, 200)
    expect(databasePid(dataDir)).to.not.equal(pid)
    expect(await notes(dataDir)).to.deep.equal(written)
  })

  it('leaves a database that runs with other settings: it is started anew', async () => {
    await startAndWrite('7a')
    const pid = databasePid(dataDir)
    await engine.end('SIGKILL')
    const other = await startEmbedded({ dataDir, settings: { work_mem: '5MB' } })
    expect(other.pid()).to.not.equal(pid)
    expect(await notes(dataDir)).to.deep.equal(written)
    await other.stop()
  })

  it('starts although the lock files name another process that lives', async () => {
    await startAndWrite('7b')
    await engine.end('SIGTERM')
    const stranger = spawn('sleep', ['60'], { ...accountForDatabase() })
    writeFileSync(
      join(dataDir, 'postgres', 'postmaster.pid'),
      `${stranger.pid}\n${dataDir}/postgres\n1\n5432\n\n\n\n`,
    )
    writeFileSync(
      join(dataDir, 'tenon.pid'),
      JSON.stringify({ pid: stranger.pid, startTicks: '1', host: hostname(), state: 'running' }),
    )
    await startAndWrite('7c')
    stranger.kill()
  })

  it('stops the database when it is told to stop after an adoption', async () => {
    await startAndWrite('8')
    const pid = databasePid(dataDir)
    await engine.end('SIGKILL')
    await startAndWrite('9')
    expect(await engine.end('SIGTERM')).to.equal(0)
    expect(isAlive(pid)).to.equal(false)
  })
})
