import { join, resolve } from 'node:path'
import { runningUrl } from '../../engine/db/embedded/embedded.ts'
import { openDatabase } from '../../engine/db/pool.ts'
import { createClient } from '../support/http.ts'
import { tokenOf } from './ids.ts'
import { startTenon } from './targets.ts'

/**
 * How soon `GET /api/search` answers at 1,000,000 customers: `BENCH_DIR=<folder> npx tsx test/bench/search.ts`, on the
 * folder of a bench that has run. 120 customers are typed letter by letter, by an administrator who sees all and by a
 * member who sees their own; each letter is a question. Prints the median, the 95th percentile and the slowest.
 */
const folder = resolve(process.env.BENCH_DIR ?? '.tenon-bench')
const PEOPLE = { administrator: 1, member: 2 }
const NAMES = 120
const AT_ONCE = Number(process.env.AT_ONCE ?? 1)

const tenon = await startTenon(join(folder, 'data'), 4001)
try {
  const url = runningUrl(join(folder, 'data'))
  if (url === undefined) throw new Error('the embedded database is not running')
  const db = openDatabase({ url, poolSize: 2, statementTimeoutMs: 0 })
  const { rows } = await db.query<{ name: string }>({
    text: `SELECT name FROM ws_default.customer TABLESAMPLE SYSTEM (0.1) LIMIT $1`,
    values: [NAMES],
  })
  await db.close()
  const questions = rows.flatMap(({ name }) =>
    Array.from({ length: Math.min(name.length, 9) - 1 }, (_, index) => name.slice(0, index + 2)),
  )
  for (const [who, person] of Object.entries(PEOPLE)) await measure(who, person, questions)
} finally {
  await tenon.stop()
}

async function measure(who: string, person: number, questions: readonly string[]): Promise<void> {
  const client = createClient(tenon.url, tokenOf(person))
  const took: number[] = []
  let found = 0
  const slowest = { ms: 0, q: '' }
  const queue = [...questions]
  const ask = async (): Promise<void> => {
    for (let q = queue.shift(); q !== undefined; q = queue.shift()) {
      const begun = performance.now()
      const answer = await client.get(`/api/search?q=${encodeURIComponent(q)}`)
      const ms = performance.now() - begun
      if (answer.status !== 200) throw new Error(answer.text)
      took.push(ms)
      found += (answer.body as { data: unknown[] }).data.length
      if (ms > slowest.ms) Object.assign(slowest, { ms, q })
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, ask))
  took.sort((one, other) => one - other)
  const at = (share: number) => took[Math.min(took.length - 1, Math.floor(took.length * share))]!.toFixed(1)
  console.log(
    `${who}: ${took.length} questions, ${AT_ONCE} at once, ${found} records; p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, ` +
      `slowest ${slowest.ms.toFixed(0)} ms (“${slowest.q}”)`,
  )
}
