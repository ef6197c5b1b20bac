import { randomUUID } from 'node:crypto'
import { expect } from 'chai'
import { dataOf, openDraft, planOf, publishAll, type Written } from '../support/drafts.ts'
import { startEngine, type TestEngine } from '../support/engine.ts'
import type { Client } from '../support/http.ts'
import { eventually, loginAs, outcome } from '../support/http-model.ts'

const definitions = [
  {
    ...{ kind: 'entity', name: 'firm', title: 'name' },
    fields: [
      { name: 'name', type: 'text' },
      { name: 'town', type: 'text' },
      { name: 'size', type: 'integer' },
    ],
  },
  {
    ...{ kind: 'validation', name: 'small', entity: 'firm', problem: { message: 'Too large.' } },
    must: { or: [{ '==': [{ var: 'size' }, null] }, { '<': [{ var: 'size' }, 100] }] },
  },
  { kind: 'role', name: 'seller', default: { create: true, read: 'all', update: 'all' } },
  {
    ...{ kind: 'flow', name: 'greet', trigger: { record: 'firm', on: ['created'] } },
    steps: [{ do: 'run', flow: 'mark' }],
  },
  {
    ...{ kind: 'flow', name: 'mark', trigger: { record: 'firm', button: {} } },
    steps: [{ do: 'update', set: { size: 1 } }],
  },
  {
    ...{ kind: 'flow', name: 'move', trigger: { record: 'firm', on: ['changed'], fields: ['town'] } },
    steps: [{ do: 'update', set: { size: 5 } }],
  },
] as unknown as readonly Written[]

const flow = (name: string, trigger: object, steps: readonly object[]): Written =>
  ({ kind: 'flow', name, trigger: { record: 'firm', ...trigger }, steps }) as unknown as Written
/** A step that waits for a town. */
const UNTIL_THERE = { do: 'wait', when: { '==': [{ var: 'town' }, 'there'] } }

interface RunLine {
  readonly id: string
  readonly flow: string
  readonly state: string
  readonly tried: boolean
}

