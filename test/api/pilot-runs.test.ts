import { expect } from 'chai'
import { dataOf, openDraft, planOf, publishAll, type Written } from '../support/drafts.ts'
import { startEngine, type TestEngine } from '../support/engine.ts'
import type { Client } from '../support/http.ts'
import { eventually, loginAs } from '../support/http-model.ts'

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
] as unknown as readonly Written[]

const flow = (name: string, trigger: object, steps: readonly object[]): Written =>
  ({ kind: 'flow', name, trigger: { record: 'firm', ...trigger }, steps }) as unknown as Written

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

  it('are those of a flow as well that starts another one of the draft', async () => {
    const id = await tried([flow('mark', { button: {} }, [{ do: 'update', set: { size: 2 } }])])
    const [ofSue, ofAdmin] = [await make(sue), await make(admin)]
    await eventually(async () => (await sizeOf(ofSue)) !== null && (await sizeOf(ofAdmin)) !== null)
    expect([await sizeOf(ofSue), await sizeOf(ofAdmin)]).to.deep.equal([2, 1])
    await withdraw(id)
  })
})
