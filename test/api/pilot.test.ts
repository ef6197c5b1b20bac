import { expect } from 'chai'
import { dataOf, inForce, openDraft, planOf, publish, publishAll, type Written } from '../support/drafts.ts'
import { startEngine, type TestEngine } from '../support/engine.ts'
import type { Client } from '../support/http.ts'
import { eventually, loginAs, outcome } from '../support/http-model.ts'

const definitions = [
  {
    kind: 'entity',
    name: 'firm',
    title: 'name',
    fields: [
      { name: 'name', type: 'text', label: 'Name' },
      { name: 'town', type: 'text' },
      { name: 'size', type: 'integer' },
    ],
  },
  { kind: 'role', name: 'seller', default: { create: true, read: 'all', update: 'all', delete: 'all' } },
  { kind: 'role', name: 'buyer', default: { create: true, read: 'all', update: 'all' } },
  { kind: 'role', name: 'writer', default: { read: 'all' }, administration: ['definitions'] },
  { kind: 'layout', name: 'firm_form', entity: 'firm', form: [{ name: 'main', fields: ['name', 'town'] }] },
  {
    kind: 'flow',
    name: 'mark',
    trigger: { record: 'firm', on: ['created'] },
    steps: [{ do: 'update', set: { size: 1 } }],
  },
] as unknown as readonly Written[]
const CHECK: Written = {
  ...{ kind: 'validation', name: 'town_first', entity: 'firm', problem: { message: 'Where is it?' } },
  must: { '!=': [{ var: 'town' }, null] },
}

interface Pilot {
  readonly pilot: {
    readonly count: number
    readonly current: boolean
    readonly people: readonly object[]
  } | null
  readonly ended: { readonly why: string; readonly problems: readonly { readonly path: string }[] } | null
  readonly problems: readonly { readonly code: string; readonly path: string }[]
}
type Person = Client & { readonly id: string }