describe('runs of flows that some people try', () => {
  let engine: TestEngine
  let admin: Client
  let sue: Client & { readonly id: string }
  let count = 0

  before(async () => {
    engine = await startEngine()
    admin = await engine.loginAdmin()
    await publishAll(admin, definitions)
    sue = await loginAs(admin, 'sue', ['seller'])
  })
  after(async () => engine?.stop())

  const tried = async (items: readonly Written[]): Promise<string> => {
    const id = await openDraft(admin, items)
    const { hash } = await planOf(admin, id)
    dataOf(await admin.put(`/api/meta/changesets/${id}/pilot`, { hash, people: [sue.id] }), 200)
    return id
  }
  const withdraw = async (id: string) =>
    expect((await admin.delete(`/api/meta/changesets/${id}/pilot`)).status).to.equal(204)
  const make = async (who: Client): Promise<string> =>
    (await who.post('/api/records/firm', { name: `f${++count}` })).record.id
  const sizeOf = async (firm: string) => (await admin.get(`/api/records/firm/${firm}`)).record.size
  const runsOf = async (firm: string, name: string): Promise<readonly RunLine[]> =>
    (await admin.get(`/api/flows/runs?record=${firm}&flow=${name}`)).records as unknown as RunLine[]
  const inState = (firm: string, name: string, state: string) =>
    eventually(async () => (await runsOf(firm, name))[0]?.state === state)
  const act = async (id: string, what: string) => await admin.post(`/api/flows/runs/${id}/${what}`, {})

  it('are those of a flow as well that starts another one of the draft', async () => {
    const id = await tried([flow('mark', { button: {} }, [{ do: 'update', set: { size: 2 } }])])
    const [ofSue, ofAdmin] = [await make(sue), await make(admin)]
    await eventually(async () => (await sizeOf(ofSue)) !== null && (await sizeOf(ofAdmin)) !== null)
    expect([await sizeOf(ofSue), await sizeOf(ofAdmin)]).to.deep.equal([2, 1])
    await withdraw(id)
  })

  it('are done again as they are tried, and once they are not as it is in force', async () => {
    const id = await tried([
      flow('mark', { button: {} }, [{ do: 'update', set: { size: 2 } }]),
      flow('size', { on: ['created'] }, [{ do: 'update', set: { size: 7 } }]),
    ])
    const firm = await make(sue)
    for (const name of ['mark', 'size']) await inState(firm, name, 'done')
    const again = async (name: string) => {
      const runs = await runsOf(firm, name)
      return outcome(await act(runs.at(-1)!.id, 'replay'))
    }
    expect(await again('size')).to.equal('200')
    await inState(firm, 'size', 'done')
    expect((await runsOf(firm, 'size')).map((run) => run.tried)).to.deep.equal([true, true])
    await admin.patch(`/api/records/firm/${firm}`, { size: 9 })
    expect(await again('mark')).to.equal('200')
    await eventually(async () => (await sizeOf(firm)) !== 9)
    expect(await sizeOf(firm)).to.equal(2)
    await withdraw(id)
    expect(await again('size')).to.equal('404 FLOW_UNKNOWN')
    expect(await again('mark')).to.equal('200')
    await eventually(async () => (await sizeOf(firm)) === 1)
    expect((await runsOf(firm, 'mark'))[0]).to.deep.include({ tried: false })
  })

  it("stand in nobody else's way, however long they take", async () => {
    const id = await tried([
      flow('move', { on: ['changed'], fields: ['town'] }, [UNTIL_THERE, { do: 'update', set: { size: 6 } }]),
    ])
    const firm = await make(admin)
    await eventually(async () => (await sizeOf(firm)) === 1)
    const move = (who: Client, town: string) => who.patch(`/api/records/firm/${firm}`, { town })
    expect((await move(sue, 'here')).status).to.equal(200)
    await inState(firm, 'move', 'sleeping')
    expect((await move(admin, 'elsewhere')).status).to.equal(200)
    await inState(firm, 'move', 'done')
    expect(await sizeOf(firm)).to.equal(5)
    // Of the draft itself there is one at a time as ever.
    expect((await move(sue, 'nowhere')).status).to.equal(200)
    expect((await move(sue, 'there')).status).to.equal(200)
    await eventually(async () => (await sizeOf(firm)) === 6)
    expect((await runsOf(firm, 'move')).map((run) => [run.state, run.tried])).to.deep.equal([
      ['done', false],
      ['done', true],
    ])
    await withdraw(id)
  })

  it('do no more once it is taken back, also those that failed', async () => {
    const id = await tried([flow('size', { on: ['created'] }, [{ do: 'update', set: { size: 1000 } }])])
    const firm = await make(sue)
    await inState(firm, 'size', 'failed')
    const [run] = await runsOf(firm, 'size')
    await withdraw(id)
    expect((await runsOf(firm, 'size'))[0]?.state).to.equal('cancelled')
    expect(outcome(await act(run!.id, 'retry'))).to.equal('409 FLOW_RUN_STATE')
  })

  it('leave to what is in force what is to happen once, where they had done nothing yet', async () => {
    const trigger = { on: ['changed'], fields: ['name'] }
    const only = { ...flow('only', trigger, [{ do: 'update', set: { size: 7 } }]), runs: 'once' }
    await publishAll(admin, [only])
    const id = await tried([{ ...only, ...{ steps: [UNTIL_THERE, { do: 'update', set: { size: 8 } }] } }])
    const firm = await make(sue)
    const rename = async (name: string) =>
      expect((await sue.patch(`/api/records/firm/${firm}`, { name })).status).to.equal(200)
    await rename('Once')
    await inState(firm, 'only', 'sleeping')
    await withdraw(id)
    await rename('Again')
    await eventually(async () => (await admin.get(`/api/records/firm/${firm}`)).record.size === 7)
    expect((await runsOf(firm, 'only')).map(({ state }) => state)).to.have.members(['cancelled', 'done'])
  })

  it('are cancelled as well where a node has begun them that had not heard of it', async () => {
    const { id, firm, run } = await sleeping()
    await withdraw(id)
    await inState(firm, 'size', 'cancelled')
    await engine.database.query({
      text: "UPDATE ws_default.tenon_run SET state = 'waiting', due_at = now(), ended_at = NULL WHERE id = $1",
      values: [run],
    })
    await make(admin) // whose flow calls for those who take steps
    await eventually(async () => (await runsOf(firm, 'size'))[0]?.state !== 'waiting')
    expect((await runsOf(firm, 'size'))[0]?.state).to.equal('cancelled')
  })

  it('call nobody any more, whatever they were just about to do', async () => {
    const { id, firm, run } = await sleeping()
    const withdrawn = await engine.database.transaction(async (tx) => {
      await tx.query({ text: 'SELECT 1 FROM ws_default.tenon_run WHERE id = $1 FOR UPDATE', values: [run] })
      const going = withdraw(id)
      await waiting()
      await tx.query({
        text: `INSERT INTO ws_default.tenon_outgoing (id, connection, name, operation, purpose, key, state, input, run, step, most_tries, until, due_at, created_at)
VALUES ($1::uuid, $1::uuid, 'erp', 'send', 'call', $1::text, 'waiting', '{}', $2, 1, 1, now() + interval '1 hour', now() + interval '1 hour', now())`,
        values: [randomUUID(), run],
      })
      return { going }
    })
    await withdrawn.going
    const { rows } = await engine.database.query<{ state: string }>({
      text: 'SELECT state FROM ws_default.tenon_outgoing WHERE run = $1',
      values: [run],
    })
    expect([await runsOf(firm, 'size'), rows].flat().map(({ state }) => state)).to.deep.equal([
      'cancelled',
      'cancelled',
    ])
  })

  /** A run that is tried and waits. */
  const sleeping = async () => {
    const id = await tried([
      flow('size', { on: ['created'] }, [UNTIL_THERE, { do: 'update', set: { size: 3 } }]),
    ])
    const firm = await make(sue)
    await inState(firm, 'size', 'sleeping')
    return { id, firm, run: (await runsOf(firm, 'size'))[0]!.id }
  }
  /** Until somebody waits for the lock of a run. */
  const waiting = () =>
    eventually(async () => {
      const { rows } = await engine.database.query({
        text: "SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%tenon_run r SET%'",
      })
      return rows.length > 0
    })
})
