import { readFileSync } from 'node:fs'
import { findActor } from '../../engine/access/find-actor.ts'
import type { Database, Statement } from '../../engine/db/database.ts'
import { registerBuiltInFields } from '../../engine/fields/built-in.ts'
import { bootstrapWorkspace } from '../../engine/model/bootstrap.ts'
import { publishDefinitions } from '../../engine/model/publish-definitions.ts'
import { createModelStore } from '../../engine/model/store.ts'
import { newId } from '../../engine/model/uuid.ts'
import { type RequestContext, requestContext } from '../../engine/records/context.ts'
import { createRecord } from '../../engine/records/create.ts'
import { createRegistry } from '../../engine/registry/registry.ts'
import { createSearch } from '../../engine/search/tokens.ts'
import { createTestDatabase, type Template, workspaceTemplate } from '../support/postgres.ts'
import { benchDefinitions } from './definitions.ts'
import { median } from './report.ts'

/**
 * `node --import tsx test/bench/audit-cost.ts`: what the audit row of a create costs, in CPU of the database process and
 * of this one, with it and without it in turns. Without it the same statement runs with the same parameters, but for the
 * INSERT of the row. Linux. Environment: PAIRS (60), CREATES a turn (500).
 */
const pairs = Number(process.env.PAIRS ?? 60)
const creates = Number(process.env.CREATES ?? 500)

const registry = createRegistry()
registerBuiltInFields(registry)
registry.setSearch(createSearch())
const template: Template = {
  key: 'audit-cost',
  async build(database, url) {
    await workspaceTemplate.build(database, url)
    await bootstrapWorkspace(database, registry, 'default')
    await publishDefinitions(database, registry, 'default', benchDefinitions, 'bench')
  },
}

/** The same database, whose creates leave no audit row: a SELECT that nobody reads stands where it was written. */
function withoutAudit(db: Database): Database {
  const INSERT = /INSERT INTO \S+\.tenon_audit \([^)]*\) SELECT/
  return {
    ...db,
    query: <Row>(statement: Statement) => {
      if (!INSERT.test(statement.text)) return db.query<Row>(statement)
      const text = statement.text.replace(INSERT, 'SELECT')
      return db.query<Row>({ ...statement, text, name: `bare ${statement.name}`.slice(0, 60) })
    },
  }
}

/** Nanoseconds on a CPU of a process, as its scheduler counts them. */
const cpuOf = (pid: number): number => Number(readFileSync(`/proc/${pid}/schedstat`, 'utf8').split(' ', 1)[0])

let serial = 0

/** Microseconds of CPU a create. */
interface Turn {
  readonly database: number
  readonly server: number
}

async function turn(context: RequestContext, pid: number): Promise<Turn> {
  const begun = { database: cpuOf(pid), server: process.cpuUsage() }
  for (let at = 0; at < creates; at++) {
    serial++
    const body = {
      name: `Customer ${serial}`,
      phone: `+8613${900_000_000 + serial}`,
      status: 'open',
      amount: at,
    }
    const email = `customer${serial}@ex.test`
    await createRecord(context, 'customer', { ...body, email, level: 'b', industry: 'retail', score: 50 })
  }
  const { user, system } = process.cpuUsage(begun.server)
  return { database: (cpuOf(pid) - begun.database) / 1_000 / creates, server: (user + system) / creates }
}

const testDatabase = await createTestDatabase(template)
const db = testDatabase.open(1)
const models = await createModelStore(testDatabase.open(2), registry)
try {
  const model = (await models.current('default'))!
  const id = newId()
  await db.query({
    text: `INSERT INTO ws_default."user" (id, name, email, roles, language, active) VALUES ($1, 'Bench', 'bench@ex.test', ARRAY['administrator'], 'en', true)`,
    values: [id],
  })
  const actor = (await findActor(db, model, id))!
  const common = { model, actor, search: registry.search(), via: 'api' } as const
  const contexts = {
    with: requestContext({ ...common, db }),
    without: requestContext({ ...common, db: withoutAudit(db) }),
  }
  const { rows } = await db.query<{ pid: number }>({ text: 'SELECT pg_backend_pid() AS pid' })
  const pid = rows[0]!.pid
  const found: Record<'with' | 'without', Turn[]> = { with: [], without: [] }
  for (let pair = -1; pair < pairs; pair++) {
    for (const way of pair % 2 === 0 ? (['with', 'without'] as const) : (['without', 'with'] as const)) {
      const one = await turn(contexts[way], pid)
      if (pair >= 0) found[way].push(one) // the first turns warm up
    }
  }
  const entries = await db.query<{ n: number; a: number }>({
    text: `SELECT (SELECT count(*)::int FROM ws_default.customer) AS n, (SELECT count(*)::int FROM ws_default.tenon_audit WHERE action = 'create') AS a`,
  })
  const { n, a } = entries.rows[0]!
  if (n - a < pairs * creates)
    throw new Error(`${n} records and ${a} audit rows: the bare creates were audited`)
  // Other programs may run beside: each turn is compared with the one next to it.
  const cpu = {
    database: (one: Turn) => one.database,
    server: (one: Turn) => one.server,
    whole: (one: Turn) => one.database + one.server,
  }
  for (const [name, of] of Object.entries(cpu)) {
    const [audited, bare] = [median(found.with.map(of)), median(found.without.map(of))]
    const costs = median(found.with.map((one, pair) => of(one) - of(found.without[pair]!)))
    console.log(
      `${name}: ${bare.toFixed(0)} µs of CPU a create without its audit row, ${audited.toFixed(0)} with it; ` +
        `the row costs ${costs.toFixed(0)} µs, ${((costs / bare) * 100).toFixed(1)} %`,
    )
  }
} finally {
  await models.close()
  await testDatabase.drop()
}
process.exit(0)
