import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { isAlive } from '../../engine/db/processes.ts'
import { type EngineProcess, spawnEngine } from '../support/process.ts'
import { scratchFolder } from '../support/scratch.ts'
import { databasePid, endDatabase, note, notes } from './support.ts'

describe('starting', () => {
  const dataDir = scratchFolder('start')
  const started: EngineProcess[] = []

  function start(folder = dataDir, env: Record<string, string> = {}): EngineProcess {
    const engine = spawnEngine({ dataDir: folder, env })
    started.push(engine)
    return engine
  }

  after(async () => {
    await Promise.all(started.map((engine) => engine.end('SIGKILL')))
    await endDatabase(dataDir)
  })

  it('works ten times in a row, ended in order or killed, and keeps what was written', async () => {
    const written: string[] = []
    for (let round = 0; round < 10; round++) {
      const engine = start()
      await engine.ready
      await note(dataDir, String(round))
      written.push(String(round))
      await engine.end(round % 2 === 0 ? 'SIGTERM' : 'SIGKILL')
    }
    const last = start()
    await last.ready
    expect(await notes(dataDir)).to.deep.equal(written)
    expect(await last.end()).to.equal(0)
  })

  it('twice at once: one is ready, the other names it', async () => {
    const pair = [start(), start()]
    const outcomes = await Promise.allSettled(pair.map((engine) => engine.ready))
    expect(outcomes.map(({ status }) => status).sort()).to.deep.equal(['fulfilled', 'rejected'])
    const winner = pair[outcomes[0]?.status === 'fulfilled' ? 0 : 1]
    const loser = pair[outcomes[0]?.status === 'fulfilled' ? 1 : 0]
    expect(loser?.stderr()).to.include(`in use by another Tenon (process ${winner?.pid})`)
    expect(await loser?.exited).to.equal(1)
    await winner?.end()
  })

  it('waits for one that is shutting down', async () => {
    const first = start()
    await first.ready
    const ending = first.end()
    const second = start()
    expect(await second.ready).to.match(/^http:\/\/127\.0\.0\.1:\d+$/)
    expect(await ending).to.equal(0)
    await second.end()
  })

  it('prints one address, on standard output, and its progress on standard error', async () => {
    const engine = start()
    const url = await engine.ready
    expect(engine.stdout().match(/https?:\/\/\S+/g)).to.deep.equal([url])
    expect(engine.stderr()).to.equal('Starting the database\n')
    await engine.end()
  })

  it('leaves no process and no lock behind when it is stopped', async () => {
    const engine = start()
    await engine.ready
    const pid = databasePid(dataDir)
    expect(await engine.end('SIGINT')).to.equal(0)
    expect({ database: isAlive(pid), lock: existsSync(join(dataDir, 'tenon.pid')) }).to.deep.equal({
      database: false,
      lock: false,
    })
  })

  it('can be stopped in the middle of a first start', async () => {
    const folder = scratchFolder('first')
    for (const waitMs of [150, 500, 900]) {
      const engine = start(folder)
      engine.ready.catch(() => undefined) // told by the exit code below
      await new Promise((resolve) => setTimeout(resolve, waitMs))
      await engine.end()
      const pid = databasePid(folder)
      expect(pid > 0 && isAlive(pid), `database after ${waitMs} ms`).to.equal(false)
    }
    const engine = start(folder)
    expect(await engine.ready).to.be.a('string')
    await engine.end()
  })
})
