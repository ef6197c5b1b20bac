import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isAlive } from '../../engine/db/processes.ts'

const PREFIX = 'tenon-test-'

/** A new folder of this test process; gone when the process ends, or at the next run if it was killed. */
export function scratchFolder(name = 'scratch'): string {
  sweepOnce()
  const folder = mkdtempSync(join(tmpdir(), `${PREFIX}${process.pid}-${name}-`))
  process.once('exit', () => removeFolder(folder))
  return folder
}

export function removeFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 })
}

let isSwept = false

/** What test processes left behind that were killed; a server among it has been told by its own watcher. */
function sweepOnce(): void {
  if (isSwept) return
  isSwept = true
  process.setMaxListeners(200)
  for (const name of readdirSync(tmpdir())) {
    const pid = Number(new RegExp(`^${PREFIX}(\\d+)-`).exec(name)?.[1])
    if (pid > 0 && !isAlive(pid)) removeFolder(join(tmpdir(), name))
  }
}
