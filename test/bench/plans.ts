import type { Actor } from '../../engine/access/actor.ts'
import type { Database, Statement } from '../../engine/db/database.ts'
import { createModelStore } from '../../engine/model/store.ts'
import { planAggregate } from '../../engine/records/aggregate.ts'
import { type RequestContext, requestContext } from '../../engine/records/context.ts'
import { bind } from '../../engine/records/parameters.ts'
import { parseAggregate } from '../../engine/records/parse-aggregate.ts'
import { parseList } from '../../engine/records/parse-list.ts'
import { planList } from '../../engine/records/plan-list.ts'
import type { Registry } from '../../engine/registry/registry.ts'
import { uuidOf } from './ids.ts'

const sales: Actor = {
  kind: 'user',
  id: uuidOf('user', 7),
  name: 'User 7',
  roles: ['sales'],
  roleKey: 'sales',
  language: 'en',
}

/** The plans that PostgreSQL takes for what a salesperson reads, as text. */
export async function printPlans(db: Database, registry: Registry): Promise<string> {
  const models = await createModelStore(db, registry)
  try {
    const model = await models.current('default')
    if (model === undefined) throw new Error('the workspace is not there')
    const context = requestContext({ model, actor: sales, db, search: registry.search(), via: 'api' })
    const parts: string[] = []
    for (const [name, statement] of Object.entries(statementsOf(context))) {
      const { text, values } = statement
      const found = await db.query<{ 'QUERY PLAN': string }>({
        text: `EXPLAIN (ANALYZE, TIMING OFF) ${text}`,
        values: values ?? [],
      })
      parts.push(`${name}\n${found.rows.map((row) => row['QUERY PLAN']).join('\n')}\n`)
    }
    return parts.join('\n')
  } finally {
    await models.close()
  }
}

function statementsOf(context: RequestContext): Readonly<Record<string, Statement>> {
  const customer = context.model.entities.get('customer')!
  const list = (raw: Record<string, unknown>) =>
    bind(planList(context, customer, parseList(context, customer, raw)).page, context)
  const isNew = { '==': [{ var: 'status' }, 'new'] }
  const grouped = { group: ['status'], measures: [{ fn: 'count' }, { fn: 'sum', field: 'amount' }] }
  return {
    'W2 list': list({ filter: isNew, sort: '-created_at' }),
    'W6 list with names': list({ filter: isNew, sort: '-created_at', expand: 'account,owner' }),
    'W7 search': list({ q: 'tenvor' }),
    'W5 sums': bind(planAggregate(context, customer, parseAggregate(context, customer, grouped)), context),
  }
}
