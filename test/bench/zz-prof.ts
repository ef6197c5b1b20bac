import { readFileSync } from 'node:fs'
import { flowWorld } from '../support/flow-world.ts'
const rows = Number(process.env.ROWS ?? 600)
const definitions = [
  { kind: 'entity', name: 'lead', title: 'name', owned: true,
    fields: [ { name: 'name', type: 'text', required: true }, { name: 'city', type: 'text' }, { name: 'touches', type: 'integer' } ] },
  { kind: 'flow', name: 'welcome',
    trigger: { record: 'lead', on: ['created'], when: { '!!': [{ var: 'city' }] } },
    steps: [ { name: 'count', do: 'update', add: { touches: 1 } }, { name: 'tell', do: 'notify', to: { field: 'owner' }, title: 'A new lead' } ] },
]
const world = await flowWorld(definitions)
const owner = await world.create('user', { name: 'Li', email: 'li@example.com', roles: ['administrator'] })
world.set(new Date().toISOString())
for (let i = 0; i < rows; i += 200) {
  await Promise.all(Array.from({ length: 200 }, (_, k) => world.create('lead', { name: `L ${i + k}`, city: 'x', owner })))
}
const stat = async () => {
  const pids = (await world.query<{pid: number}>("SELECT pid FROM pg_stat_activity WHERE datname = current_database()")).map(r => r.pid)
  let ticks = 0
  for (const p of pids) { try { const f = readFileSync(`/proc/${p}/stat`, 'utf8').split(') ')[1]!.split(' '); ticks += Number(f[11]) + Number(f[12]) } catch {} }
  return ticks * 10
}
const timed = async (what: string, n: number, f: () => Promise<unknown>) => {
  const c = process.cpuUsage(); const d = await stat(); const t = performance.now()
  await f()
  const u = process.cpuUsage(c); const ms = (u.user + u.system) / 1000
  const db = await stat() - d
  const wall = performance.now() - t
  console.log(`${what}: wall ${(wall / n).toFixed(2)} ms each, engine cpu ${(ms / n).toFixed(2)}, db cpu ${(db / n).toFixed(2)}; ${(1000 * n / (ms + db)).toFixed(0)} a second of one core; ${(1000*n/wall).toFixed(0)}/s wall`)
}
await timed('hear', rows, () => world.hear())
const counts = new Map<string, { n: number; ms: number }>()
if (process.env.LOG) {
  const db = world.deps.db as any
  const wrap = (q: any) => async (s: any) => { const t = performance.now(); try { return await q(s) } finally { const k = (s.name ? '[P] ' : '') + s.text.replace(/\s+/g, ' ').slice(0, 150); const c = counts.get(k) ?? { n: 0, ms: 0 }; c.n++; c.ms += performance.now() - t; counts.set(k, c) } }
  const orig = db.transaction, oq = db.query
  db.query = wrap(oq)
  db.transaction = (work: any, o: any) => { const c = counts.get('BEGIN') ?? { n: 0, ms: 0 }; c.n++; counts.set('BEGIN', c); return orig((tx: any) => work({ ...tx, query: wrap(tx.query) }), o) }
}
await timed('drain', rows, () => world.drain())
for (const [k, c] of [...counts].sort((a, b) => b[1].ms - a[1].ms)) console.log((c.n / rows).toFixed(2), (c.ms / rows).toFixed(2), k)
const [s] = await world.query<any>("SELECT count(*) n, count(*) filter (where state='done') done FROM ws_default.tenon_run")
console.log(s, (await world.told()).length)
await world.close()
process.exit(0)
