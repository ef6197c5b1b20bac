import { join, resolve } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { dataOf, inForce, openDraft, planOf, publish, type Written } from '../support/drafts.ts'
import type { Client } from '../support/http.ts'
import { createClient } from '../support/http.ts'
import { tokenOf } from './ids.ts'
import { median } from './report.ts'
import { type Measured, measure } from './rounds.ts'
import { startTenon } from './targets.ts'

/**
 * What people wait beside long publishes on 1,000,000 customers: `BENCH_DIR=<folder> npx tsx test/bench/type-change.ts`, on
 * the folder of a bench that has run. While W2 goes on over CONNECTIONS (500) connections, a field of customers changes its
 * type, takes it back, and becomes unique; then as often W2 alone, of SECS (10) seconds each. It changes the folder's
 * data: work on a copy.
 */
const folder = resolve(process.env.BENCH_DIR ?? '.tenon-bench')
const shared = resolve(import.meta.dirname, '..', '..', '..', 'shared')
const seconds = Number(process.env.SECS ?? 10)
const connections = Number(process.env.CONNECTIONS ?? 500)
const ADMINISTRATOR = 1

interface Customer extends Written {
  readonly fields: readonly { readonly name: string; readonly type: string }[]
}

const tenon = await startTenon(join(folder, 'data'), 4001)
try {
  const admin = createClient(tenon.url, tokenOf(ADMINISTRATOR))
  const source = { shared, folder, seconds, targets: { tenon } }
  const w2 = () => measure(source, 'tenon', tenon, 'W2', connections)
  const alone: Measured[] = [await w2(), await w2()]
  const changes: readonly (readonly [string, object])[] = [
    ['score becomes a text', { type: 'text' }],
    ['score is a number again', { type: 'integer', min: 0, max: 100 }],
    ['email becomes unique', { unique: true }],
  ]
  for (const [name, change] of changes) {
    const beside: Measured[] = []
    let isDone = false
    const load = (async () => {
      while (!isDone) beside.push(await w2())
    })()
    const begun = performance.now()
    const planMs = await carryOut(admin, name.startsWith('email') ? 'email' : 'score', change)
    isDone = true
    const took = (performance.now() - begun) / 1_000
    await load
    console.log(
      `${name}: plan ${planMs.toFixed(0)} ms, in force after ${took.toFixed(1)} s; W2 beside it ${tell(beside)}`,
    )
  }
  alone.push(await w2())
  console.log(`W2 alone: ${tell(alone)}`)
} finally {
  await tenon.stop()
}

function tell(measured: readonly Measured[]): string {
  const p99 = median(measured.map((one) => one.p99Ms)).toFixed(0)
  const perSecond = median(measured.map((one) => one.perSecond)).toFixed(0)
  return `p99 ${p99} ms, ${perSecond}/s, ${measured.reduce((sum, one) => sum + one.bad, 0)} answers were no success`
}

/** @returns how long the plan took, with its counts */
async function carryOut(admin: Client, name: string, change: object): Promise<number> {
  const customer = await inForce<Customer>(admin, 'entity/customer')
  const fields = customer.fields.map((field) => {
    if (field.name !== name) return field
    const { min: _min, max: _max, ...rest } = field as Record<string, unknown>
    return { ...rest, ...change }
  })
  const id = await openDraft(admin, [{ ...customer, fields } as Written])
  const begun = performance.now()
  const { hash, steps } = await planOf(admin, id)
  const planMs = performance.now() - begun
  for (const { sentence, conversion } of steps) console.log(`  ${sentence}`, conversion ?? '')
  const answer = await publish(admin, id, hash)
  if (answer.status === 200) return planMs
  const { job } = dataOf<{ job: string }>(answer, 202)
  for (;;) {
    const { state, result } = dataOf<{ state: string; result: unknown }>(
      await admin.get(`/api/jobs/${job}`),
      200,
    )
    if (state === 'done') return planMs
    if (state === 'failed') throw new Error(JSON.stringify(result))
    await delay(200)
  }
}
