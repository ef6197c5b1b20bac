import { mkdirSync, writeFileSync } from 'node:fs'
import { loadavg } from 'node:os'
import { join } from 'node:path'
import { publishAll } from '../support/drafts.ts'
import { ADMIN } from '../support/engine.ts'
import { type Client, createClient } from '../support/http.ts'
import { createTestDatabase } from '../support/postgres.ts'
import { spawnCommand, spawnEngine } from '../support/process.ts'
import { scratchFolder } from '../support/scratch.ts'

/**
 * Flows that one import sets off, beside people who work: `ROWS=10000 npx tsx test/bench/flow-drain.ts`. A file is imported
 * from the shell; each record sets off a flow that changes it and tells its owner. Prints how fast these drain, and what
 * reads and writes take meanwhile and took before.
 */
const rows = Number(process.env.ROWS ?? 10_000)
const QUIET_MS = 15_000
/** People who ask side by side, each a little after the last answer. */
const PEOPLE = 4
const PAUSE_MS = 20

const definitions = [
  {
    kind: 'entity',
    name: 'lead',
    title: 'name',
    owned: true,
    fields: [
      { name: 'name', type: 'text', required: true },
      { name: 'city', type: 'text' },
      { name: 'touches', type: 'integer' },
    ],
  },
  {
    kind: 'flow',
    name: 'welcome',
    trigger: { record: 'lead', on: ['created'], via: ['import'], when: { '!!': [{ var: 'city' }] } },
    steps: [
      { name: 'count', do: 'update', add: { touches: 1 } },
      { name: 'tell', do: 'notify', to: { field: 'owner' }, title: 'A new lead' },
    ],
  },
]

const folder = scratchFolder('flow-drain')
const test = await createTestDatabase()
const env = {
  DATABASE_URL: test.url,
  TENON_DATA_DIR: join(folder, 'data'),
  TENON_ADMIN_EMAIL: ADMIN.email,
  TENON_ADMIN_PASSWORD: ADMIN.password,
}
mkdirSync(env.TENON_DATA_DIR)
const engine = spawnEngine({ dataDir: env.TENON_DATA_DIR, env })
try {
  const admin = await createClient(await engine.ready).login(ADMIN.email, ADMIN.password)
  await publishAll(admin, definitions)
  const file = join(folder, 'leads.csv')
  const lines = Array.from({ length: rows }, (_, index) => `Lead ${index},City ${index % 50}`)
  writeFileSync(file, `name,city\n${lines.join('\n')}\n`)
  await work(admin, waitFor(5_000)) // warm
  console.log(`load ${loadavg()[0]!.toFixed(1)} on this machine before it begins`)
  const before = await work(admin, waitFor(QUIET_MS))
  const begun = performance.now()
  const during = await work(admin, importAndDrain(file, begun))
  console.log(`load ${loadavg()[0]!.toFixed(1)} at its end`)
  for (const [what, quiet] of Object.entries(before)) {
    const busy = during[what] ?? []
    const [p99, p99Busy] = [percentile(quiet, 0.99), percentile(busy, 0.99)]
    console.log(
      `${what}: p50 ${percentile(quiet, 0.5).toFixed(1)} → ${percentile(busy, 0.5).toFixed(1)} ms, ` +
        `p99 ${p99.toFixed(1)} → ${p99Busy.toFixed(1)} ms (${(p99Busy / p99).toFixed(2)} ×; ${quiet.length} and ${busy.length} calls)`,
    )
  }
} finally {
  await engine.end()
  await test.drop()
}

async function importAndDrain(file: string, begun: number): Promise<void> {
  const { code, stderr } = await spawnCommand(['import', 'lead', file], env)
  if (code !== 0) throw new Error(stderr)
  const db = test.open(1)
  const imported = performance.now()
  console.log(`imported ${rows} rows after ${((imported - begun) / 1000).toFixed(1)} s`)
  for (;;) {
    const { rows: found } = await db.query<{ open: string; done: string }>({
      text:
        'SELECT count(*) FILTER (WHERE ended_at IS NULL)::text AS open, count(*) FILTER (WHERE ended_at IS NOT NULL)::text AS done ' +
        'FROM ws_default.tenon_run',
    })
    if (Number(found[0]!.done) >= rows && found[0]!.open === '0') break
    await new Promise((resolve) => setTimeout(resolve, 250))
  }
  const seconds = (performance.now() - begun) / 1000
  console.log(
    `drained after ${seconds.toFixed(1)} s: ${(rows / seconds).toFixed(0)} runs a second, two steps each`,
  )
}

/** People read, list and write until something is over. @returns milliseconds of each call, by what it was */
async function work(admin: Client, until: Promise<void>): Promise<Readonly<Record<string, number[]>>> {
  const times: Record<string, number[]> = { read: [], list: [], write: [] }
  let isOver = false
  const over = until.finally(() => {
    isOver = true
  })
  const timed = async <T>(what: string, call: () => Promise<T>): Promise<T> => {
    const begun = performance.now()
    const answer = await call()
    times[what]!.push(performance.now() - begun)
    return answer
  }
  const person = async (): Promise<void> => {
    const { id } = (await admin.post('/api/records/lead', { name: 'Mine' })).record
    for (let turn = 0; !isOver; turn++) {
      await timed('read', () => admin.get(`/api/records/lead/${id}`))
      await timed('list', () => admin.get('/api/records/lead?limit=25'))
      await timed('write', () => admin.patch(`/api/records/lead/${id}`, { name: `Mine ${turn}` }))
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
    }
  }
  await Promise.all([over, ...Array.from({ length: PEOPLE }, person)])
  return times
}

function waitFor(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}

function percentile(times: readonly number[], part: number): number {
  const sorted = [...times].sort((one, other) => one - other)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0
}
