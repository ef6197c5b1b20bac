import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { runningUrl } from '../../engine/db/embedded/embedded.ts'
import { isAlive, signal, waitUntil } from '../../engine/db/processes.ts'

/** The process of a data folder's database. */
export function databasePid(dataDir: string): number {
  const file = join(dataDir, 'postgres', 'postmaster.pid')
  return existsSync(file) ? Number(readFileSync(file, 'utf8').split('\n')[0]) : 0
}

/** kill -9, then waits until it is gone. */
export async function killHard(pid: number): Promise<void> {
  signal(pid, 'SIGKILL')
  await waitUntil(() => !isAlive(pid), 5_000)
}

/** Ends what a killed engine left running. */
export async function endDatabase(dataDir: string): Promise<void> {
  const pid = databasePid(dataDir)
  if (pid > 0 && isAlive(pid)) signal(pid, 'SIGINT')
  await waitUntil(() => pid === 0 || !isAlive(pid), 10_000)
}

/** Rows that the tests write and must find again, whatever was killed in between. */
export async function note(dataDir: string, text: string): Promise<void> {
  await withDatabase(dataDir, async (client) => {
    await client.query('CREATE TABLE IF NOT EXISTS public.note (text text NOT NULL)')
    await client.query('INSERT INTO public.note VALUES ($1)', [text])
  })
}

export async function notes(dataDir: string): Promise<string[]> {
  return withDatabase(dataDir, async (client) => {
    const { rows } = await client.query<{ text: string }>('SELECT text FROM public.note ORDER BY text')
    return rows.map(({ text }) => text)
  })
}

/** Waits until the engine answers /readyz with this status. @returns the milliseconds that it took */
export async function waitForStatus(url: string, status: number, limitMs = 20_000): Promise<number> {
  const begin = performance.now()
  while (performance.now() - begin < limitMs) {
    if ((await statusOf(url)) === status) return performance.now() - begin
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  throw new Error(`${url}/readyz did not answer ${status} within ${limitMs} ms`)
}

export async function statusOf(url: string): Promise<number> {
  return (await fetch(`${url}/readyz`)).status
}

async function withDatabase<T>(dataDir: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: runningUrl(dataDir) })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}