describe('a draft that some people try first', () => {
  let engine: TestEngine
  let admin: Client
  let sue: Person
  let bob: Person
  let writer: Person
  let count = 0

  before(async () => {
    engine = await startEngine()
    admin = await engine.loginAdmin()
    await publishAll(admin, definitions)
    sue = await loginAs(admin, 'sue', ['seller'])
    bob = await loginAs(admin, 'bob', ['buyer'])
    writer = await loginAs(admin, 'wim', ['writer'])
  })
  after(async () => engine?.stop())

  const at = (id: string): string => `/api/meta/changesets/${id}/pilot`
  const pilot = async (id: string) => dataOf<Pilot>(await admin.get(at(id)), 200)
  const put = async (id: string, who: object) => {
    const { hash } = await planOf(admin, id)
    return admin.put(at(id), { hash, ...who })
  }
  const withdraw = (id: string) => admin.delete(at(id))
  const create = async (who: Client): Promise<string> =>
    outcome(await who.post('/api/records/firm', { name: `f${++count}` }))
  const tried = async (who: Client): Promise<unknown> =>
    dataOf<{ pilot?: { changeset: string } }>(await who.get('/api/auth/me'), 200).pilot?.changeset
  const formOf = async (who: Client): Promise<string> => (await who.get('/api/forms/firm')).text

  it('holds for its people alone, in everything they do, until it is withdrawn', async () => {
    const layout: Written = {
      ...(await inForce(admin, 'layout/firm_form')),
      form: [{ name: 'main', fields: ['name', 'size'] }],
    }
    const entity = await inForce<Written & { fields: { name: string }[] }>(admin, 'entity/firm')
    const worded = {
      ...entity,
      fields: entity.fields.map((one) => (one.name === 'name' ? { ...one, label: 'Company' } : one)),
    }
    const id = await openDraft(admin, [CHECK, layout, worded])
    expect(await create(sue)).to.equal('201')
    expect(dataOf<Pilot>(await put(id, { people: [sue.id] }), 200).pilot).to.deep.include({
      ...{ count: 1, current: true, people: [{ id: sue.id, label: 'sue' }] },
    })
    expect([await create(sue), await create(bob)]).to.deep.equal(['422 RECORD_VALIDATION_FAILED', '201'])
    expect([await tried(sue), await tried(bob)]).to.deep.equal([id, undefined])
    expect(await formOf(sue)).to.include('Company')
    expect(await formOf(bob)).not.to.include('Company')
    expect((await sue.get('/api/meta/model')).text).to.include('Company')
    expect((await bob.get('/api/meta/model')).text).not.to.include('Company')
    // What the definitions are, is what is in force.
    expect((await admin.get('/api/meta/definitions/validation')).text).not.to.include('town_first')
    const listed = (await admin.get('/api/meta/changesets')).records
    expect(listed.find((one) => one.id === id)!.piloted_since).to.be.a('string')
    expect(outcome(await admin.delete(`/api/meta/changesets/${id}`))).to.equal('409 META_PILOT_RUNNING')
    // Others now, without the draft looked at again.
    dataOf(await admin.put(at(id), { roles: ['buyer'] }), 200)
    expect([await create(sue), await create(bob)]).to.deep.equal(['201', '422 RECORD_VALIDATION_FAILED'])
    expect((await withdraw(id)).status).to.equal(204)
    expect([await create(sue), await create(bob)]).to.deep.equal(['201', '201'])
    expect(await tried(bob)).to.equal(undefined)
    expect((await pilot(id)).ended?.why).to.equal('withdrawn')
    expect(outcome(await withdraw(id))).to.equal('404 META_PILOT_NONE')
    const filter = encodeURIComponent(JSON.stringify({ '==': [{ var: 'action' }, 'pilot'] }))
    expect((await admin.get(`/api/records/audit_entry?filter=${filter}`)).records.length).to.equal(3)
  })

  it('gives what its people make to whom the draft says, and that of others as ever', async () => {
    const owned: Written[] = [
      { kind: 'entity', name: 'lead', title: 'name', owned: true, fields: [{ name: 'name', type: 'text' }] },
    ] as unknown as Written[]
    await publishAll(admin, owned)
    const assignment = {
      ...{ kind: 'assignment', name: 'leads', entity: 'lead', on: ['created'] },
      rules: [{ name: 'all', to: [{ user: 'bob@example.com' }] }],
    } as unknown as Written
    const rob = await loginAs(admin, 'rob', ['buyer'])
    const id = await openDraft(admin, [assignment])
    dataOf(await put(id, { people: [sue.id] }), 200)
    const ownerOf = async (who: Client) => {
      const made = await who.post('/api/records/lead', { name: 'l' })
      return (await admin.get(`/api/records/lead/${made.record.id}`)).record.owner
    }
    expect([await ownerOf(sue), await ownerOf(rob)]).to.deep.equal([bob.id, rob.id])
    await withdraw(id)
    expect(await ownerOf(sue)).to.equal(sue.id)
  })

  it('sets off its flows by what its people write and press, and those in force by what others do', async () => {
    const mark: Written = {
      ...(await inForce(admin, 'flow/mark')),
      steps: [{ do: 'update', set: { size: 2 } }],
    }
    const press = {
      ...{ kind: 'flow', name: 'press', label: 'Press', trigger: { record: 'firm', button: {} } },
      steps: [{ do: 'notify', to: { user: 'sue@example.com' }, message: 'pressed' }],
    } as unknown as Written
    const message = {
      ...{ kind: 'message', name: 'pressed', entity: 'firm' },
      ...{ subject: { en: 'Pressed {{name}}' }, body: { en: 'x' } },
    } as unknown as Written
    const id = await openDraft(admin, [mark, press, message])
    dataOf(await put(id, { people: [sue.id] }), 200)
    const make = async (who: Client) =>
      (await who.post('/api/records/firm', { name: `f${++count}` })).record.id
    const sized = (firm: string, size: number) =>
      eventually(async () => (await admin.get(`/api/records/firm/${firm}`)).record.size === size)
    const [ofSue, ofBob] = [await make(sue), await make(bob)]
    await sized(ofSue, 2)
    await sized(ofBob, 1)
    const buttons = async (who: Client) => (await who.get(`/api/records/firm/${ofBob}/actions`)).records
    expect([(await buttons(sue)).map(({ name }) => name), await buttons(bob)]).to.deep.equal([['press'], []])
    expect(outcome(await bob.post(`/api/records/firm/${ofBob}/actions/press`, {}))).to.match(/^404/)
    expect((await sue.post(`/api/records/firm/${ofBob}/actions/press`, {})).status).to.equal(202)
    const told = `Pressed ${(await admin.get(`/api/records/firm/${ofBob}`)).record.name}`
    await eventually(async () =>
      (await sue.get('/api/records/notification')).records.some(({ title }) => title === told),
    )
    const runs = async (name: string) =>
      (await admin.get(`/api/flows/runs?flow=${name}&limit=2`)).records.map(({ record, tried }) => [
        record,
        tried,
      ])
    const { records: last } = await admin.get('/api/flows/runs?limit=1')
    expect(last[0]).to.include({ flow: 'press', label: 'Press', tried: true })
    expect(await runs('mark')).to.have.deep.members([
      [ofSue, true],
      [ofBob, false],
    ])
    await withdraw(id)
    await sized(await make(sue), 1)
  })

  it('takes back with a pilot what its flows have not done yet, and lets it go on with its publish', async () => {
    const inForceNow = await inForce(admin, 'flow/mark')
    const patient: Written = {
      ...inForceNow,
      steps: [
        { do: 'wait', when: { '==': [{ var: 'town' }, 'there'] } },
        { do: 'update', set: { size: 3 } },
      ],
    }
    const begin = async (id: string): Promise<string> => {
      dataOf(await put(id, { people: [sue.id] }), 200)
      const firm = (await sue.post('/api/records/firm', { name: `f${++count}` })).record.id
      await eventually(async () => (await stateOf(firm)) === 'sleeping')
      return firm
    }
    const stateOf = async (firm: string): Promise<unknown> =>
      (await admin.get(`/api/flows/runs?record=${firm}`)).records[0]?.state
    const arrive = (firm: string) => admin.patch(`/api/records/firm/${firm}`, { town: 'there' })
    const taken = await openDraft(admin, [patient])
    const left = await begin(taken)
    await withdraw(taken)
    expect(await stateOf(left)).to.equal('cancelled')
    const kept = await openDraft(admin, [patient])
    const firm = await begin(kept)
    const { hash } = await planOf(admin, kept)
    dataOf(await publish(admin, kept, hash), 200)
    expect(await stateOf(firm)).to.equal('sleeping')
    for (const one of [left, firm]) expect((await arrive(one)).status).to.equal(200)
    const sizeOf = async (one: string) => (await admin.get(`/api/records/firm/${one}`)).record.size
    await eventually(async () => (await sizeOf(firm)) === 3)
    expect(await sizeOf(left)).to.equal(null)
    await publishAll(admin, [inForceNow])
  })

  it('gives people the draft as it was looked at, whatever is written into it since', async () => {
    const id = await openDraft(admin, [CHECK])
    dataOf(await put(id, { roles: ['seller'] }), 200)
    const open = { ...CHECK, must: { '==': [1, 1] } }
    dataOf(await admin.put(`/api/meta/changesets/${id}/definitions/validation/town_first`, open), 200)
    expect([await create(sue), (await pilot(id)).pilot?.current]).to.deep.equal([
      '422 RECORD_VALIDATION_FAILED',
      false,
    ])
    dataOf(await put(id, { roles: ['seller'] }), 200)
    expect([await create(sue), (await pilot(id)).pilot?.current]).to.deep.equal(['201', true])
    await withdraw(id)
  })

  it('goes on over what is published meanwhile, ends where that clashes, and with its own publish', async () => {
    const before: Written = await inForce(admin, 'layout/firm_form')
    const mine = { ...before, form: [{ name: 'main', fields: ['name', 'size'] }] }
    const [clashing, going] = [await openDraft(admin, [mine]), await openDraft(admin, [CHECK])]
    dataOf(await put(clashing, { people: [bob.id] }), 200)
    dataOf(await put(going, { people: [sue.id] }), 200)
    await publishAll(admin, [{ ...before, form: [{ name: 'main', fields: ['town'] }] }])
    const ended = (await pilot(clashing)).ended!
    expect([ended.why, ended.problems.map(({ path }) => path)]).to.deep.equal([
      'clash',
      ['/layout/firm_form/form/0/fields'],
    ])
    await eventually(async () => (await admin.get('/api/records/notification')).records.length > 0)
    const [told] = (await admin.get('/api/records/notification')).records
    expect([told!.entity, told!.record]).to.deep.equal(['changeset', clashing])
    expect([await tried(bob), await tried(sue)]).to.deep.equal([undefined, going])
    expect([await create(sue), await create(bob)]).to.deep.equal(['422 RECORD_VALIDATION_FAILED', '201'])
    const { hash } = await planOf(admin, going)
    dataOf(await publish(admin, going, hash), 200)
    expect([await create(sue), await create(bob)]).to.deep.equal([
      '422 RECORD_VALIDATION_FAILED',
      '422 RECORD_VALIDATION_FAILED',
    ])
    expect([await tried(sue), (await pilot(going)).ended?.why]).to.deep.equal([undefined, 'published'])
    await publishAll(admin, [], ['validation/town_first'])
  })

  it('says what cannot be tried, and refuses whoever may not publish', async () => {
    const entity = await inForce<Written & { fields: object[] }>(admin, 'entity/firm')
    const flow: Written = await inForce(admin, 'flow/mark')
    const role: Written = await inForce(admin, 'role/buyer')
    const id = await openDraft(admin, [
      CHECK,
      { ...entity, fields: [...entity.fields, { name: 'more', type: 'text' }] },
      {
        ...flow,
        trigger: { schedule: { every: 'P1D' } },
        steps: [{ do: 'notify', to: { user: 'sue@example.com' }, title: 'x' }],
      } as unknown as Written,
      { ...role, label: 'Buyer' },
    ])
    const places = ['/entity/firm/fields/3', '/role/buyer', '/flow/mark']
    const refused = await put(id, { people: [sue.id] })
    expect(refused.status).to.equal(422)
    expect(refused.problems.map(({ code, path }) => `${code} ${path}`)).to.have.members(
      places.map((place) => `META_PILOT_UNFIT ${place}`),
    )
    expect((await pilot(id)).problems.map(({ path }) => path)).to.have.members(places)
    expect(await tried(sue)).to.equal(undefined)
    const fit = await openDraft(admin, [CHECK])
    const { hash } = await planOf(admin, fit)
    const cases = [
      [{ hash }, '422 META_PILOT_NOBODY'],
      [{ hash, people: ['x'] }, '422 META_PILOT_PERSON_UNKNOWN'],
      [{ hash, roles: ['byer'] }, '404 META_DEFINITION_UNKNOWN'],
      [{ hash: 'x', people: [sue.id] }, '409 META_PLAN_MOVED'],
      [{ people: [sue.id] }, '404 META_PILOT_NONE'],
    ] as const
    for (const [body, expected] of cases) expect(outcome(await admin.put(at(fit), body))).to.equal(expected)
    expect(outcome(await writer.put(at(fit), { hash, people: [writer.id] }))).to.equal('403 AUTH_DENIED')
    expect(outcome(await writer.delete(at(fit)))).to.equal('403 AUTH_DENIED')
    expect((await writer.get(at(fit))).status).to.equal(200)
    expect(outcome(await sue.get(at(fit)))).to.equal('403 AUTH_DENIED')
    const none = await openDraft(admin, [])
    expect(outcome(await put(none, { people: [sue.id] }))).to.equal('409 META_PILOT_EMPTY')
  })
})
