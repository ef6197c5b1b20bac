import { expect } from 'chai'
import { createModelStore, type ModelStore } from '../../../engine/model/store.ts'
import { observeNothing } from '../../../engine/observe.ts'
import { lookAtClock } from '../../../engine/process/flows/clock.ts'
import type { FlowDeps } from '../../../engine/process/flows/deps.ts'
import { drainRuns } from '../../../engine/process/flows/drain.ts'
import { queueWakes } from '../../../engine/process/flows/wakes.ts'
import { dataOf, inForce, openDraft, publishAll, type Written } from '../../support/drafts.ts'
import { startEngine, type TestEngine } from '../../support/engine.ts'
import type { ApiRecord, Client } from '../../support/http.ts'
import { eventually, outcome } from '../../support/http-model.ts'
import { fullRegistry } from '../../support/model-world.ts'

const SCHEMA = '"ws_default"'
/** An object that has it as a plain key would look like a promise. */
const THEN = 'then'

const flow = (name: string, trigger: object, steps: readonly object[], more: object = {}) => ({
  kind: 'flow',
  name,
  trigger,
  steps,
  ...more,
})
const tell = (title: string, more: object = {}) => ({
  do: 'notify',
  to: { user: 'admin@example.com' },
  title,
  ...more,
})

const ON_STATE = { record: 'chore', on: ['changed'], fields: ['state'] }

const DEFINITIONS = [
  {
    kind: 'entity',
    name: 'chore',
    title: 'name',
    owned: true,
    fields: [
      { name: 'name', type: 'text', required: true, unique: true },
      { name: 'state', type: 'text' },
      { name: 'count', type: 'integer', max: 3 },
      { name: 'due_at', type: 'date_time' },
      { name: 'due_on', type: 'date' },
      { name: 'parent', type: 'lookup', to: 'chore', inverse: 'parts', onDelete: 'clear' },
    ],
  },
  flow('fails', { record: 'chore', on: ['changed'], when: { '==': [{ var: 'state' }, 'fail'] } }, [
    tell('before'),
    { name: 'bad', do: 'update', add: { count: 9 } },
    tell('behind'),
  ]),
  flow('checks', { record: 'chore', on: ['changed'], when: { '==': [{ var: 'state' }, 'check'] } }, [
    { do: 'update', add: { count: 9 } },
    { do: 'wait', until: { after: 'P1D' } },
  ]),
  flow('mended', { record: 'chore', on: ['changed'], when: { '==': [{ var: 'state' }, 'mend'] } }, [
    { do: 'update', add: { count: 9 }, onError: { any: [tell('mended')] } },
    tell('on'),
  ]),
  flow('ping', { record: 'chore', on: ['changed'], when: { '==': [{ var: 'state' }, 'ping'] } }, [
    { do: 'update', set: { state: 'pong' } },
  ]),
  flow('pong', { record: 'chore', on: ['changed'], when: { '==': [{ var: 'state' }, 'pong'] } }, [
    { do: 'update', set: { state: 'ping' } },
  ]),
  // Only of the state: what it counts is a change as well, and the run that came of it would be cut.
  flow('parts', { ...ON_STATE, when: { '==': [{ var: 'state' }, 'all'] } }, [
    {
      do: 'for_each',
      in: 'parts',
      steps: [
        {
          do: 'branch',
          when: { '==': [{ var: 'item.name' }, 'second'] },
          [THEN]: [{ do: 'update', record: 'item', set: { state: 'chosen' } }],
          else: [{ do: 'update', record: 'item', set: { state: { var: 'name' } } }],
        },
      ],
    },
    {
      name: 'found',
      do: 'find',
      entity: 'chore',
      filter: { '==': [{ var: 'parent' }, { var: 'record.id' }] },
    },
    { do: 'update', set: { count: { var: 'steps.found.count' } } },
  ]),
  flow('press', { record: 'chore', button: {} }, [
    { do: 'update', set: { state: 'pressed' } },
    { do: 'stop' },
  ]),
  flow('finish', { record: 'chore', button: {}, when: { '==': [{ var: 'state' }, 'pressed'] } }, [
    { do: 'stop' },
  ]),
  flow('due', { record: 'chore', time: { before: 'PT1H', field: 'due_at', missed: 'now' } }, [tell('due')]),
  flow('day', { record: 'chore', time: { after: 'P1M', field: 'due_on' } }, [tell('a month later')]),
  flow('waits', { record: 'chore', on: ['changed'], when: { '==': [{ var: 'state' }, 'wait'] } }, [
    {
      name: 'pause',
      do: 'wait',
      when: { '==': [{ var: 'state' }, 'go'] },
      within: { after: 'P2D' },
      late: [tell('late')],
    },
    tell('gone on'),
  ]),
  flow('nightly', { schedule: { cron: '30 2 * * *' } }, [tell('night')]),
]

