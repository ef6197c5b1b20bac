import { expect } from 'chai'
import { SYSTEM_ACTOR } from '../../engine/access/actor.ts'
import { registerBuiltInActions } from '../../engine/actions/built-in.ts'
import { registerBuiltInFields } from '../../engine/fields/built-in.ts'
import { createModelStore } from '../../engine/model/store.ts'
import { assignOwners } from '../../engine/process/assignment/assign.ts'
import { decideWaiting } from '../../engine/process/assignment/waiting.ts'
import { requestContext } from '../../engine/records/context.ts'
import { createRegistry } from '../../engine/registry/registry.ts'
import { createSearch } from '../../engine/search/tokens.ts'
import { dataOf, openDraft, publishAll } from '../support/drafts.ts'
import { startEngine, type TestEngine } from '../support/engine.ts'
import type { ApiRecord, Client } from '../support/http.ts'
import { loginAs } from '../support/http-model.ts'

const option = (...names: string[]) => names.map((name) => ({ name }))

const DEFINITIONS = [
  {
    kind: 'entity',
    name: 'territory',
    title: 'region',
    fields: [
      { name: 'region', type: 'text' },
      { name: 'source', type: 'text' },
      { name: 'people', type: 'many_to_many', to: 'user', inverse: 'territories' },
    ],
  },
  {
    kind: 'entity',
    name: 'account',
    title: 'name',
    owned: true,
    fields: [{ name: 'name', type: 'text', required: true }],
  },
  {
    kind: 'entity',
    name: 'lead',
    title: 'name',
    owned: true,
    fields: [
      { name: 'name', type: 'text', required: true },
      {
        name: 'level',
        type: 'select',
        options: option('patient', 'vip', 'busy', 'few', 'share', 'wide', 'known', 'night'),
      },
      { name: 'region', type: 'text' },
      { name: 'source', type: 'text' },
      { name: 'account', type: 'lookup', to: 'account', inverse: 'leads' },
      { name: 'note', type: 'text' },
    ],
  },
  {
    kind: 'role',
    name: 'sales',
    default: { read: 'none' },
    entities: { lead: { create: true, read: 'own', update: 'own' }, account: { create: true, read: 'own' } },
  },
  {
    kind: 'role',
    name: 'clerk',
    default: { read: 'all' },
    entities: { lead: { create: true, read: 'all' } },
  },
  { kind: 'role', name: 'single', entities: {} },
  { kind: 'role', name: 'waited', entities: {} },
  {
    kind: 'calendar',
    name: 'never',
    hours: [{ days: ['monday'], from: '09:00', to: '10:00' }],
    holidays: [{ from: '2020-01-01', to: '2030-12-31' }],
  },
  {
    kind: 'assignment',
    name: 'leads',
    entity: 'lead',
    on: ['created', 'changed'],
    fields: ['level'],
    rules: [
      { name: 'vip', when: "level = 'vip'", to: { role: 'single' }, capacity: { perDay: 2 } },
      {
        name: 'patient',
        when: "level = 'patient'",
        to: { role: 'waited' },
        capacity: { open: 1 },
        full: 'wait',
      },
      { name: 'night', when: "level = 'night'", to: { role: 'sales' }, calendar: 'never' },
      { name: 'known', when: "level = 'known'", to: { field: 'account.owner' } },
      { name: 'busy', when: "level = 'busy'", to: { role: 'sales' }, by: 'least_open' },
      {
        name: 'few',
        when: "level = 'few'",
        to: { role: 'sales' },
        candidates: { '==': [{ var: 'candidate.email' }, { var: 'note' }] },
      },
      {
        name: 'share',
        when: "level = 'share'",
        to: { role: 'sales' },
        by: 'weighted',
        weight: { if: [{ '==': [{ var: 'candidate.name' }, 'ann'] }, 3, 1] },
      },
      {
        name: 'wide',
        when: "level = 'wide'",
        to: { table: 'territory', match: ['region', 'source'], take: 'people' },
      },
      { name: 'turn', when: 'level is empty', to: { role: 'sales' } },
    ],
    otherwise: { role: 'clerk' },
  },
]

