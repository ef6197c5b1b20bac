import { expect } from 'chai'
import { waitingSince, wake } from '../../engine/jobs/wake.ts'
import { dataOf, inForce, openDraft, planOf, publishAll, type Written } from '../support/drafts.ts'
import { startEngine, type TestEngine } from '../support/engine.ts'
import { sendEvent } from '../support/fake-esign.ts'
import type { Client } from '../support/http.ts'
import { eventually, loginAs } from '../support/http-model.ts'

type Flow = Written & { readonly trigger: object; readonly steps: readonly object[] }

const isOpen = { '==': [{ var: 'state' }, 'open'] }
const definitions = [
  {
    ...{ kind: 'entity', name: 'visit', title: 'name' },
    fields: [
      { name: 'name', type: 'text' },
      { name: 'state', type: 'text' },
      { name: 'due', type: 'date_time' },
      { name: 'size', type: 'integer' },
    ],
  },
  {
    ...{ kind: 'flow', name: 'remind', trigger: { record: 'visit', time: { after: 'PT1S', field: 'due' } } },
    steps: [{ do: 'update', set: { state: 'reminded' } }],
  },
  {
    ...{ kind: 'flow', name: 'sweep', trigger: { schedule: { every: 'PT1H' } } },
    steps: [
      { name: 'open', do: 'find', entity: 'visit', filter: isOpen },
      {
        ...{ do: 'for_each', in: 'steps.open.records' },
        steps: [{ do: 'update', record: 'item', set: { state: 'swept' } }],
      },
    ],
  },
  {
    ...{ kind: 'flow', name: 'confirm', trigger: { record: 'visit', button: {} } },
    steps: [{ do: 'update', set: { state: 'confirmed' } }],
  },
  { kind: 'connection', name: 'erp', connector: 'http', settings: { url: 'http://127.0.0.1:9' } },
  {
    ...{ kind: 'flow', name: 'paid', trigger: { event: 'erp.paid', gives: { amount: 'number' } } },
    steps: [
      {
        ...{ do: 'create', entity: 'visit' },
        set: { name: { var: 'steps.trigger.payer' }, size: { var: 'steps.trigger.amount' } },
      },
    ],
  },
  { kind: 'role', name: 'host', default: { create: true, read: 'all', update: 'all' } },
] as unknown as readonly Written[]

interface Example {
  readonly by: string
  readonly is_new: boolean
  readonly record: { readonly label: string } | null
  readonly now: { readonly does: string; readonly steps?: readonly { readonly text: string }[] } | null
  readonly draft: { readonly does: string; readonly steps?: readonly { readonly text: string }[] } | null
}
interface Watched {
  readonly name: string
  readonly looked_at: number
  readonly same: number
  readonly differing: Readonly<Record<string, number>>
  readonly examples: readonly Example[]
}

