import { expect } from 'chai'
import type { Database, Executor, Statement } from '../../../engine/db/database.ts'
import { waitingSince } from '../../../engine/jobs/wake.ts'
import { lookAtClock } from '../../../engine/process/flows/clock.ts'
import { RUNS_TASK } from '../../../engine/process/flows/drain.ts'
import { dropEndedRuns, missedRunsTask } from '../../../engine/process/flows/upkeep.ts'
import { resolvePeople } from '../../../engine/process/who.ts'
import { type FlowWorld, flowWorld } from '../../support/flow-world.ts'
import { SCHEMA } from '../../support/model-world.ts'

const DEFINITIONS = [
  {
    kind: 'entity',
    name: 'work',
    title: 'name',
    fields: [
      { name: 'name', type: 'text' },
      { name: 'due_at', type: 'date_time' },
      { name: 'due_on', type: 'date' },
      { name: 'campus', type: 'text' },
    ],
  },
  { kind: 'entity', name: 'note', title: 'text', fields: [{ name: 'text', type: 'text' }] },
  { kind: 'role', name: 'seller', default: { read: 'none' } },
  {
    kind: 'flow',
    name: 'remind',
    trigger: { record: 'work', time: { before: 'PT1H', field: 'due_at' } },
    steps: [{ do: 'create', entity: 'note', set: { text: { var: 'name' } } }],
  },
  {
    kind: 'flow',
    name: 'later',
    trigger: { record: 'work', time: { after: 'P1M', field: 'due_on' } },
    steps: [{ do: 'create', entity: 'note', set: { text: { var: 'name' } } }],
  },
  {
    kind: 'flow',
    name: 'greet',
    trigger: { record: 'work', on: ['created'] },
    steps: [{ do: 'create', entity: 'note', set: { text: 'hello' } }],
    runs: 'many',
  },
]

/** The same database, and every statement of its transactions. */
function watched(db: Database, seen: Statement[]): Database {
  const spy = <E extends Executor>(executor: E): E => ({
    ...executor,
    query: (statement: Statement) => {
      seen.push(statement)
      return executor.query(statement)
    },
  })
  return { ...db, transaction: (work, options) => db.transaction((tx) => work(spy(tx)), options) }
}