interface Decision {
  readonly outcome: string
  readonly cause: string
  readonly owner: { readonly id: string; readonly label: string } | null
  readonly rules: readonly {
    readonly name: string
    readonly result: string
    readonly people: readonly {
      readonly user: { readonly label: string | null }
      readonly skip: string | null
      readonly chosen: boolean
      readonly text: string
    }[]
  }[]
}

interface Trial {
  readonly effect: string
  readonly looked: number
  readonly sample: boolean
  readonly people: readonly {
    readonly holder: { readonly label: string } | null
    readonly was: number
    readonly now: number
    readonly would: number
  }[]
  readonly examples: readonly {
    readonly from: { readonly label: string } | null
    readonly to: { readonly label: string } | null
  }[]
}

describe('assignments', () => {
  let engine: TestEngine
  let admin: Client
  let clerk: Client & { id: string }
  const people: Record<string, Client & { id: string }> = {}
  let nameOf: ReadonlyMap<string, string>

  before(async () => {
    engine = await startEngine()
    admin = await engine.loginAdmin()
    await publishAll(admin, DEFINITIONS)
    clerk = await loginAs(admin, 'clerk', ['clerk'])
    for (const name of ['ann', 'bob', 'cleo']) people[name] = await loginAs(admin, name, ['sales'])
    people.pat = await loginAs(admin, 'pat', ['waited'])
    people.solo = await loginAs(admin, 'solo', ['single'])
    const all = (await admin.get('/api/records/user?limit=100')).records
    nameOf = new Map(all.map(({ id, name }) => [id, String(name)]))
  })
  after(() => engine.stop())

  const named = (record: ApiRecord) => nameOf.get(String(record.owner)) ?? String(record.owner)
  const make = async (values: object): Promise<ApiRecord> => {
    const answer = await clerk.post('/api/records/lead', { name: 'Lead', ...values })
    expect(answer.status, answer.text).to.equal(201)
    return answer.record
  }
  const why = async (id: string, client: Client = admin): Promise<Decision> => {
    const answer = await client.get(`/api/records/lead/${id}/assignments`)
    expect(answer.status, answer.text).to.equal(200)
    return (answer.body as { data: Decision[] }).data[0]!
  }
  const counts = (owners: readonly string[]) =>
    Object.fromEntries(
      ['ann', 'bob', 'cleo'].map((name) => [name, owners.filter((one) => one === name).length]),
    )

  it('has the owner in the answer, in turn, and spreads fifty creates side by side exactly', async () => {
    const owners = await Promise.all(Array.from({ length: 51 }, async () => named(await make({}))))
    expect(counts(owners)).to.deep.equal({ ann: 17, bob: 17, cleo: 17 })
  })

  it('shows the owner in a dry run, which leaves the turn where it was', async () => {
    const preview = async () =>
      named((await clerk.post('/api/records/lead?dry_run=true', { name: 'Maybe' })).record)
    const [first, second] = [await preview(), await preview()]
    expect([first, named(await make({}))]).to.deep.equal([second, first])
  })

  it('assigns in bulk as in single writes', async () => {
    const create = Array.from({ length: 6 }, (_, index) => ({ name: `B${index}` }))
    const bulk = await clerk.post('/api/records/lead/bulk', { create })
    expect(bulk.status, bulk.text).to.equal(200)
    const ids = (bulk.body as { data: { id: string }[] }).data.map(({ id }) => id)
    const owners = []
    for (const id of ids) owners.push(named((await admin.get(`/api/records/lead/${id}`)).record))
    expect(counts(owners)).to.deep.equal({ ann: 2, bob: 2, cleo: 2 })
  })

  it('leaves an owner who was said to be somebody else', async () => {
    expect(named(await make({ owner: people.solo!.id }))).to.equal('solo')
  })

  it('passes over who is full and goes on to what is otherwise; the trace says why', async () => {
    const made = []
    for (let index = 0; index < 3; index++) made.push(await make({ level: 'vip' }))
    expect(made.map(named)).to.deep.equal(['solo', 'solo', 'clerk'])
    const decision = await why(made[2]!.id)
    expect(decision).to.include({ outcome: 'otherwise', cause: 'created' })
    const full = decision.rules[0]!
    expect([full.result, full.people.map(({ skip, text }) => [skip, text])]).to.deep.equal([
      'full',
      [['day_full', '今日已满']],
    ])
    expect(decision.rules.slice(1, 8).map(({ result }) => result)).to.deep.equal(Array(7).fill('passed_over'))
  })

  it('gives to the owner of the account, and to nobody outside of working time', async () => {
    const account = (await people.bob!.post('/api/records/account', { name: 'Acme' })).record
    expect(named(await make({ level: 'known', account: account.id }))).to.equal('bob')
    const night = await make({ level: 'night' })
    expect([named(night), (await why(night.id)).rules[2]!.result]).to.deep.equal(['clerk', 'closed'])
  })

  it('lets a record wait until somebody is free, the longest waiting first', async () => {
    const registry = createRegistry()
    registerBuiltInFields(registry)
    registerBuiltInActions(registry)
    registry.setSearch(createSearch())
    registry.setAssigning(assignOwners)
    const models = await createModelStore(engine.database, registry)
    const source = {
      ...{ db: engine.database, search: registry.search(), actor: SYSTEM_ACTOR },
      via: 'assignment' as const,
    }
    const first = await make({ level: 'patient' })
    const [second, third] = [await make({ level: 'patient' }), await make({ level: 'patient' })]
    expect([first, second, third].map(named)).to.deep.equal(['pat', 'clerk', 'clerk'])
    expect(await why(second.id)).to.include({ outcome: 'waiting', owner: null })
    const decide = async () => {
      await decideWaiting(requestContext({ ...source, model: (await models.refresh('default'))! }))
      const at = (id: string) => `/api/records/lead/${id}`
      return [named((await admin.get(at(second.id))).record), named((await admin.get(at(third.id))).record)]
    }
    expect(await decide()).to.deep.equal(['clerk', 'clerk'])
    await admin.delete(`/api/records/lead/${first.id}`)
    expect(await decide()).to.deep.equal(['pat', 'clerk'])
    expect(await why(second.id)).to.include({ outcome: 'given', cause: 'waited' })
    expect(await decide()).to.deep.equal(['pat', 'clerk'])
    await models.close()
  })

  it('skips the absent and the deactivated', async () => {
    const away = { absent_from: '2020-01-01T00:00:00Z', absent_until: '2090-01-01T00:00:00Z' }
    await admin.patch(`/api/records/user/${people.ann!.id}`, away)
    await admin.patch(`/api/records/user/${people.bob!.id}`, { active: false })
    const made = [await make({}), await make({})]
    expect(made.map(named)).to.deep.equal(['cleo', 'cleo'])
    const [turn] = (await why(made[0]!.id)).rules.slice(-1)
    expect(
      Object.fromEntries(turn!.people.map(({ user, skip, chosen }) => [user.label, chosen || skip])),
    ).to.deep.equal({ ann: 'absent', bob: 'inactive', cleo: true })
    await admin.patch(`/api/records/user/${people.ann!.id}`, { absent_from: null, absent_until: null })
    await admin.patch(`/api/records/user/${people.bob!.id}`, { active: true })
  })

  it('gives by weight, by fewest open records, and to whom a rule over the candidate lets pass', async () => {
    const shared = []
    for (let index = 0; index < 10; index++) shared.push(named(await make({ level: 'share' })))
    expect(counts(shared)).to.deep.equal({ ann: 6, bob: 2, cleo: 2 })
    const open = (await admin.get('/api/records/lead?limit=200')).records.map(named)
    const fewest = Object.entries(counts(open)).sort(([, one], [, other]) => one - other)[0]![0]
    expect(named(await make({ level: 'busy' }))).to.equal(fewest)
    const cleo = (await admin.get(`/api/records/user/${people.cleo!.id}`)).record
    expect(named(await make({ level: 'few', note: cleo.email }))).to.equal('cleo')
  })

  it('looks people up in a table: the row that says most wins', async () => {
    const row = (values: object) => admin.post('/api/records/territory', values)
    await row({ region: 'north', people: [people.ann!.id] })
    await row({ region: 'north', source: 'expo', people: [people.cleo!.id] })
    expect(named(await make({ level: 'wide', region: 'north', source: 'web' }))).to.equal('ann')
    expect(named(await make({ level: 'wide', region: 'north', source: 'expo' }))).to.equal('cleo')
    expect(named(await make({ level: 'wide', region: 'south' }))).to.equal('clerk')
  })

  it('assigns anew when a field of it changes, and only then', async () => {
    const lead = await make({ owner: people.ann!.id, level: 'wide', region: 'south' })
    const at = `/api/records/lead/${lead.id}`
    expect(named((await admin.patch(at, { note: 'x' })).record)).to.equal('ann')
    expect(named((await admin.patch(at, { level: 'wide' })).record)).to.equal('ann')
    expect(named((await admin.patch(at, { level: 'vip' })).record)).to.equal('clerk')
    expect(await why(lead.id)).to.include({ cause: 'changed', outcome: 'otherwise' })
    const history = (await admin.get(`${at}/history`)).records
    expect(history[0]).to.include({ via: 'assignment' })
  })

  it('tells why to those who see the record alone, names to those who may read people', async () => {
    const lead = await make({ level: 'known', account: undefined, owner: people.ann!.id })
    expect((await people.bob!.get(`/api/records/lead/${lead.id}/assignments`)).status).to.equal(404)
    const own = await make({ level: 'few', note: 'ann@example.com' })
    expect((await clerk.get(`/api/records/lead/${own.id}/assignments`)).status).to.equal(200)
  })

  it('tells in the plan who would have got the last records by a changed table, and leaves nothing behind', async () => {
    const [assignment] = DEFINITIONS.filter(({ kind }) => kind === 'assignment') as unknown as [
      { rules: { name: string }[] },
    ]
    const only = assignment.rules.map((rule) =>
      rule.name === 'turn' ? { ...rule, candidates: "candidate.name = 'ann'" } : rule,
    )
    const decided = async () =>
      (await engine.database.query({ text: 'SELECT count(*)::int AS n FROM ws_default.tenon_assignment' }))
        .rows[0]
    const before = await decided()
    const id = await openDraft(admin, [{ ...assignment, rules: only }] as never)
    const plan = dataOf<{ simulations: readonly Trial[] }>(
      await admin.post(`/api/meta/changesets/${id}/plan`),
      200,
    )
    const [trial, ...others] = plan.simulations
    expect(others).to.deep.equal([])
    expect(trial).to.include({ effect: 'assigns', sample: false })
    const total = (await admin.get('/api/records/lead?count=exact&limit=1')).body as { count: number }
    expect(trial!.looked).to.equal(total.count)
    const bob = trial!.people.find(({ holder }) => holder?.label === 'bob')!
    const ann = trial!.people.find(({ holder }) => holder?.label === 'ann')!
    expect([bob.was > 17, bob.would < bob.was, ann.would > ann.was]).to.deep.equal([true, true, true])
    const moved = trial!.examples.filter(({ from }) => from?.label === 'bob').map(({ to }) => to?.label)
    expect(moved).to.include('ann')
    expect(await decided()).to.deep.equal(before)
    // A rule that nothing comes to moves nobody, however else turns would have gone.
    const { rules } = assignment
    const last = { ...assignment, rules: [...rules, { ...rules.at(-1)!, name: 'never' }] }
    const second = await openDraft(admin, [last] as never)
    const again = dataOf<{ simulations: readonly Trial[] }>(
      await admin.post(`/api/meta/changesets/${second}/plan`),
      200,
    )
    expect(again.simulations[0]).to.deep.include({ looked: total.count, records: 0, examples: [] })
    for (const { now, would } of again.simulations[0]!.people) expect(now).to.equal(would)
  })
})
