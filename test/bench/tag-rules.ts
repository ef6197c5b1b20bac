import { join, resolve } from 'node:path'
import type { Database } from '../../engine/db/database.ts'
import { runningUrl } from '../../engine/db/embedded/embedded.ts'
import { openDatabase } from '../../engine/db/pool.ts'
import { inForce, publishAll, type Written } from '../support/drafts.ts'
import { createClient } from '../support/http.ts'
import { tokenOf } from './ids.ts'
import { median } from './report.ts'
import { type Measured, measure } from './rounds.ts'
import { residentMb, startTenon } from './targets.ts'

/**
 * 1,000,000 customers against twenty tag rules: `BENCH_DIR=<folder> npx tsx test/bench/tag-rules.ts`, on the folder of a
 * bench that has run. Prints W2 before and beside them, for TURNS (8) times SECS (5) seconds, how long the rules take in the
 * background and the memory of the server. It leaves the rules in the folder: work on a copy.
 */
const folder = resolve(process.env.BENCH_DIR ?? '.tenon-bench')
const shared = resolve(import.meta.dirname, '..', '..', '..', 'shared')
const seconds = Number(process.env.SECS ?? 5)
const turns = Number(process.env.TURNS ?? 8)
const ADMINISTRATOR = 1

const is = (field: string, value: unknown) => ({ '==': [{ var: field }, value] })
const above = (field: string, value: number) => ({ '>': [{ var: field }, value] })
const days = (limit: number) => ({ '>': [{ days_since: { var: 'created_at' } }, limit] })
const WHEN: readonly unknown[] = [
  ...['new', 'open', 'won', 'lost', 'hold'].map((status) => is('status', status)),
  ...['a', 'b', 'c', 'd'].map((level) => is('level', level)),
  ...[1_000, 10_000, 50_000].map((amount) => above('amount', amount)),
  ...[20, 50, 80].map((score) => above('score', score)),
  ...[30, 180, 365].map(days),
  { and: [is('status', 'won'), above('amount', 10_000)] },
  { in: ['a', { var: 'name' }] },
]

const rules = WHEN.map(
  (when, index): Written => ({
    kind: 'tag_rule',
    name: `bench_${String(index).padStart(2, '0')}`,
    entity: 'customer',
    tag: `tag ${index}`,
    when,
  }),
)

const tenon = await startTenon(join(folder, 'data'), 4001)
try {
  const url = runningUrl(join(folder, 'data'))
  if (url === undefined) throw new Error('the embedded database is not running')
  const db = openDatabase({ url, poolSize: 2, statementTimeoutMs: 0 })
  await run(db)
  await db.close()
} finally {
  await tenon.stop()
}

async function run(db: Database): Promise<void> {
  const admin = createClient(tenon.url, tokenOf(ADMINISTRATOR))
  const source = { shared, folder, seconds, targets: { tenon } }
  const plain: Measured[] = []
  for (let turn = 0; turn < Math.max(3, turns); turn++)
    plain.push(await measure(source, 'tenon', tenon, 'W2', 32))
  const customer = await inForce<Written & { fields: readonly { name: string }[] }>(admin, 'entity/customer')
  const others = customer.fields.filter(({ name }) => name !== 'tags')
  await publishAll(admin, [{ ...customer, fields: [...others, { name: 'tags', type: 'tags' }] }])
  const before = residentMb(tenon.pid)
  const begun = performance.now()
  await publishAll(admin, rules)
  const beside: Measured[] = []
  let most = before
  const sample = setInterval(() => {
    most = Math.max(most, residentMb(tenon.pid))
  }, 500)
  const load = (async () => {
    while (beside.length < turns && !(await isDone(db)))
      beside.push(await measure(source, 'tenon', tenon, 'W2', 32))
  })()
  while (!(await isDone(db))) await new Promise((done) => setTimeout(done, 200))
  const took = (performance.now() - begun) / 1000
  await load
  clearInterval(sample)
  const { rows } = await db.query<{ records: string; tagged: string }>({
    text: 'SELECT count(*) AS records, count(*) FILTER (WHERE cardinality(tags) > 0) AS tagged FROM ws_default.customer',
  })
  const perSecond = (list: readonly Measured[]) => Math.round(median(list.map((one) => one.perSecond)))
  const p99 = (list: readonly Measured[]) => median(list.map((one) => one.p99Ms))
  process.stdout.write(
    `${rules.length} rules over ${rows[0]!.records} customers (${rows[0]!.tagged} tagged): ${took.toFixed(1)} s; ` +
      `W2 p99 ${p99(plain)} ms before, ${beside.length === 0 ? '-' : p99(beside)} ms beside (${beside.length} turns), ` +
      `${perSecond(plain)} and ${perSecond(beside)} a second; ` +
      `memory ${before} MB before, ${most} MB at most\n`,
  )
}

async function isDone(db: Database): Promise<boolean> {
  const { rows } = await db.query<{ state: string }>({
    text: `SELECT state FROM ws_default.tenon_job WHERE kind = 'fill_computed' ORDER BY created_at DESC LIMIT 1`,
  })
  if (rows[0]?.state === 'failed') throw new Error('the job failed')
  return rows[0]?.state === 'done'
}