describe('a silent run of flows that no write sets off', () => {
  let engine: TestEngine
  let admin: Client
  let host: Client

  before(async () => {
    engine = await startEngine()
    admin = await engine.loginAdmin()
    await publishAll(admin, definitions)
    host = await loginAs(admin, 'hana', ['host'])
    dataOf(await admin.put('/api/connections/erp/secrets', { token: 't', hook_secret: 'hook' }), 200)
  })
  after(async () => engine?.stop())

  const at = (id: string): string => `/api/meta/changesets/${id}/silent`
  const begun = async (drafted: readonly Written[]): Promise<string> => {
    const id = await openDraft(admin, drafted)
    const { hash } = await planOf(admin, id)
    dataOf(await admin.put(at(id), { hash }), 200)
    return id
  }
  const watchedOf = async (id: string, name: string): Promise<Watched> => {
    const { run } = dataOf<{ run: { definitions: readonly Watched[] } }>(await admin.get(at(id)), 200)
    return run.definitions.find((one) => one.name === name)!
  }
  const found = async (id: string, name: string, times: number): Promise<Watched> => {
    await eventually(async () => (await watchedOf(id, name)).looked_at >= times)
    return await watchedOf(id, name)
  }
  const differing = ({ differing: all }: Watched) =>
    Object.fromEntries(Object.entries(all).filter(([, times]) => times > 0))
  const texts = (side: Example['now']) => side?.steps?.map(({ text }) => text)
  const make = async (values: object) => (await host.post('/api/records/visit', values)).record
  const read = async (id: string) => (await admin.get(`/api/records/visit/${id}`)).record
  const drafted = async (name: string, change: (flow: Flow) => object): Promise<Written> => {
    const flow = await inForce<Flow>(admin, `flow/${name}`)
    return { ...flow, ...change(flow) }
  }

  it('asks both sides when the time of a record comes, as the record was then', async () => {
    const soon = (ms: number) => new Date(Date.now() + ms).toISOString()
    const id = await begun([
      await drafted('remind', (flow) => ({
        trigger: { ...flow.trigger, when: { '>': [{ var: 'size' }, 5] } },
        steps: [{ do: 'update', when: { '==': [{ var: 'state' }, 'open'] }, set: { state: 'called' } }],
      })),
    ])
    const small = await make({ name: 'small', state: 'open', size: 1, due: soon(0) })
    const large = await make({ name: 'large', state: 'open', size: 9, due: soon(100) })
    const remind = await found(id, 'remind', 2)
    expect(differing(remind)).to.deep.equal({ only_now: 1, other_steps: 1 })
    const [last, first] = remind.examples
    expect([first!.by, first!.record?.label, first!.draft?.does]).to.deep.equal(['time', 'small', 'nothing'])
    // The flow in force has marked it by then; the draft finds it as it was.
    expect([last!.record?.label, texts(last!.draft)?.length]).to.deep.equal(['large', 1])
    await eventually(async () => (await read(large.id)).state === 'reminded')
    expect((await read(small.id)).state).to.equal('reminded')
    expect((await admin.delete(at(id))).status).to.equal(204)
  })

  it('tells apart moments that the draft has moved', async () => {
    const trigger = { record: 'visit', time: { field: 'due' } }
    const id = await begun([await drafted('remind', () => ({ trigger }))])
    await make({ name: 'moved', due: new Date(Date.now() + 400).toISOString() })
    const remind = await found(id, 'remind', 2)
    expect(differing(remind)).to.deep.equal({ only_draft: 1, only_now: 1 })
    expect(remind.examples.map(({ now, draft }) => [now!.does, draft!.does])).to.deep.equal([
      ['runs', 'nothing'],
      ['nothing', 'runs'],
    ])
    expect((await admin.delete(at(id))).status).to.equal(204)
  })

  it('asks both when a schedule comes, on records as the flow in force finds them', async () => {
    const open = await make({ name: 'open', state: 'open', size: 1 })
    const id = await begun([
      await drafted('sweep', ({ steps: [find, each] }) => ({
        steps: [{ ...find, filter: { and: [isOpen, { '>': [{ var: 'size' }, 3] }] } }, each],
      })),
    ])
    const big = await make({ name: 'big', state: 'open', size: 5 })
    // The clock has looked, and looks no more before it is called.
    await eventually(async () => {
      const { rows } = await engine.database.query({
        text: `SELECT 1 FROM "ws_default".tenon_silent_clock c JOIN "ws_default".tenon_silent_run r ON r.id = c.run
WHERE r.ended_at IS NULL`,
      })
      return rows.length > 0
    })
    await eventually(async () => (await waitingSince(engine.database, 'flow_clock', 'default')) !== undefined)
    for (const [table, more] of [
      ['tenon_silent_clock', ''],
      ['tenon_flow_clock', ", since = since - interval '1 hour', due_at = due_at - interval '1 hour'"],
    ]) {
      await engine.database.query({
        text: `UPDATE "ws_default".${table} SET looked_at = looked_at - interval '1 hour'${more}`,
      })
    }
    await wake(engine.database, 'flow_clock', { workspace: 'default' }, { key: 'default' })
    const sweep = await found(id, 'sweep', 1)
    expect([sweep.looked_at, differing(sweep)]).to.deep.equal([1, { other_steps: 1 }])
    const [example] = sweep.examples
    expect([example!.by, example!.record, example!.is_new]).to.deep.equal(['schedule', null, false])
    await eventually(async () => (await read(big.id)).state === 'swept')
    expect([
      (await read(open.id)).state,
      texts(example!.now)?.length,
      texts(example!.draft)?.length,
    ]).to.deep.equal(['swept', 4, 3])
    expect((await admin.delete(at(id))).status).to.equal(204)
  })

  it('asks both when somebody presses a button, and whether it would be theirs', async () => {
    const pressed = await make({ name: 'press', state: 'open' })
    const press = async () =>
      expect((await host.post(`/api/records/visit/${pressed.id}/actions/confirm`)).status).to.equal(202)
    const steps = [{ do: 'update', set: { state: 'agreed' } }]
    const id = await begun([await drafted('confirm', () => ({ steps }))])
    await press()
    const confirm = await found(id, 'confirm', 1)
    expect([differing(confirm), confirm.examples[0]!.by]).to.deep.equal([{ other_steps: 1 }, 'button'])
    expect((await admin.delete(at(id))).status).to.equal(204)
    const narrowed = await begun([
      await drafted('confirm', () => ({
        trigger: { record: 'visit', button: { for: [{ role: 'administrator' }] } },
      })),
    ])
    await eventually(async () => (await read(pressed.id)).state === 'confirmed')
    await press()
    expect(differing(await found(narrowed, 'confirm', 1))).to.deep.equal({ only_now: 1 })
    expect((await admin.delete(at(narrowed))).status).to.equal(204)
  })

  it('asks both when a connection tells something, also a flow that is new', async () => {
    const flow: Written = await drafted('paid', ({ steps }) => ({
      steps: [{ ...steps[0], when: { '>': [{ var: 'steps.trigger.amount' }, 100] } }],
    }))
    const also = {
      ...flow,
      id: undefined,
      name: 'also',
      steps: [{ do: 'create', entity: 'visit', set: { name: 'x' } }],
    }
    const id = await begun([flow, also])
    for (const [index, amount] of [500, 5].entries()) {
      const told = JSON.stringify({ id: `e${index}`, event: 'paid', data: { payer: 'Acme', amount } })
      expect(await sendEvent(`${engine.url}/api/hooks/erp`, told, 'hook')).to.equal(202)
    }
    const paid = await found(id, 'paid', 2)
    expect([paid.same, differing(paid)]).to.deep.equal([1, { other_steps: 1 }])
    expect([paid.examples[0]!.by, texts(paid.examples[0]!.draft)]).to.deep.equal(['event', []])
    expect(differing(await found(id, 'also', 2))).to.deep.equal({ only_draft: 2 })
    const visits = (await admin.get('/api/records/visit?limit=200')).records.map(({ name }) => name)
    expect(visits.filter((name) => name === 'Acme' || name === 'x')).to.deep.equal(['Acme', 'Acme'])
    expect((await admin.delete(at(id))).status).to.equal(204)
  })

  it('says that a button which is not there can be pressed by nobody', async () => {
    const flow: Written = await inForce(admin, 'flow/confirm')
    const id = await openDraft(admin, [{ ...flow, id: undefined, name: 'fresh' }])
    const { problems } = dataOf<{ problems: { code: string; path: string; message: string }[] }>(
      await admin.get(at(id)),
      200,
    )
    expect(problems.map(({ code, path }) => `${code} ${path}`)).to.deep.equal([
      'META_SILENT_UNFIT /flow/fresh',
    ])
    expect(problems[0]!.message).to.contain('按钮')
  })
})
