import {
  linkSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { refuse } from '../errors.ts'
import { isAlive, startTicksOf } from './processes.ts'

/** The sole right to a data folder. */
export interface DataLock {
  /** Tells a start that waits that this Tenon is on its way out. */
  markStopping(): void
  release(): void
}

export interface DataLockOptions {
  /** Milliseconds to wait for a holder that is shutting down. */
  readonly stoppingWaitMs?: number
  /** Milliseconds to wait for any other: its signal may be on the way. */
  readonly runningWaitMs?: number
  readonly progress?: (line: string) => void
}

interface Holder {
  readonly pid: number
  /** Start of the process, in ticks since boot: its id may be another's by now. '' where unknown. */
  readonly startTicks: string
  readonly host: string
  readonly state: 'running' | 'stopping'
}

const LOOK_EVERY_MS = 50
const BEAT_MS = 2_000
/** A holder on another host (two containers, one volume) counts as dead after this silence. */
const SILENCE_MS = 8_000

/**
 * One Tenon a data folder. The lock is a file that names its holder; it is made whole by link(2), which fails when
 * the name exists, and it is taken over when the holder is dead.
 * @throws AppError START_DATA_IN_USE
 */
export async function lockDataFolder(folder: string, options: DataLockOptions = {}): Promise<DataLock> {
  const file = join(folder, 'tenon.pid')
  const begin = performance.now()
  let told = false
  for (;;) {
    if (claim(file)) return hold(file)
    const holder = readHolder(file)
    if (holder === undefined) continue // released meanwhile
    if (!isHeld(file, holder)) {
      buryStale(file, holder)
      continue
    }
    const waited = performance.now() - begin
    const limit =
      holder.state === 'stopping' ? (options.stoppingWaitMs ?? 10_000) : (options.runningWaitMs ?? 2_000)
    if (waited >= limit) throw refuse('START_DATA_IN_USE', '', { params: { folder, pid: holder.pid } })
    if (!told) options.progress?.(`Waiting for another Tenon (process ${holder.pid}) to leave ${folder}`)
    told = true
    await delay(LOOK_EVERY_MS)
  }
}

/** Who holds the folder, when someone does. */
export function holderOf(folder: string): number | undefined {
  const file = join(folder, 'tenon.pid')
  const holder = readHolder(file)
  return holder !== undefined && isHeld(file, holder) ? holder.pid : undefined
}

function ourselves(state: Holder['state']): string {
  const holder: Holder = {
    pid: process.pid,
    startTicks: startTicksOf(process.pid) ?? '',
    host: hostname(),
    state,
  }
  return JSON.stringify(holder)
}

function claim(file: string): boolean {
  const draft = `${file}.${process.pid}`
  writeFileSync(draft, ourselves('running'), { mode: 0o644 })
  try {
    linkSync(draft, file)
    return true
  } catch (fault) {
    if ((fault as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw fault
  } finally {
    unlinkSync(draft)
  }
}

function hold(file: string): DataLock {
  const beat = setInterval(() => touch(file), BEAT_MS)
  beat.unref()
  return {
    markStopping() {
      const draft = `${file}.${process.pid}`
      writeFileSync(draft, ourselves('stopping'), { mode: 0o644 })
      renameSync(draft, file)
    },
    release() {
      clearInterval(beat)
      rmSync(file, { force: true })
    },
  }
}

function touch(file: string): void {
  const now = new Date()
  try {
    utimesSync(file, now, now)
  } catch (fault) {
    // Someone deleted the folder below us: nothing is left to hold.
    if ((fault as NodeJS.ErrnoException).code !== 'ENOENT') throw fault
  }
}

function readHolder(file: string): Holder | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Holder
  } catch (fault) {
    if ((fault as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    // Not written by us, or cut off by a full disk: nobody can be asked, so nobody holds it.
    if (fault instanceof SyntaxError) return { pid: 0, startTicks: '', host: hostname(), state: 'running' }
    throw fault
  }
}

function isHeld(file: string, holder: Holder): boolean {
  if (holder.host !== hostname()) {
    const beatAt = statSync(file, { throwIfNoEntry: false })?.mtimeMs
    return beatAt !== undefined && Date.now() - beatAt < SILENCE_MS
  }
  if (holder.pid <= 0 || !isAlive(holder.pid)) return false
  return holder.startTicks === '' || startTicksOf(holder.pid) === holder.startTicks
}

/** Two starts may find the same dead holder: whoever takes away a living one's file by mistake puts it back. */
function buryStale(file: string, holder: Holder): void {
  const grave = `${file}.stale.${process.pid}`
  try {
    renameSync(file, grave)
  } catch (fault) {
    if ((fault as NodeJS.ErrnoException).code === 'ENOENT') return
    throw fault
  }
  const buried = readHolder(grave)
  if (buried?.pid !== holder.pid || buried.startTicks !== holder.startTicks) {
    try {
      linkSync(grave, file)
    } catch (fault) {
      if ((fault as NodeJS.ErrnoException).code !== 'EEXIST') throw fault
    }
  }
  unlinkSync(grave)
}