describe('the clock of flows, their upkeep, and who is meant', () => {
  let world: FlowWorld
  before(async () => {
    world = await flowWorld(DEFINITIONS)
  })
  after(() => world.close())

  const model = async () => (await world.deps.modelOf('default'))!

  it('finds what is due in a large table without reading it', async () => {
    await lookAtClock(world.deps, await model())
    await world.query(
      `INSERT INTO ${SCHEMA}.work (id, name, due_at, due_on) SELECT gen_random_uuid(), 'n' || n, ` +
        "timestamptz '2031-01-05T00:00:00Z' + n * interval '10 minutes', date '2031-01-05' + n / 50 " +
        'FROM generate_series(0, 19999) n',
    )
    await world.query(`ANALYZE ${SCHEMA}.work`)
    world.set('2031-01-04T23:30:00.000Z')
    const seen: Statement[] = []
    const next = await lookAtClock({ ...world.deps, db: watched(world.db, seen) }, await model())
    expect(next?.toISOString()).to.equal('2031-01-04T23:40:00.000Z')
    expect((await world.runs('remind')).length).to.equal(4)
    const plans: string[] = []
    for (const { text, values } of seen.filter((one) => one.text.includes('"work" t'))) {
      const lines = await world.query<{ 'QUERY PLAN': string }>(`EXPLAIN ${text}`, values)
      plans.push(lines.map((line) => line['QUERY PLAN']).join('\n'))
    }
    expect(plans.length).to.be.greaterThan(3)
    expect(plans.filter((plan) => /Seq Scan on work|pkey on work/.test(plan))).to.deep.equal([])
  })

  it('tells the next time exactly where months are cut short', async () => {
    world.set('2032-01-20T00:00:00.000Z')
    await world.query(`DELETE FROM ${SCHEMA}.work`)
    for (const due_on of ['2032-01-29', '2032-01-31', '2032-02-01'])
      await world.create('work', { name: due_on, due_on })
    // Midnight of the 29th of February in Shanghai.
    expect((await lookAtClock(world.deps, await model()))?.toISOString()).to.equal('2032-02-28T16:00:00.000Z')
    world.set('2032-02-28T16:00:00.000Z')
    expect((await lookAtClock(world.deps, await model()))?.toISOString()).to.equal('2032-02-29T16:00:00.000Z')
    expect((await world.runs('later')).length).to.equal(2)
  })

  it('drops what ended long ago; what must never come again leaves its row', async () => {
    await world.settle()
    const before = await world.runs('greet')
    expect(before.map(({ state }) => state)).to.deep.equal(['done', 'done', 'done'])
    const steps = async () =>
      Number(
        (await world.query<{ n: string }>(`SELECT count(*)::text AS n FROM ${SCHEMA}.tenon_run_step`))[0]!.n,
      )
    expect(await steps()).to.be.greaterThan(3)
    const reminders = (await world.runs('remind')).length
    const [last] = await world.query(
      `SELECT max(created_at)::date::text AS day FROM ${SCHEMA}.tenon_run WHERE name = 'greet'`,
    )
    expect(await dropEndedRuns(world.db, SCHEMA, new Date('2031-06-01T00:00:00.000Z'))).to.equal(0)
    await world.create('work', { name: 'young' })
    world.set('2032-06-01T00:00:00.000Z')
    await world.settle()
    await dropEndedRuns(world.db, SCHEMA, new Date('2032-05-01T00:00:00.000Z'))
    expect((await world.runs('greet')).length).to.equal(1)
    expect((await world.runs('remind')).length).to.equal(reminders)
    // When the flow was last at work is not forgotten with its runs.
    const noted = await world.query(
      `SELECT o.day::text AS day FROM ${SCHEMA}.tenon_opened o JOIN ${SCHEMA}.tenon_run r ON r.flow = o.definition WHERE r.name = 'greet'`,
    )
    expect(noted).to.deep.equal([last])
    // Those of the young ones: of `greet`, and of `later` on the first of March.
    expect(await steps()).to.equal(2)
  })

  it('means the people whom a role, a field, a team or a level says, and passes over those who are away', async () => {
    const person = (name: string, body: object = {}) =>
      world.create('user', { name, email: `${name}@example.com`, ...body })
    const [boss, head] = [await person('boss'), await person('head')]
    const company = await world.create('team', { name: 'company', leader: boss })
    const north = await world.create('team', { name: 'north', leader: head, parent: company })
    const anna = await person('anna', { team: north, roles: ['seller'] })
    const bert = await person('bert', { team: north, roles: ['seller'] })
    const gone = await person('gone', { team: north, roles: ['seller'], active: false })
    await world.patch('user', head, { team: north })
    const source = {
      ...{ model: await model(), db: world.db },
      path: async (path: string) =>
        ({ owner: anna, helpers: [bert, gone, anna], chief: head, name: 'anna' })[path],
      value: async (rule: unknown) => rule,
    }
    const cases: readonly (readonly [unknown, readonly string[]])[] = [
      [{ user: 'ANNA@example.com' }, [anna]],
      [{ role: 'seller' }, [anna, bert]],
      [{ role: 'seller', in: { field: 'name' } }, [anna]],
      [{ role: 'seller', in: { field: 'nothing' } }, []],
      [{ team: 'north' }, [head, anna, bert]],
      [{ field: 'helpers' }, [bert, anna]],
      [{ leaderOf: 'owner' }, [head]],
      [{ leaderOf: 'owner', level: 2 }, [boss]],
      [{ leaderOf: 'owner', level: 3 }, []],
      [{ leaderOf: 'chief' }, [boss]],
      [{ leaderOf: 'helpers' }, [head]],
      [
        [{ field: 'owner' }, { team: 'north' }, { value: boss }],
        [anna, head, bert, boss],
      ],
    ]
    for (const [said, people] of cases)
      expect(await resolvePeople(source, said), JSON.stringify(said)).to.deep.equal(people)
    await world.patch('user', head, { active: false })
    expect(await resolvePeople(source, { leaderOf: 'owner' })).to.deep.equal([boss])
  })

  it('asks again for a run that somebody held, who may be no more', async () => {
    const id = await world.create('work', { name: 'held' })
    await world.hear()
    const ofIt = async () => (await world.runs('greet')).find(({ record }) => record === id)!
    const run = (await ofIt()).id
    await world.db.transaction(async (tx) => {
      await tx.query({
        text: `SELECT 1 FROM ${SCHEMA}.tenon_run WHERE id = $1::uuid FOR UPDATE`,
        values: [run],
      })
      expect(await world.drain()).to.equal('full')
    })
    expect((await ofIt()).state).to.equal('waiting')
    expect(await world.drain()).to.equal('all')
    expect((await ofIt()).state).to.equal('done')
  })

  it('calls each minute for runs that are due and at which nobody is', async () => {
    await world.create('work', { name: 'lost' })
    await world.hear()
    const look = async (minutes: number) => {
      await world.query("DELETE FROM graphile_worker._private_jobs WHERE key LIKE 'flow_runs %'")
      const now = () => new Date(world.deps.now().getTime() + minutes * 60_000)
      await missedRunsTask({ ...world.deps, now }).run(new AbortController().signal)
      return await waitingSince(world.db, RUNS_TASK, 'default')
    }
    expect(await look(0)).to.equal(undefined)
    expect(await look(2)).to.be.instanceOf(Date)
    expect(await world.drain()).to.equal('all')
    expect(await look(2)).to.equal(undefined)
  })
})
