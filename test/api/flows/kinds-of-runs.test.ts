import { expect } from 'chai'
import type { Executor } from '../../../engine/db/database.ts'
import { BATCH_EVENTS } from '../../../engine/events/cursor.ts'
import { listDefinitions } from '../../../engine/model/definition-set.ts'
import { type FlowWorld, flowWorld } from '../../support/flow-world.ts'
import { SCHEMA } from '../../support/model-world.ts'

const flow = (name: string, trigger: object, steps: readonly object[], more: object = {}) => ({
  kind: 'flow',
  ...{ name, trigger, steps, ...more },
})
const when = (state: string) => ({
  record: 'work',
  on: ['created', 'changed'],
  when: { '==': [{ var: 'state' }, state] },
})
/** Makes something that can be counted. */
const note = (text: unknown) => ({ do: 'create', entity: 'note', set: { text } })

const WORK = {
  kind: 'entity',
  name: 'work',
  title: 'name',
  fields: [
    { name: 'name', type: 'text' },
    { name: 'state', type: 'text' },
    { name: 'remark', type: 'text' },
    { name: 'extra', type: 'text' },
    { name: 'count', type: 'integer', max: 3 },
    { name: 'other', type: 'lookup', to: 'work', inverse: 'others', onDelete: 'clear' },
  ],
}
const KEPT = flow('kept', when('keep'), [
  { name: 'pause', do: 'wait', until: { after: 'P1D' } },
  { name: 'write', do: 'update', set: { remark: { var: 'state' } } },
  { name: 'more', do: 'update', set: { extra: 'kept' } },
])

const DEFINITIONS = [
  WORK,
  { kind: 'entity', name: 'note', title: 'text', fields: [{ name: 'text', type: 'text' }] },
  flow('keyed', when('key'), [{ do: 'wait', until: { after: 'P1D' } }, note('keyed')], {
    key: { var: 'other' },
  }),
  flow('each', when('each'), [note({ var: 'name' })], { runs: 'many' }),
  flow('ever', when('ever'), [note({ var: 'name' })], { runs: 'once' }),
  flow('narrow', when('narrow'), [note('narrow')], { concurrency: 1 }),
  flow('twice', when('twice'), [{ name: 'add', do: 'update', add: { count: 9 }, retry: { times: 2 } }]),
  flow('long', when('long'), [{ name: 'add', do: 'update', add: { count: 9 }, retry: { for: 'PT10S' } }]),
  KEPT,
  flow('lost', when('lose'), [
    { name: 'pause', do: 'wait', until: { after: 'P1D' } },
    { name: 'write', do: 'update', set: { extra: 'x' } },
    note('behind'),
  ]),
  flow('imported', { record: 'work', on: ['created'], via: ['import'] }, [note('imported')]),
  ...['a', 'b', 'c'].map((name, index) =>
    flow(name, { record: 'work', button: {} }, [{ do: 'run', flow: ['b', 'c', 'a'][index] }], {}),
  ),
  flow('begins', when('circle'), [{ do: 'run', flow: 'a' }]),
  flow('over_there', when('jump'), [{ do: 'update', record: 'other', set: { state: 'jump' } }]),
]

