import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'

/** Whether a process runs; one that has ended and waits for its parent to notice does not. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
  } catch (fault) {
    if ((fault as NodeJS.ErrnoException).code !== 'EPERM') return false
  }
  return readStat(pid)?.state !== 'Z'
}

/**
 * What tells a process from a later one with the same id: its start in ticks since boot.
 * Undefined where the system does not say (no /proc) or there is no such process.
 */
export function startTicksOf(pid: number): string | undefined {
  return readStat(pid)?.startTicks
}

/** The real path of a process's current folder, or undefined where it cannot be known. */
export function folderOf(pid: number): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/cwd`)
  } catch {
    return undefined // ended, another user's, or no /proc
  }
}

/** The program of a process as ps(1) names it, for systems without /proc. */
export function programOf(pid: number): string | undefined {
  try {
    return execFileSync('ps', ['-o', 'comm=', '-p', String(pid)], { encoding: 'utf8' }).trim()
  } catch {
    return undefined // ended, or no ps
  }
}

/** The processes whose current folder this is; [] where the system does not say. */
export function processesIn(folder: string): number[] {
  return listProcesses().filter((pid) => folderOf(pid) === folder && isAlive(pid))
}

/** @returns whether the condition came true before the time was over */
export async function waitUntil(condition: () => boolean, limitMs: number, everyMs = 10): Promise<boolean> {
  const end = performance.now() + limitMs
  while (!condition()) {
    if (performance.now() >= end) return false
    await delay(everyMs)
  }
  return true
}

/** Sends a signal; one that has ended meanwhile needs none. */
export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name)
  } catch (fault) {
    if ((fault as NodeJS.ErrnoException).code !== 'ESRCH') throw fault
  }
}

function listProcesses(): number[] {
  try {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map(Number)
  } catch {
    return []
  }
}

/** proc(5): the name in brackets may hold blanks and brackets, so fields are counted after the last one. */
function readStat(pid: number): { state: string; startTicks: string } | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return { state: fields[0] ?? '', startTicks: fields[19] ?? '' }
  } catch {
    return undefined
  }
}
