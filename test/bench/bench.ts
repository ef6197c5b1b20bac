import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { registerBuiltInActions } from '../../engine/actions/built-in.ts'
import { runningUrl } from '../../engine/db/embedded/embedded.ts'
import { openDatabase } from '../../engine/db/pool.ts'
import { registerBuiltInFields } from '../../engine/fields/built-in.ts'
import { createRegistry } from '../../engine/registry/registry.ts'
import { createSearch } from '../../engine/search/tokens.ts'
import { checkAnswers } from './check-answers.ts'
import { loadData } from './load-data.ts'
import { measureMembers } from './member-lists.ts'
import { printPlans } from './plans.ts'
import { measurePublishing } from './publish-under-load.ts'
import { printReport, summarize } from './report.ts'
import { readOwners, WORKS, type Work, writeRequests } from './requests.ts'
import { type Measured, runRound } from './rounds.ts'
import { residentMb, startFloor, startTenon } from './targets.ts'

/**
 * `npm run bench`: Tenon beside the hand-written floor of ../shared/bench, on one database, in interleaved
 * rounds. Environment: ROUNDS (3), SECS (5), WORKS (all), BENCH_DIR (.tenon-bench; kept, so that a second run
 * need not load). Needs wrk.
 */
const shared = resolve(import.meta.dirname, '..', '..', '..', 'shared')
if (!existsSync(join(shared, 'bench', 'floor.mjs')))
  throw new Error('the floor (../shared/bench) is not here')
const folder = resolve(process.env.BENCH_DIR ?? '.tenon-bench')
const rounds = Number(process.env.ROUNDS ?? 3)
const seconds = Number(process.env.SECS ?? 5)
const wanted = (process.env.WORKS?.split(' ') ?? WORKS) as readonly Work[]
const tell = (line: string) => process.stderr.write(`${line}\n`)

const registry = createRegistry()
registerBuiltInFields(registry)
registerBuiltInActions(registry)
registry.setSearch(createSearch())

const tenon = await startTenon(join(folder, 'data'), 4001)
try {
  const url = runningUrl(join(folder, 'data'))
  if (url === undefined) throw new Error('the embedded database is not running')
  const db = openDatabase({ url, poolSize: 2, statementTimeoutMs: 0 })
  const isFresh = await loadData(db, registry, shared, tell)
  const floor = await startFloor(shared, url, 4000)
  try {
    const owners = await readOwners(db)
    for (const target of ['floor', 'tenon'] as const) writeRequests(join(folder, target), target, owners)
    if (isFresh) tell(`${await checkAnswers({ floor, tenon }, owners)} answers agree`)
    else tell('the answers were compared when the data was loaded; both have written since')
    const works = wanted.map((work) => ({ work, connections: 32 }))
    if (wanted.includes('W2')) works.push({ work: 'W2', connections: 500 })
    const source = { shared, folder, seconds, targets: { floor, tenon } }
    const show = (one: Measured) =>
      tell(
        `${one.target.padEnd(6)} ${one.work} c${one.connections}: ${one.perSecond.toFixed(0)}/s p50 ${one.p50Ms} p99 ${one.p99Ms} bad ${one.bad} cpu ${one.cpuMsPerRequest.toFixed(2)} ms ${one.residentMb} MB`,
      )
    const measured: (readonly Measured[])[] = []
    for (let round = 0; round < rounds; round++) measured.push(await runRound(source, works, show))
    process.stdout.write(`${printReport(summarize(measured))}\n\n`)
    process.stdout.write(
      `Resident memory after it: Tenon ${residentMb(tenon.pid)} MB, floor ${residentMb(floor.pid)} MB\n\n`,
    )
    if (wanted.includes('W2')) process.stdout.write(`${await measurePublishing(source, show)}\n\n`)
    if (wanted.includes('W2')) process.stdout.write(`${await measureMembers(source, db, show)}\n\n`)
    if (process.env.PLANS !== '0') process.stdout.write(await printPlans(db, registry))
  } finally {
    await floor.stop()
  }
  await db.close()
} finally {
  await tenon.stop()
}