describe('kinds of runs', () => {
  let world: FlowWorld
  before(async () => {
    world = await flowWorld(DEFINITIONS)
  })
  after(() => world.close())

  const states = async (name: string) => (await world.runs(name)).map(({ state }) => state)
  const notes = async () =>
    (await world.query<{ text: string }>(`SELECT text FROM ${SCHEMA}.note ORDER BY created_at, id`)).map(
      ({ text }) => text,
    )
  const counted = async (text: string) => (await notes()).filter((one) => one === text).length

  it('has one run a key, whatever the records', async () => {
    const [one, two] = [await world.create('work', {}), await world.create('work', {})]
    for (const other of [one, one, two, one]) await world.create('work', { state: 'key', other })
    await world.settle()
    expect(await states('keyed')).to.deep.equal(['sleeping', 'sleeping'])
    world.set('2031-01-02T00:00:01.000Z')
    await world.settle()
    expect([await states('keyed'), await counted('keyed')]).to.deep.equal([['done', 'done'], 2])
    await world.create('work', { state: 'key', other: one })
    await world.settle()
    expect(await states('keyed')).to.deep.equal(['done', 'done', 'sleeping'])
  })

  it('runs many times, once ever, or one at a time, as is said', async () => {
    for (const name of ['each', 'ever']) {
      const id = await world.create('work', { name, state: name })
      for (const state of ['rest', name, 'rest', name]) {
        await world.settle()
        await world.patch('work', id, { state })
      }
      await world.settle()
    }
    expect([await counted('each'), await counted('ever')]).to.deep.equal([3, 1])
  })

  it('lets no more runs of a flow work at once than it says', async () => {
    await world.create('work', { state: 'narrow' })
    await world.create('work', { state: 'narrow' })
    await world.hear()
    const [run] = await world.query<{ flow: string }>(
      `SELECT flow::text AS flow FROM ${SCHEMA}.tenon_run WHERE name = 'narrow' LIMIT 1`,
    )
    // Somebody else's run works: its place is taken.
    await world.db.transaction(async (tx: Executor) => {
      await tx.query({
        text: 'SELECT pg_advisory_xact_lock($1::int, hashtext($2))',
        values: [7_362_067, `${SCHEMA} ${run!.flow} 0`],
      })
      expect([await world.drain(), await states('narrow')]).to.deep.equal(['full', ['waiting', 'waiting']])
    })
    expect(await world.drain()).to.equal('all')
    expect([await states('narrow'), await counted('narrow')]).to.deep.equal([['done', 'done'], 2])
  })

  it('tries a refused step again as often as is said, each time later, and then gives up', async () => {
    world.set('2031-02-01T00:00:00.000Z')
    await world.create('work', { state: 'twice' })
    await world.settle()
    const seen: string[] = []
    for (const at of ['00:00:00.900', '00:00:01.000', '00:00:02.900', '00:00:03.000', '00:01:00.000']) {
      world.set(`2031-02-01T${at}Z`)
      await world.drain()
      const [run] = await world.runs('twice')
      seen.push(`${at} ${run!.state} ${run!.tries}`)
    }
    expect(seen).to.deep.equal([
      '00:00:00.900 waiting 1',
      '00:00:01.000 waiting 2',
      '00:00:02.900 waiting 2',
      '00:00:03.000 failed 3',
      '00:01:00.000 failed 3',
    ])
    expect((await world.runs('twice'))[0]!.fault?.code).to.equal('FIELD_NUMBER_TOO_LARGE')
  })

  it('tries for as long as is said, and goes on when the reason is gone', async () => {
    world.set('2031-03-01T00:00:00.000Z')
    const [given, mended] = [
      await world.create('work', { state: 'long' }),
      await world.create('work', { state: 'long' }),
    ]
    await world.settle()
    for (const second of [1, 3, 7]) {
      if (second === 7) await world.patch('work', mended, { count: -6 })
      world.set(`2031-03-01T00:00:0${second}.000Z`)
      await world.settle()
    }
    world.set('2031-03-01T00:00:15.000Z')
    await world.settle()
    const runs = new Map([...(await world.runs('long'))].reverse().map((run) => [run.record, run]))
    expect([runs.get(mended)!.state, runs.get(given)!.state, runs.get(given)!.tries]).to.deep.equal([
      'done',
      'failed',
      4,
    ])
  })

  it('ends on the version on which it began: what was renamed goes by its new name, what is gone is told', async () => {
    world.set('2031-04-01T00:00:00.000Z')
    const [kept, lost] = [
      await world.create('work', { state: 'keep' }),
      await world.create('work', { state: 'lose' }),
    ]
    await world.settle()
    const inForce = listDefinitions(await world.model.definitions())
    const work = inForce.find(({ kind, name }) => kind === 'entity' && name === 'work') as typeof WORK & {
      name: string
    }
    const fields = work.fields.map((field) =>
      field.name === 'remark' ? { ...field, name: 'comment' } : field,
    )
    const now = inForce.find(
      ({ kind, name }) => kind === 'flow' && name === 'kept',
    ) as unknown as typeof KEPT & {
      steps: { name?: string }[]
    }
    // The flow is another one by now: those that have begun keep to their own.
    const steps = [now.steps[0]!, note('new step')]
    const losing = inForce.find(
      ({ kind, name }) => kind === 'flow' && name === 'lost',
    ) as unknown as typeof KEPT
    await world.model.publish([
      { ...work, fields: fields.filter(({ name }) => name !== 'extra') },
      { ...now, name: 'held', steps },
      { ...losing, steps: [(losing.steps as object[])[0], (losing.steps as object[])[2]] },
    ])
    await world.deps.modelOf('default', true)
    world.set('2031-04-02T00:00:01.000Z')
    await world.settle()
    const [run] = await world.runs('kept')
    const stored = await world.query<{ comment: string }>(
      `SELECT remark AS comment FROM ${SCHEMA}.work WHERE id = $1`,
      [kept],
    )
    expect([stored[0]!.comment, run!.state, run!.fault?.code]).to.deep.equal([
      'keep',
      'failed',
      'FIELD_UNKNOWN',
    ])
    const [other] = (await world.runs('lost')).filter(({ record }) => record === lost)
    expect([
      other!.state,
      other!.fault?.code,
      await counted('behind'),
      await counted('new step'),
    ]).to.deep.equal(['failed', 'FIELD_UNKNOWN', 0, 0])
  })

  it('takes bulk writes and imports in batches, and tells them apart by their way', async () => {
    world.set('2031-05-01T00:00:00.000Z')
    await world.hear()
    world.batches.length = 0
    const create = Array.from({ length: BATCH_EVENTS + 100 }, (_, index) => ({ name: `n${index}` }))
    await world.bulk('work', { create }, 'import')
    await world.bulk('work', { create: create.slice(0, 5) })
    await world.hear()
    expect((await world.runs('imported')).length).to.equal(BATCH_EVENTS + 100)
    expect(world.batches.slice(0, 2)).to.deep.equal([BATCH_EVENTS, 105])
    await world.query(
      `UPDATE ${SCHEMA}.tenon_run SET state = 'cancelled', ended_at = due_at WHERE name = 'imported'`,
    )
  })

  it('cuts circles, of flows that run one another and of records that answer each other, and says the way', async () => {
    const id = await world.create('work', { state: 'circle' })
    const there = await world.create('work', {})
    const here = await world.create('work', { state: 'rest', other: there })
    await world.patch('work', there, { other: here })
    await world.patch('work', here, { state: 'jump' })
    await world.settle()
    const ofCircle = (await world.query<{ name: string; state: string; fault: string | null }>(
      `SELECT name, state, fault::text AS fault FROM ${SCHEMA}.tenon_run WHERE record = $1 ORDER BY id`,
      [id],
    )) as { name: string; state: string; fault: string | null }[]
    expect(ofCircle.map(({ name, state }) => `${name} ${state}`)).to.deep.equal([
      'begins done',
      'a done',
      'b done',
      'c done',
      'a cut',
    ])
    const { code, params } = JSON.parse(ofCircle.at(-1)!.fault!)
    expect([code, params.way]).to.deep.equal(['FLOW_LOOP', 'begins → a → b → c → a'])
    const jumps = await world.runs('over_there')
    expect(jumps.map(({ state }) => state)).to.deep.equal(['done', 'done', 'cut'])
    expect(jumps[2]!.fault?.code).to.equal('FLOW_LOOP')
  })
})
