import { expect } from 'chai'
import type { Actor } from '../../../engine/access/actor.ts'
import type { Database } from '../../../engine/db/database.ts'
import { createModelStore } from '../../../engine/model/store.ts'
import { requestContext } from '../../../engine/records/context.ts'
import { listRecords } from '../../../engine/records/list.ts'
import { publishAll } from '../../support/drafts.ts'
import { startEngine, type TestEngine } from '../../support/engine.ts'
import { fullRegistry } from '../../support/model-world.ts'

const RECORDS = 40_000
const EVERYBODY: Actor = {
  ...{ kind: 'user', id: '01900000-0000-7000-8000-000000000001', name: 'A', language: 'en' },
  ...{ roles: ['administrator'], roleKey: 'administrator' },
}

interface PlanNode {
  readonly 'Node Type': string
  readonly 'Actual Rows': number
  readonly 'Actual Loops': number
  readonly 'Rows Removed by Filter'?: number
  readonly 'Rows Removed by Index Recheck'?: number
  readonly Plans?: readonly PlanNode[]
}

/** The rows that the scans of a plan touched. */
function touched(node: PlanNode): number {
  const below = (node.Plans ?? []).reduce((sum, inner) => sum + touched(inner), 0)
  if (!/^(Seq|Index|Index Only|Bitmap Heap) Scan$/.test(node['Node Type'])) return below
  const rows =
    node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0) + (node['Rows Removed by Index Recheck'] ?? 0)
  return below + rows * node['Actual Loops']
}

describe('the work of a search that sees all records', () => {
  let engine: TestEngine
  let search: (q: string, sort?: string) => Promise<{ found: number; touched: number }>
  let close: () => Promise<void>

  before(async () => {
    engine = await startEngine()
    const admin = await engine.loginAdmin()
    const fields = [{ name: 'name', type: 'text', required: true, searchable: true }]
    await publishAll(admin, [{ kind: 'entity', name: 'company', fields }])
    await admin.post('/api/records/company', { name: 'seed' })
    const registry = fullRegistry()
    const models = await createModelStore(engine.database, registry)
    close = () => models.close()
    const model = (await models.current('default'))!
    const { table } = model.entities.get('company')!
    // Every fifth record is a "common", the rest have one of sixteen words: the rarest of which are common enough for the
    // planner to believe that a page of any word is soon met.
    await engine.database.query({
      text: `INSERT INTO ${table} SELECT (jsonb_populate_record(t, jsonb_build_object(
  'id', uuidv7(), 'created_at', now() - n * interval '1 second',
  'search', CASE WHEN n % 5 = 0 THEN '["common"]'::jsonb ELSE jsonb_build_array('w' || n % 20) END))).*
FROM ${table} t, generate_series(1, $1) n`,
      values: [RECORDS],
    })
    await engine.database.query({ text: `ANALYZE ${table}` })
    let rows = 0
    const { query } = engine.database
    const watched: Database = {
      ...engine.database,
      async query<T>(statement: Parameters<Database['query']>[0]) {
        if (statement.text.startsWith('SELECT string_agg')) {
          const { rows: plans } = await query<{ 'QUERY PLAN': readonly { Plan: PlanNode }[] }>({
            text: `EXPLAIN (ANALYZE, FORMAT JSON) ${statement.text}`,
            values: statement.values ?? [],
          })
          const plan = plans[0]!['QUERY PLAN']
          rows += touched((typeof plan === 'string' ? JSON.parse(plan) : plan)[0].Plan)
        }
        return query<T>(statement)
      },
    }
    // Tokens as they stand above: what a real word is cut into is another test's matter.
    const words = {
      ...registry.search(),
      questionOf: (text: string) => [{ text, alternatives: [{ tokens: [text], recheck: false }] }],
    }
    const context = requestContext({ model, actor: EVERYBODY, db: watched, search: words, via: 'api' })
    search = async (q, sort = '-created_at') => {
      rows = 0
      const { body } = await listRecords(context, 'company', { q, sort, limit: '20' })
      return { found: (JSON.parse(body) as { data: unknown[] }).data.length, touched: rows }
    }
  })
  after(async () => {
    await close?.()
    await engine?.stop()
  })

  const cases = [
    { q: 'nowhere', found: 0, most: 10, what: 'a word that stands nowhere' },
    { q: 'w7', found: 20, most: 2_500, what: 'a word that stands in some' },
    { q: 'common', found: 20, most: 400, what: 'a word that stands in many' },
    { q: 'nowhere', sort: 'name', found: 0, most: 10, what: 'a word that stands nowhere, in another order' },
  ]
  for (const { q, sort, found, most, what } of cases)
    it(`touches few rows for ${what}`, async () => {
      const answer = await search(q, sort)
      expect(answer.found).to.equal(found)
      expect(answer.touched).to.be.at.most(most)
    })
})
