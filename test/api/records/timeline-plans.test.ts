import { expect } from 'chai'
import { SYSTEM_ACTOR } from '../../../engine/access/actor.ts'
import type { Database, Statement } from '../../../engine/db/database.ts'
import { timelineOf } from '../../../engine/process/timeline/timeline.ts'
import { requestContext } from '../../../engine/records/context.ts'
import { type FlowWorld, flowWorld } from '../../support/flow-world.ts'
import { SCHEMA } from '../../support/model-world.ts'

const DEFINITIONS = [
  {
    kind: 'entity',
    name: 'deal',
    title: 'name',
    owned: true,
    features: ['comments', 'files'],
    fields: [
      { name: 'name', type: 'text', required: true },
      { name: 'stage', type: 'stage' },
    ],
  },
  {
    kind: 'entity',
    name: 'talk',
    title: 'title',
    owned: true,
    fields: [
      { name: 'title', type: 'text' },
      { name: 'about', type: 'dynamic_lookup', to: ['deal'], inverse: 'talks', onDelete: 'cascade' },
    ],
  },
  {
    kind: 'pipeline',
    name: 'deals',
    entity: 'deal',
    field: 'stage',
    stages: [{ name: 'fresh', type: 'open' }],
  },
]

/** Rows of each table of the record that is looked at, and of others. */
const OWN = 10_000
const OTHERS = 10_000

describe('the timeline of a record of ten thousand entries', () => {
  let world: FlowWorld
  let id: string
  before(async () => {
    world = await flowWorld(DEFINITIONS)
    id = await world.create('deal', { name: 'Long' })
    for (const text of filling(await world.context())) await world.query(text, [id])
    await world.query('ANALYZE')
  })
  after(() => world.close())

  type Model = Awaited<ReturnType<FlowWorld['context']>>['model']

  /** Every second row is of the record. */
  function filling({ model }: { readonly model: Model }): readonly string[] {
    const deal = model.entities.get('deal')!
    const rows = `generate_series(1, ${OWN + OTHERS}) n`
    const record = 'CASE WHEN n % 2 = 0 THEN $1::uuid ELSE gen_random_uuid() END'
    const at = "now() - n * interval '1 minute'"
    const into = (table: string, columns: string, values: string) =>
      `INSERT INTO ${SCHEMA}.${table} (${columns}) SELECT ${values} FROM ${rows}`
    const held = (table: string, columns: string, values: string) =>
      into(
        table,
        `id, created_at, about, about_entity, ${columns}`,
        `gen_random_uuid(), ${at}, ${record}, '${deal.id}', ${values}`,
      )
    return [
      into(
        'tenon_audit',
        'id, at, via, action, entity, record, version, changes, salt',
        `nextval('${SCHEMA}.tenon_audit_id'), now() - (40000 - n) * interval '1 minute', 'api', 'update', '${deal.id}', ${record}, 2, '{"name":{"before":"a","after":"b"}}', '\\x00'`,
      ),
      into(
        'tenon_stage_entry',
        'entity, record, field, to_stage, at, via',
        `'${deal.id}', ${record}, '${deal.fields.get('stage')!.id}', 'fresh', ${at}, 'api'`,
      ),
      into(
        'tenon_assignment',
        'at, assignment, name, version, entity, record, cause, outcome, trace',
        `${at}, gen_random_uuid(), 'a', 1, '${deal.id}', ${record}, 'created', 'nobody', '[]'`,
      ),
      into(
        'tenon_run',
        'id, flow, name, version, entity, record, state, due_at, cause, created_at, updated_at, ended_at',
        `gen_random_uuid(), gen_random_uuid(), 'f', 1, '${deal.id}', ${record}, 'done', now(), '{}', ${at}, now(), now()`,
      ),
      into(
        'tenon_approval',
        'id, approval, name, version, entity, record, submitter, state, locks, created_at, updated_at, ended_at',
        `gen_random_uuid(), gen_random_uuid(), 'p', 1, '${deal.id}', CASE WHEN n % 2000 = 0 THEN $1::uuid ELSE gen_random_uuid() END, gen_random_uuid(), 'approved', false, ${at}, now(), now()`,
      ),
      `INSERT INTO ${SCHEMA}.tenon_approval_entry (id, run, number, at, act, record_version) ` +
        `SELECT gen_random_uuid(), a.id, 1, a.created_at, 'submit', 1 FROM ${SCHEMA}.tenon_approval a WHERE $1::uuid IS NOT NULL`,
      held('comment', 'text', "'said'"),
      held('file', 'name, media_type, size, digest', "'f', 'text/plain', 1, 'd'"),
      held('talk', 'title', "'t'"),
    ]
  }

  async function ask(query: Readonly<Record<string, unknown>>) {
    const seen: Statement[] = []
    const { db } = world
    const spy: Database = {
      ...db,
      query: (statement: Statement) => {
        seen.push(statement)
        return db.query(statement)
      },
    } as Database
    const { model, search } = await world.context()
    const context = requestContext({ model, search, db: spy, via: 'api', actor: SYSTEM_ACTOR })
    const { body } = await timelineOf(context, 'deal', id, query)
    const { data, page } = JSON.parse(body) as {
      data: readonly { type: string }[]
      page: { next: string | null }
    }
    return { data, next: page.next, seen }
  }

  /** The plans that read more of a large table than a page. */
  async function wasteful(seen: readonly Statement[]): Promise<readonly string[]> {
    const plans: string[] = []
    for (const { text, values } of seen) {
      const lines = await world.query<{ 'QUERY PLAN': string }>(
        `EXPLAIN (ANALYZE, TIMING OFF) ${text}`,
        values,
      )
      plans.push(lines.map((line) => line['QUERY PLAN']).join('\n'))
    }
    const large = /Seq Scan on (tenon_\w+|comment|file|talk)\b.*rows=\d{3,}/
    const read = /\(actual rows=(\d+)/g
    return plans.filter(
      (plan) => large.test(plan) || [...plan.matchAll(read)].some(([, rows]) => Number(rows) > 200),
    )
  }

  it('reads of each source no more than a page, by an index', async () => {
    const first = await ask({ limit: 25 })
    expect(first.data.length).to.equal(25)
    expect(first.seen.length).to.be.within(9, 12)
    expect(await wasteful(first.seen)).to.deep.equal([])
  })

  it('nor does it a hundred pages further', async () => {
    let { next } = await ask({ limit: 200 })
    for (let page = 0; page < 12; page++) ({ next } = await ask({ limit: 200, after: next }))
    const deep = await ask({ limit: 25, after: next })
    expect(deep.data.length).to.equal(25)
    expect(await wasteful(deep.seen)).to.deep.equal([])
  })
})
