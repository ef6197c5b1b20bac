import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** A server under load. */
export interface RunningTarget {
  readonly url: string
  readonly pid: number
  stop(): Promise<void>
}

const ROOT = join(import.meta.dirname, '..', '..')

/** Starts Tenon as `npm start` does, on its own data folder, and waits until it is ready. */
export async function startTenon(dataDir: string, port: number): Promise<RunningTarget> {
  const child = spawn(process.execPath, ['--max-semi-space-size=8', join(ROOT, 'start.mjs')], {
    cwd: ROOT,
    env: {
      ...process.env,
      NODE_ENV: 'production',
      PORT: String(port),
      TENON_DATA_DIR: dataDir,
      TENON_TEMPLATE: 'none',
      LOG_LEVEL: 'warn',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  return await ready(child, `http://127.0.0.1:${port}`, '/healthz', 200)
}

/** Starts the hand-written floor on the same database. */
export async function startFloor(shared: string, databaseUrl: string, port: number): Promise<RunningTarget> {
  const url = new URL(databaseUrl)
  const child = spawn(process.execPath, [join(shared, 'bench', 'floor.mjs')], {
    env: {
      ...process.env,
      NODE_ENV: 'production',
      PORT: String(port),
      FLOOR_MODULES: ROOT,
      PGHOST: decodeURIComponent(url.hostname),
      PGUSER: url.username,
      PGDATABASE: url.pathname.slice(1),
      PGOPTIONS: '-c search_path=public',
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  return await ready(child, `http://127.0.0.1:${port}`, '/health', 401)
}

async function ready(child: ChildProcess, url: string, path: string, status: number): Promise<RunningTarget> {
  const { pid } = child
  if (pid === undefined) throw new Error(`${url} did not start`)
  const deadline = performance.now() + 60_000
  while (performance.now() < deadline && child.exitCode === null) {
    const answer = await fetch(url + path).catch(() => undefined)
    if (answer?.status === status || answer?.status === 200) {
      return { url, pid, stop: () => stop(child) }
    }
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  child.kill('SIGKILL')
  throw new Error(`${url} did not get ready`)
}

function stop(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    child.once('exit', () => resolve())
    child.kill('SIGTERM')
  })
}

/** Resident memory of a process, MB. */
export function residentMb(pid: number): number {
  const line = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))
  return Math.round(Number(line?.[1] ?? 0) / 1024)
}

/** CPU time that a process has used, milliseconds. */
export function cpuMs(pid: number): number {
  const parts = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ')
  return (Number(parts[11]) + Number(parts[12])) * 10
}
