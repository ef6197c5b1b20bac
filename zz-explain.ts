import { runningUrl } from './engine/db/embedded/embedded.ts'
import { openDatabase } from './engine/db/pool.ts'
import { createModelStore } from './engine/model/store.ts'
import { requestContext } from './engine/records/context.ts'
import { bind } from './engine/records/parameters.ts'
import { parseList } from './engine/records/parse-list.ts'
import { planList } from './engine/records/plan-list.ts'
import { fullRegistry } from './test/support/model-world.ts'
import { startTenon } from './test/bench/targets.ts'
import { uuidOf } from './test/bench/ids.ts'
const tenon = await startTenon('/tmp/tb/data', 4001)
const db = openDatabase({ url: runningUrl('/tmp/tb/data')!, poolSize: 2, statementTimeoutMs: 0 })
if (process.env.TARGET) { const t0 = performance.now(); await db.query({ text: `ALTER TABLE ws_default.customer ALTER COLUMN search SET STATISTICS ${process.env.TARGET}` }); await db.query({ text: 'ANALYZE ws_default.customer (search)' }); console.log('analyze', performance.now() - t0) }
const x = await db.query<any>({ text: "SELECT array_length(most_common_elem_freqs,1) n, most_common_elem_freqs[1:3]::text f, most_common_elem_freqs[array_length(most_common_elem_freqs,1)-3:]::text l FROM pg_stats WHERE tablename='customer' AND attname='search'" }); console.log(x.rows)
const registry = fullRegistry()
const models = await createModelStore(db, registry)
const model = (await models.current('default'))!
const admin = { kind: 'user', id: uuidOf('user', 1), name: 'A', roles: ['administrator'], roleKey: 'administrator', language: 'en' } as any
const context = requestContext({ model, actor: admin, db, search: registry.search(), via: 'api' })
const customer = model.entities.get('customer')!
for (const q of process.argv.slice(2)) {
  const { text, values } = bind(planList(context, customer, parseList(context, customer, { q, limit: '40', sort: '-created_at', fields: 'id,name,account', expand: 'account' })).page, context)
  for (let i = 0; i < 2; i++) {
  const t = performance.now(); const r = await db.query<any>({ text: `EXPLAIN (ANALYZE, BUFFERS, TIMING OFF) ${text}`, values: values ?? [] })
  console.log(q, (performance.now() - t).toFixed(1)); if (i === 1) console.log(r.rows.map((x: any) => x['QUERY PLAN']).filter((l: string) => /Scan|rows=/.test(l)).slice(3,9).join('\n'))
  }
}
await models.close(); await db.close(); await tenon.stop()
