import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, utimesSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { holderOf, lockDataFolder } from '../../../engine/db/data-lock.ts'
import { startTicksOf } from '../../../engine/db/processes.ts'
import { scratchFolder } from '../../support/scratch.ts'

const impatient = { runningWaitMs: 0, stoppingWaitMs: 0 }

/** A process id that no process has. */
function deadPid(): number {
  return spawnSync(process.execPath, ['--version']).pid
}

function writeHolder(folder: string, holder: object): string {
  const file = join(folder, 'tenon.pid')
  writeFileSync(file, JSON.stringify({ startTicks: '', host: hostname(), state: 'running', ...holder }))
  return file
}

describe('the lock of a data folder', () => {
  it('is held by one at a time, and free again when released', async () => {
    const folder = scratchFolder('lock')
    const first = await lockDataFolder(folder)
    expect(holderOf(folder)).to.equal(process.pid)
    const fault = await lockDataFolder(folder, impatient).catch((thrown: unknown) => thrown)
    expect(fault)
      .to.have.property('problems')
      .that.deep.equals([{ code: 'START_DATA_IN_USE', path: '', params: { folder, pid: process.pid } }])
    first.release()
    expect(holderOf(folder)).to.equal(undefined)
    const second = await lockDataFolder(folder, impatient)
    second.release()
    expect(readdirSync(folder)).to.deep.equal([])
  })

  it('is waited for when its holder is stopping', async () => {
    const folder = scratchFolder('lock')
    const first = await lockDataFolder(folder)
    first.markStopping()
    setTimeout(() => first.release(), 150)
    const lines: string[] = []
    const second = await lockDataFolder(folder, { runningWaitMs: 0, progress: (line) => lines.push(line) })
    expect(lines).to.deep.equal([`Waiting for another Tenon (process ${process.pid}) to leave ${folder}`])
    second.release()
  })

  it('goes to exactly one of twenty that come at once, over a dead one', async () => {
    const folder = scratchFolder('lock')
    writeHolder(folder, { pid: deadPid() })
    const outcomes = await Promise.allSettled(
      Array.from({ length: 20 }, () => lockDataFolder(folder, impatient)),
    )
    const won = outcomes.filter(({ status }) => status === 'fulfilled')
    expect(won.length).to.equal(1)
  })

  const stale: { name: string; holder: () => object }[] = [
    { name: 'is dead', holder: () => ({ pid: deadPid() }) },
    { name: 'has another process under its id now', holder: () => ({ pid: process.pid, startTicks: '1' }) },
    { name: 'is not told', holder: () => ({ pid: 0 }) },
  ]
  for (const { name, holder } of stale) {
    it(`is taken over when its holder ${name}`, async () => {
      const folder = scratchFolder('lock')
      writeHolder(folder, holder())
      const lock = await lockDataFolder(folder, impatient)
      expect(holderOf(folder)).to.equal(process.pid)
      lock.release()
    })
  }

  it('is taken over when its file is no lock', async () => {
    const folder = scratchFolder('lock')
    writeFileSync(join(folder, 'tenon.pid'), '')
    const lock = await lockDataFolder(folder, impatient)
    lock.release()
    expect(existsSync(join(folder, 'tenon.pid'))).to.equal(false)
  })

  it('of another host counts while it beats, and no longer', async () => {
    const folder = scratchFolder('lock')
    const file = writeHolder(folder, { pid: 1, host: 'another-host', startTicks: startTicksOf(1) ?? '' })
    expect(holderOf(folder)).to.equal(1)
    const silentSince = new Date(Date.now() - 60_000)
    utimesSync(file, silentSince, silentSince)
    expect(holderOf(folder)).to.equal(undefined)
  })
})