describe('runs of flows', () => {
  let engine: TestEngine
  let admin: Client
  let models: ModelStore
  let clock = new Date()
  let deps: FlowDeps

  before(async () => {
    engine = await startEngine()
    admin = await engine.loginAdmin()
    await publishAll(admin, DEFINITIONS)
    const registry = fullRegistry()
    models = await createModelStore(engine.database, registry)
    deps = {
      ...{ db: engine.database, registry, observe: observeNothing, now: () => clock, wakes: queueWakes },
      modelOf: (name) => models.current(name),
    }
  })
  after(async () => {
    await models.close()
    await engine.stop()
  })

  const query = async <T extends object>(text: string, values: unknown[] = []) =>
    (await engine.database.query<T>({ text, values })).rows
  let made = 0
  const make = async (body: object = {}): Promise<ApiRecord> =>
    dataOf(await admin.post('/api/records/chore', { name: `work ${++made}`, ...body }), 201)
  const patch = (id: string, body: object) => admin.patch(`/api/records/chore/${id}`, body)
  const read = async (id: string) => (await admin.get(`/api/records/chore/${id}`)).record
  const runsOf = async (id: string, name: string) =>
    (await admin.get(`/api/flows/runs?flow=${name}&record=${id}`)).records as readonly (ApiRecord & {
      state: string
    })[]
  const ended = async (id: string, name: string) => {
    await eventually(async () => !['waiting', undefined].includes((await runsOf(id, name))[0]?.state))
    const run = (await runsOf(id, name))[0]!
    return (await admin.get(`/api/flows/runs/${run.id}`)).record as ApiRecord & {
      readonly state: string
      readonly fault: { readonly code: string } | null
      readonly journal: readonly {
        readonly action: string
        readonly state: string
        readonly sentence: string
        readonly path: string
      }[]
    }
  }
  const told = async (id: string) =>
    (
      await query<{ title: string }>(
        `SELECT "title" AS title FROM ${SCHEMA}."notification" WHERE "record" = $1 ORDER BY "created_at", "id"`,
        [id],
      )
    ).map(({ title }) => title)
  /** Looks at the clock and takes what is due, as if it were this late. */
  async function at(instant: string): Promise<void> {
    clock = new Date(instant)
    await lookAtClock(deps, (await models.current('default'))!)
    await drainRuns(deps, 'default', () => false)
  }

  it('ends in the list of the dead where a step fails, and goes on from there when it is retried', async () => {
    const job = await make()
    await patch(job.id, { state: 'fail' })
    const run = await ended(job.id, 'fails')
    expect(run.state).to.equal('failed')
    expect(run.fault?.code).to.equal('FIELD_NUMBER_TOO_LARGE')
    expect(run.journal.map(({ action, state, path }) => [action, state, path])).to.deep.equal([
      ['notify', 'done', '/steps/0'],
      ['update', 'failed', '/steps/1'],
    ])
    expect(run.journal[1]!.sentence).to.equal('更新该记录：+ count：9')
    for (const record of ['x', '%00', `${job.id}%20`])
      expect(outcome(await admin.get(`/api/flows/runs?record=${record}`))).to.equal('422 FIELD_TYPE_WRONG')
    const dead = (await admin.get('/api/flows/runs?state=dead')).records.map(({ id }) => id)
    expect(dead).to.include(run.id)
    await patch(job.id, { count: -6, state: 'mended by hand' })
    expect((await admin.post(`/api/flows/runs/${run.id}/retry`)).record).to.deep.equal({ run: run.id })
    const again = await ended(job.id, 'fails')
    expect([again.state, (await read(job.id)).count]).to.deep.equal(['done', 3])
    expect(await told(job.id)).to.deep.equal(['before', 'behind'])
    const replayed = (await admin.post(`/api/flows/runs/${run.id}/replay`)).record as unknown as {
      run: string
    }
    expect(replayed.run).to.not.equal(run.id)
    expect((await admin.post(`/api/flows/runs/${run.id}/retry`)).problems[0]?.code).to.equal('FLOW_RUN_STATE')
  })

  it('is not taken up again while a later run has its record', async () => {
    const job = await make()
    await patch(job.id, { state: 'check' })
    const run = await ended(job.id, 'checks')
    expect(run.fault?.code).to.equal('FIELD_NUMBER_TOO_LARGE')
    await patch(job.id, { count: -6 })
    await eventually(async () => (await read(job.id)).count === 3)
    const answer = await admin.post(`/api/flows/runs/${run.id}/retry`)
    expect(outcome(answer)).to.equal('409 FLOW_RUN_OPEN')
    expect((await admin.get(`/api/flows/runs/${run.id}`)).record.state).to.equal('failed')
  })

  it('goes on behind a fault for which steps are said', async () => {
    const job = await make()
    await patch(job.id, { state: 'mend' })
    const run = await ended(job.id, 'mended')
    expect(run.state).to.equal('done')
    expect(run.journal.map(({ path, state }) => `${path} ${state}`)).to.deep.equal([
      '/steps/0 failed',
      '/steps/0/onError/any/0 done',
      '/steps/1 done',
    ])
    expect(await told(job.id)).to.deep.equal(['mended', 'on'])
  })

  it('cuts flows that answer each other, and tells it', async () => {
    const job = await make()
    await patch(job.id, { state: 'ping' })
    await eventually(async () => (await runsOf(job.id, 'ping')).some(({ state }) => state === 'cut'))
    const states = async (name: string) => (await runsOf(job.id, name)).map(({ state }) => state)
    expect([await states('ping'), await states('pong')]).to.deep.equal([['cut', 'done'], ['done']])
    expect((await runsOf(job.id, 'ping'))[0]!.fault).to.include({ code: 'FLOW_LOOP' })
  })

  it('goes through a list, decides for each, and knows what it found', async () => {
    const job = await make()
    const parts = [
      await make({ parent: job.id }),
      await make({ parent: job.id, name: 'second' }),
      await make({ parent: job.id }),
    ]
    await patch(job.id, { state: 'all' })
    expect((await ended(job.id, 'parts')).state).to.equal('done')
    expect(await Promise.all(parts.map(async ({ id }) => (await read(id)).state))).to.deep.equal([
      job.name,
      'chosen',
      job.name,
    ])
    expect((await read(job.id)).count).to.equal(3)
  })

  it('shows what a flow would do as it is drafted, where the tables that are there bear it', async () => {
    const job = await make()
    const chore = await inForce<Written & { readonly fields: readonly object[] }>(admin, 'entity/chore')
    const drafted = await openDraft(admin, [
      { ...chore, fields: [...chore.fields, { name: 'hue', type: 'text' }] },
      flow('fresh', { record: 'chore', button: {} }, [{ do: 'update', set: { state: 'new' } }]),
      flow('press', { record: 'chore', button: {} }, [{ do: 'stop' }]),
      flow('early', { record: 'chore', button: {} }, [{ do: 'update', set: { hue: 'red' } }]),
    ] as never)
    const shown = async (name: string) => {
      const answer = await admin.post(`/api/flows/${name}/simulate`, { record: job.id, changeset: drafted })
      if (answer.status !== 200) return [answer.status, answer.problems[0]?.code]
      const { journal } = answer.record as ApiRecord & { journal: readonly { action: string }[] }
      return [200, journal.map(({ action }) => action)]
    }
    expect(await shown('fresh')).to.deep.equal([200, ['update']])
    expect(await shown('press')).to.deep.equal([200, ['stop']])
    expect(await shown('early')).to.deep.equal([422, 'FLOW_DRAFT_NEEDS_MORE'])
    expect(await shown('nowhere')).to.deep.equal([404, 'FLOW_UNKNOWN'])
    expect([(await read(job.id)).version, await runsOf(job.id, 'fresh')]).to.deep.equal([1, []])
    await admin.delete(`/api/meta/changesets/${drafted}`)
  })

  it('runs by a button, and shows what it would do without doing it', async () => {
    const job = await make()
    const shown = (await admin.post('/api/flows/press/simulate', { record: job.id })).record as ApiRecord & {
      journal: readonly { action: string }[]
    }
    expect([shown.state, shown.journal.map(({ action }) => action)]).to.deep.equal([
      'done',
      ['update', 'stop'],
    ])
    expect([(await read(job.id)).version, await runsOf(job.id, 'press')]).to.deep.equal([1, []])
    const open = async () => {
      const buttons = (await admin.get(`/api/records/chore/${job.id}/actions`)).records
      return buttons.map(({ name }) => String(name)).sort()
    }
    expect(await open()).to.deep.equal(['press']) // the condition of the other does not hold, and is kept:
    expect((await admin.post(`/api/records/chore/${job.id}/actions/finish`)).problems[0]?.code).to.equal(
      'FLOW_CONDITION_UNMET',
    )
    expect((await admin.post(`/api/records/chore/${job.id}/actions/press`)).status).to.equal(202)
    expect((await ended(job.id, 'press')).state).to.equal('done')
    expect((await read(job.id)).state).to.equal('pressed')
    expect(await open()).to.deep.equal(['finish', 'press'])
    expect((await admin.post(`/api/records/chore/${job.id}/actions/no_such`)).problems[0]?.code).to.equal(
      'FLOW_UNKNOWN',
    )
  })

  it('follows a time that moves three times, and reminds once', async () => {
    await at('2031-01-01T00:00:00Z')
    const job = await make({ due_at: '2031-01-02T10:00:00.000Z' })
    await patch(job.id, { due_at: '2031-01-03T10:00:00.000Z' })
    await patch(job.id, { due_at: '2031-01-02T08:00:00.000Z' })
    await patch(job.id, { due_at: '2031-01-04T10:00:00.000Z' })
    await at('2031-01-04T08:59:59Z')
    expect(await told(job.id)).to.deep.equal([])
    await at('2031-01-04T09:00:01Z')
    await at('2031-01-04T09:00:02Z')
    expect(await told(job.id)).to.deep.equal(['due'])
    await at('2031-02-01T00:00:00Z')
    expect(await told(job.id)).to.deep.equal(['due'])
  })

  it('counts months by the calendar: the 31st of January and a month is the last of February, leap days too', async () => {
    await at('2031-12-01T00:00:00Z')
    const job = await make({ due_on: '2032-01-31' })
    await at('2032-02-28T15:59:59Z')
    expect(await told(job.id)).to.deep.equal([])
    await at('2032-02-28T16:00:01Z') // midnight of the 29th in Shanghai
    expect(await told(job.id)).to.deep.equal(['a month later'])
  })

  it('waits for a record: it goes on when the record does, or when it is late', async () => {
    clock = new Date()
    const [quick, slow] = [await make(), await make()]
    await patch(quick.id, { state: 'wait' })
    await patch(slow.id, { state: 'wait' })
    await eventually(async () => (await runsOf(slow.id, 'waits'))[0]?.state === 'sleeping')
    await eventually(async () => (await runsOf(quick.id, 'waits'))[0]?.state === 'sleeping')
    await patch(quick.id, { state: 'go' })
    await eventually(async () => (await runsOf(quick.id, 'waits'))[0]?.state === 'done')
    expect(await told(quick.id)).to.deep.equal(['gone on'])
    await at(new Date(Date.now() + 2 * 86_400_000 + 60_000).toISOString())
    expect(await told(slow.id)).to.deep.equal(['late', 'gone on'])
  })
})
