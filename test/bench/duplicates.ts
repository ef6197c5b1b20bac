import { SYSTEM_ACTOR } from '../../engine/access/actor.ts'
import { openDatabase } from '../../engine/db/pool.ts'
import { registerBuiltInFields } from '../../engine/fields/built-in.ts'
import type { RunningJob } from '../../engine/jobs/run-job.ts'
import { bootstrapWorkspace } from '../../engine/model/bootstrap.ts'
import { publishDefinitions } from '../../engine/model/publish-definitions.ts'
import { createModelStore } from '../../engine/model/store.ts'
import { requestContext } from '../../engine/records/context.ts'
import { createRecord } from '../../engine/records/create.ts'
import { refreshKeysTask } from '../../engine/records/refresh-keys.ts'
import { createRegistry } from '../../engine/registry/registry.ts'
import { createSearch } from '../../engine/search/tokens.ts'
import { createTestDatabase } from '../support/postgres.ts'

/**
 * Duplicate rules over many companies: `RECORDS=1000000 npx tsx test/bench/duplicates.ts`. Prints how long their keys take
 * to make, how much room they need, and what a create costs with rules and without, one after the other.
 */
const records = Number(process.env.RECORDS ?? 1_000_000)
const TURNS = 200

const fields = [
  { name: 'name', type: 'text', required: true },
  { name: 'phone', type: 'phone' },
]
const definitions = [
  { kind: 'entity', name: 'firm', title: 'name', owned: true, fields },
  { kind: 'entity', name: 'plain', title: 'name', owned: true, fields },
  {
    ...{ kind: 'duplicate_rule', name: 'same_firm', entity: 'firm' },
    match: [{ field: 'phone' }, { field: 'name', as: 'company', similar: 0.85 }],
    ...Object.fromEntries([['then', 'warn']]),
  },
]

/** A name such as 上海永盛机械有限公司; some 1.6 million differ. */
const NAME = `
  (ARRAY['上海','北京','深圳','苏州','广州','杭州','成都','武汉'])[1 + i % 8] ||
  chr(19968 + (i::bigint * 7919 % 1200)::int) || chr(19968 + (i::bigint / 1200 * 104729 % 1400)::int) ||
  (ARRAY['机械','电子','贸易','科技','化工','食品','物流','建筑'])[1 + (i / 8) % 8] || '有限公司'`

const test = await createTestDatabase()
try {
  const db = openDatabase({ url: test.url, poolSize: 4, statementTimeoutMs: 0 })
  const registry = createRegistry()
  registerBuiltInFields(registry)
  registry.setSearch(createSearch())
  await bootstrapWorkspace(db, registry, 'default')
  await publishDefinitions(db, registry, 'default', definitions, 'Bench')
  for (const table of ['firm', 'plain']) {
    await db.query({
      text: `INSERT INTO ws_default.${table} (id, name, phone, created_at, updated_at, version)
SELECT gen_random_uuid(), ${NAME}, '138' || lpad(i::text, 8, '0'), now(), now(), 1 FROM generate_series(1, ${records}) i`,
    })
    await db.query({ text: `VACUUM ANALYZE ws_default.${table}` })
  }
  const models = await createModelStore(db, registry)
  const model = (await models.current('default'))!
  const search = registry.search()
  const context = requestContext({ db, search, model, actor: SYSTEM_ACTOR, via: 'api' })
  const entity = model.entities.get('firm')!.id
  const job = {
    payload: { workspace: 'default', entity },
    schema: model.schema,
    signal: new AbortController().signal,
    progress: async () => undefined,
  } as unknown as RunningJob
  const begun = performance.now()
  await refreshKeysTask(db, models, search).run(job)
  const seconds = (performance.now() - begun) / 1000
  await db.query({ text: 'VACUUM ANALYZE ws_default.tenon_duplicate_key' })
  const { rows } = await db.query<{ heap: string; index: string; keys: string }>({
    text: `SELECT pg_size_pretty(pg_table_size('ws_default.tenon_duplicate_key')) AS heap,
pg_size_pretty(pg_indexes_size('ws_default.tenon_duplicate_key')) AS index,
round(avg(cardinality(keys)), 1)::text AS keys FROM ws_default.tenon_duplicate_key`,
  })
  say(
    `${records} records: ${rows[0]!.keys} keys each, made in ${seconds.toFixed(0)} s, ${JSON.stringify(rows[0])}`,
  )
  const number = (turn: number) => `139${String(turn).padStart(8, '0')}`
  const create = (name: string, body: (turn: number) => object, isDryRun = false) =>
    time(`${name}`, async (turn) => {
      const stance = { duplicates: { isDryRun, found: [] } }
      await createRecord({ ...context, ...stance }, name.split(' ')[0]!, body(turn), { isDryRun })
    })
  await create('plain without a rule', (turn) => ({ name: `永盛${turn}号公司`, phone: number(turn) }))
  await create('firm that nobody is like', (turn) => ({
    ...{
      name: `${String.fromCodePoint(0x9000 + turn)}${String.fromCodePoint(0x8fff - turn)}精密仪器`,
      phone: number(turn),
    },
  }))
  await create(
    'firm like some (dry run)',
    (turn) => ({
      name: `${String.fromCodePoint(19968 + ((turn * 7919) % 1200))}一机械有限公司`,
      phone: number(turn),
    }),
    true,
  )
  await create(
    'firm with a phone that is there (dry run)',
    (turn) => ({ name: `第${turn}家`, phone: `138${String(turn + 1).padStart(8, '0')}` }),
    true,
  )
  const plan = await db.query<{ 'QUERY PLAN': string }>({
    text: `EXPLAIN (ANALYZE, BUFFERS, COSTS OFF) SELECT record FROM ws_default.tenon_duplicate_key
WHERE keys && (SELECT keys FROM ws_default.tenon_duplicate_key LIMIT 1)`,
  })
  say(plan.rows.map((row) => row['QUERY PLAN']).join('\n'))
  await models.close()
  await db.close()
} finally {
  await test.drop()
}

async function time(name: string, work: (turn: number) => Promise<void>): Promise<void> {
  const took: number[] = []
  for (let turn = 0; turn < TURNS; turn++) {
    const begun = performance.now()
    await work(turn)
    took.push(performance.now() - begun)
  }
  took.sort((one, other) => one - other)
  const at = (share: number) => took[Math.floor(took.length * share)]!.toFixed(1)
  say(`${name}: p50 ${at(0.5)} ms, p99 ${at(0.99)} ms`)
}

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}
