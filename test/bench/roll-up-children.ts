import { readdirSync, readFileSync } from 'node:fs'
import { loadavg } from 'node:os'
import pg from 'pg'
import { runningUrl } from '../../engine/db/embedded/embedded.ts'
import { databasePid, endDatabase } from '../start/support.ts'
import { dataOf, openDraft, planOf, publish, publishAll, type Written } from '../support/drafts.ts'
import { ADMIN } from '../support/engine.ts'
import { type ApiRecord, type Client, createClient } from '../support/http.ts'
import { spawnEngine } from '../support/process.ts'
import { scratchFolder } from '../support/scratch.ts'
import { median } from './report.ts'

/**
 * What writing a child costs under a parent of many and under one of few: `npx tsx test/bench/roll-up-children.ts`, on a
 * database of its own. `CHILDREN` (100,000) under the one, ten under the other; `WRITES` (200) a turn, `TURNS` (7) of each
 * in alternation. Prints milliseconds on the clock and of the processors (engine and database) for one write.
 */
const children = Number(process.env.CHILDREN ?? 100_000)
const writes = Number(process.env.WRITES ?? 200)
const turns = Number(process.env.TURNS ?? 7)
const FEW = 10
/** Clock ticks a second, as /proc counts processor time. */
const TICKS = 100

const rollUp = (name: string, fn: string, more: object = {}) => ({
  ...{ name, type: 'roll_up', over: fn === 'count' ? 'lines' : 'lines.amount', fn },
  ...more,
})
const name = { name: 'name', type: 'text' }
const parent = { kind: 'entity', name: 'account', title: 'name', fields: [name] }
const LINE: Written = {
  ...{ kind: 'entity', name: 'line', title: 'name' },
  fields: [
    name,
    { name: 'amount', type: 'integer' },
    { name: 'done_on', type: 'date' },
    { name: 'account', type: 'lookup', to: 'account', inverse: 'lines', onDelete: 'cascade' },
  ],
}
const PARENT: Written = {
  ...parent,
  fields: [
    name,
    ...['count', 'sum', 'average', 'min', 'max'].map((fn) => rollUp(`${fn}_of_lines`, fn)),
    ...['first', 'last'].map((fn) => rollUp(`${fn}_of_lines`, fn)),
    rollUp('large', 'count', { filter: { '>': [{ var: 'amount' }, 50] } }),
  ],
}

const dataDir = scratchFolder('roll-up-children')
const env = { TENON_ADMIN_EMAIL: ADMIN.email, TENON_ADMIN_PASSWORD: ADMIN.password }
const engine = spawnEngine({ dataDir, env })
try {
  const admin = await createClient(await engine.ready).login(ADMIN.email, ADMIN.password)
  await run(admin)
} finally {
  await engine.end()
  await endDatabase(dataDir)
}

async function run(admin: Client): Promise<void> {
  await publishAll(admin, [parent, LINE])
  const make = async (of: string): Promise<string> =>
    dataOf<ApiRecord>(await admin.post('/api/records/account', { name: of }), 201).id
  const parents = { few: await make('few'), many: await make('many') }
  const client = new pg.Client({ connectionString: runningUrl(dataDir) })
  client.on('error', () => undefined) // it ends with the database
  await client.connect()
  for (const [id, count] of [
    [parents.few, FEW],
    [parents.many, children],
  ] as const) {
    await client.query(
      `INSERT INTO ws_default.line (id, name, amount, account)
       SELECT gen_random_uuid(), 'line ' || n, n % 100, $1 FROM generate_series(1, $2::int) n`,
      [id, count],
    )
  }
  await client.query('ANALYZE ws_default.line')
  const draft = await openDraft(admin, [PARENT])
  // Large tables are prepared first: the answer is that a job does it.
  await publish(admin, draft, (await planOf(admin, draft)).hash)
  const counted = async () =>
    Number((await admin.get(`/api/records/account/${parents.many}`)).record.count_of_lines ?? 0)
  while ((await counted()) !== children) await new Promise((done) => setTimeout(done, 200))
  const acts = { create, change } as const
  console.log(`load ${loadavg()[0]!.toFixed(1)} on this machine before it begins`)
  for (const [what, act] of Object.entries(acts)) {
    const took: Record<keyof typeof parents, Turn[]> = { few: [], many: [] }
    for (let turn = -1; turn < turns; turn++) {
      for (const of of ['few', 'many'] as const) {
        const one = await measured(() => act(admin, client, parents[of]))
        if (turn >= 0) took[of].push(one) // the first warms
      }
    }
    report(what, took)
  }
  console.log(`load ${loadavg()[0]!.toFixed(1)} at its end`)
  await client.end()
}

interface Turn {
  readonly clockMs: number
  readonly cpuMs: number
}

async function measured(act: () => Promise<void>): Promise<Turn> {
  const [begun, cpu] = [performance.now(), cpuMs()]
  await act()
  return { clockMs: (performance.now() - begun) / writes, cpuMs: (cpuMs() - cpu) / writes }
}

async function create(admin: Client, _client: pg.Client, account: string): Promise<void> {
  for (let index = 0; index < writes; index++)
    dataOf(await admin.post('/api/records/line', { name: 'new', amount: index % 100, account }), 201)
}

async function change(admin: Client, client: pg.Client, account: string): Promise<void> {
  const { rows } = await client.query<{ id: string }>(
    'SELECT id FROM ws_default.line WHERE account = $1 ORDER BY id LIMIT $2',
    [account, FEW],
  )
  for (let index = 0; index < writes; index++)
    dataOf(
      await admin.patch(`/api/records/line/${rows[index % rows.length]!.id}`, { amount: (index * 7) % 100 }),
      200,
    )
}

function report(what: string, { few, many }: Readonly<Record<'few' | 'many', readonly Turn[]>>): void {
  const of = (list: readonly Turn[], key: keyof Turn) => median(list.map((one) => one[key]))
  const line = (key: keyof Turn, label: string) =>
    `${label} ${of(few, key).toFixed(2)} → ${of(many, key).toFixed(2)} ms (${(of(many, key) / of(few, key)).toFixed(2)} ×)`
  console.log(
    `${what}, ${FEW} children → ${children}: ${line('clockMs', 'clock')}, ${line('cpuMs', 'processor')}`,
  )
}

/** Processor time of the engine and of its database's processes, milliseconds since they began. */
function cpuMs(): number {
  const postmaster = databasePid(dataDir)
  const pids = readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))
  const ours = pids.filter((pid) => Number(pid) === engine.pid || parentOf(pid) === postmaster)
  return ours.reduce((sum, pid) => sum + ticksOf(pid), 0) * (1000 / TICKS)
}

function statOf(pid: string): readonly string[] {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return text.slice(text.lastIndexOf(')') + 2).split(' ')
  } catch {
    return [] // it has ended meanwhile
  }
}

function parentOf(pid: string): number {
  return Number(statOf(pid)[1] ?? -1)
}

function ticksOf(pid: string): number {
  const stat = statOf(pid)
  return Number(stat[11] ?? 0) + Number(stat[12] ?? 0)
}
