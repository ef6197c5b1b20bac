import { readFileSync } from 'node:fs'
import { loadavg } from 'node:os'
import { flowWorld } from '../support/flow-world.ts'

/**
 * Processor time of a run, engine and database together: `ROWS=1000 npx tsx test/bench/flow-runs.ts`. Each record sets off a
 * flow of two steps, which adds to it and tells its owner; nothing else is under way in this process and this database, so
 * that the figure holds on a machine that others share as well.
 */
const rows = Number(process.env.ROWS ?? 1_000)
const BATCH = 200
/** What the kernel counts processor time in, milliseconds. */
const TICK_MS = 10

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
    trigger: { record: 'lead', on: ['created'], when: { '!!': [{ var: 'city' }] } },
    steps: [
      { name: 'count', do: 'update', add: { touches: 1 } },
      { name: 'tell', do: 'notify', to: { field: 'owner' }, title: 'A new lead' },
    ],
  },
]

const world = await flowWorld(definitions)
try {
  const owner = await world.create('user', { name: 'Li', email: 'li@example.com', roles: ['administrator'] })
  for (let made = 0; made < rows; made += BATCH) {
    const create = Array.from({ length: BATCH }, (_, index) => ({
      ...{ name: `Lead ${made + index}`, city: 'x', owner },
    }))
    await world.bulk('lead', { create })
  }
  console.log(`load ${loadavg()[0]!.toFixed(1)} on this machine`)
  await measured('events taken, runs made', () => world.hear())
  await measured('runs taken', () => world.drain())
  const [done] = await world.query<{ runs: number }>(
    "SELECT count(*)::int AS runs FROM ws_default.tenon_run WHERE state = 'done'",
  )
  console.log(`${done!.runs} done, ${(await world.told()).length} told`)
} finally {
  await world.close()
}

async function measured(what: string, work: () => Promise<unknown>): Promise<void> {
  const [usage, database, begun] = [process.cpuUsage(), await databaseMs(), performance.now()]
  await work()
  const { user, system } = process.cpuUsage(usage)
  const engineEach = (user + system) / 1000 / rows
  const databaseEach = ((await databaseMs()) - database) / rows
  const each = (performance.now() - begun) / rows
  console.log(
    `${what}: ${each.toFixed(2)} ms each, of which processor ${engineEach.toFixed(2)} ms engine and ` +
      `${databaseEach.toFixed(2)} ms database: ${(1000 / (engineEach + databaseEach)).toFixed(0)} a second of one core`,
  )
}

/** Processor time that the backends of this database have used so far. */
async function databaseMs(): Promise<number> {
  const backends = await world.query<{ pid: number }>(
    'SELECT pid FROM pg_stat_activity WHERE datname = current_database()',
  )
  const ticks = backends.map(({ pid }) => {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ')
    return Number(fields[11]) + Number(fields[12])
  })
  return ticks.reduce((sum, one) => sum + one, 0) * TICK_MS
}
process.exit(0)
