import { expect } from 'chai'
import { publishAll, type Written } from '../../support/drafts.ts'
import type { Client } from '../../support/http.ts'
import { make, outcome, type Person, startWorld, type World } from './world.ts'

interface Move {
  readonly stage: string
  readonly allowed: boolean
  readonly because: readonly object[]
  readonly withheld: readonly object[]
}

const REACH = {
  account: { read: 'all', create: true },
  order: { read: 'all', create: true, update: 'all' },
} as const

const role = (name: string, order: object): Written => ({
  ...{ kind: 'role', name, default: { read: 'none' } },
  entities: { ...REACH, order: { ...REACH.order, ...order } },
})

const DEFINITIONS: readonly Written[] = [
  role('closer', {}),
  role('seller', { transitions: { won: { by: [{ role: 'closer' }] }, lost: { by: [] } } }),
  role('owner_closer', { update: 'own' }),
  role('beginner', { transitions: { draft: { by: [] }, sent: { by: [] } } }),
]

describe('a stage that a role keeps records out of', () => {
  let world: World
  let admin: Client
  let seller: Person
  let account: string
  const people: Record<string, Person> = {}

  before(async () => {
    world = await startWorld()
    admin = world.admin
    const order = (await admin.get('/api/meta/definitions/entity/order')).record as unknown as Written
    const ref = { name: 'ref', type: 'text', unique: true }
    const fields = [...(order.fields as object[]), ref]
    await publishAll(admin, [...DEFINITIONS, { ...order, fields }])
    account = (await make(admin, 'account', { name: 'Acme' })).id
    seller = await world.person('seller', 'seller')
    people.closer = await world.person('closer', 'closer')
    people.both = await world.person('both', 'seller', 'closer')
    people.mixed = await world.person('mixed', 'seller', 'owner_closer')
    people.beginner = await world.person('beginner', 'beginner')
  })
  after(() => world.stop())

  const sent = async (body: object = {}) =>
    (await make(admin, 'order', { account, stage: 'sent', ...body })).id
  const move = async (client: Client, id: string, stage: string | null) =>
    outcome(await client.patch(`/api/records/order/${id}`, { stage }))
  const denied = [403, 'STAGE_ENTRY_DENIED /stage']

  it('is closed to a change, and open to who has the role that is needed besides', async () => {
    expect(await move(seller, await sent(), 'won')).to.deep.equal(denied)
    expect(await move(seller, await sent(), 'lost')).to.deep.equal(denied)
    expect(await move(seller, await sent(), 'draft')).to.deep.equal([200])
    expect(await move(people.closer!, await sent(), 'won')).to.deep.equal([200])
    expect(await move(people.both!, await sent(), 'won')).to.deep.equal([200])
    // Of the two roles the one that closes lets it be lost.
    expect(await move(people.both!, await sent(), 'lost')).to.deep.equal([200])
  })

  it('says so in both languages', async () => {
    const at = `/api/records/order/${await sent()}`
    const say = async (language: string) =>
      (await seller.patch(at, { stage: 'won' }, { headers: { 'accept-language': language } })).problems[0]
    expect((await say('en'))?.message).to.equal('Your roles do not bring records into the stage “won”.')
    expect((await say('zh-CN'))?.message).to.equal('您的角色不能将记录移入阶段“won”。')
  })

  it('is open where one role both reaches the record and moves it there', async () => {
    expect(await move(people.mixed!, await sent({ owner: people.mixed!.id }), 'won')).to.deep.equal([200])
    expect(await move(people.mixed!, await sent(), 'won')).to.deep.equal(denied)
  })

  it('may be said of a record that is in it already', async () => {
    const id = await sent()
    await move(admin, id, 'won')
    const body = { stage: 'won', group: 'x' }
    expect(outcome(await seller.patch(`/api/records/order/${id}`, body))).to.deep.equal([200])
  })

  it('is closed to new records, but for the stage in which all begin', async () => {
    const begin = async (client: Client, body: object) =>
      outcome(await client.post('/api/records/order', { account, ...body }))
    expect(await begin(seller, { stage: 'won' })).to.deep.equal(denied)
    expect(await begin(people.beginner!, {})).to.deep.equal([201])
    expect(await begin(people.beginner!, { stage: 'draft' })).to.deep.equal([201])
    expect(await begin(people.beginner!, { stage: 'sent' })).to.deep.equal(denied)
    const one = await sent({ group: 'back' })
    expect(await move(people.beginner!, one, 'draft')).to.deep.equal(denied)
  })

  it('is closed to many at once, to an upsert and to an earlier version', async () => {
    const bulk = (body: object) => seller.post('/api/records/order/bulk', body)
    const id = await sent()
    expect(outcome(await bulk({ update: [{ id, stage: 'won' }] }))).to.deep.equal([
      ...[403, 'STAGE_ENTRY_DENIED /update/0/stage'],
    ])
    expect(outcome(await bulk({ create: [{ account, stage: 'lost' }] }))).to.deep.equal([
      ...[403, 'STAGE_ENTRY_DENIED /create/0/stage'],
    ])
    const filter = { '==': [{ var: 'id' }, id] }
    expect(outcome(await bulk({ filter, set: { stage: 'won' } }))).to.deep.equal([
      ...[403, 'STAGE_ENTRY_DENIED /set/stage'],
    ])
    await admin.patch(`/api/records/order/${id}`, { ref: 'R1' })
    const upserted = await seller.put('/api/records/order/by/ref/R1', { stage: 'won' })
    expect(outcome(upserted)).to.deep.equal(denied)
    expect((await admin.get(`/api/records/order/${id}`)).record.stage).to.equal('sent')
    await move(admin, id, 'draft')
    const kept = role('keeper', { transitions: { sent: { by: [] } } })
    await publishAll(admin, [kept])
    const keeper = await world.person('keeper', 'keeper')
    const back = await keeper.post(`/api/records/order/${id}/history/restore`, { version: 1 })
    expect(outcome(back)).to.deep.equal(denied)
  })

  it('is told by the model and by the form', async () => {
    const stages = async (client: Client) => {
      const { entities } = (await client.get('/api/meta/model')).record as unknown as {
        entities: { name: string; pipelines: { stage?: { name: string; barred?: true }[] } }[]
      }
      const order = entities.find(({ name }) => name === 'order')
      return order?.pipelines.stage?.filter(({ barred }) => barred).map(({ name }) => name)
    }
    const barred = async (client: Client, query = '') => {
      const { uiSchema } = (await client.get(`/api/forms/order${query}`)).record as unknown as {
        uiSchema: { stage: { 'ui:options': { barred?: string[] } } }
      }
      return uiSchema.stage['ui:options'].barred ?? []
    }
    expect(await stages(seller)).to.deep.equal(['won', 'lost'])
    expect(await stages(people.both!)).to.deep.equal([])
    const record = `?record=${await sent()}`
    expect(await barred(seller, record)).to.deep.equal(['won', 'lost'])
    expect(await barred(people.beginner!)).to.deep.equal(['sent'])
    expect(await barred(people.beginner!, record)).to.deep.equal(['draft', 'sent'])
    expect(await barred(people.closer!)).to.deep.equal([])
  })

  it('is explained: which role brings a record there, and what another would need besides', async () => {
    const id = await sent()
    const told = async (client: Client) => {
      const { moves } = (await client.get(`/api/explain/order/${id}`)).record as unknown as { moves: Move[] }
      return moves
    }
    const at = (moves: readonly Move[], stage: string) => {
      const { allowed, because, withheld } = moves.find((one) => one.stage === stage)!
      return { allowed, because, withheld }
    }
    const alone = await told(seller)
    expect(at(alone, 'won')).to.deep.equal({
      ...{ allowed: false, because: [], withheld: [{ role: 'seller', by: ['closer'] }] },
    })
    expect(at(alone, 'lost')).to.deep.equal({
      ...{ allowed: false, because: [], withheld: [{ role: 'seller', by: [] }] },
    })
    expect(at(alone, 'draft')).to.deep.equal({
      ...{ allowed: true, because: [{ role: 'seller', scope: 'all' }], withheld: [] },
    })
    const both = await told(people.both!)
    expect(at(both, 'won').because).to.have.deep.members([
      ...[
        { role: 'seller', scope: 'all', by: ['closer'] },
        { role: 'closer', scope: 'all' },
      ],
    ])
    expect(at(both, 'lost').because).to.deep.equal([{ role: 'closer', scope: 'all' }])
    // A record of somebody else: the role that would bring it to won does not reach it.
    expect(at(await told(people.mixed!), 'won').allowed).to.equal(false)
    for (const { stage, allowed } of alone.filter((one) => ['won', 'lost', 'draft'].includes(one.stage))) {
      expect((await move(seller, await sent(), stage))[0], stage).to.equal(allowed ? 200 : 403)
    }
  })

  it('stands in the explanation beside every other right that roles know', async () => {
    const schema = (await admin.get('/api/meta/kinds/role/schema')).record as unknown as {
      $defs: { rights: { properties: object } }
    }
    const known = Object.keys(schema.$defs.rights.properties).filter(
      (name) => name !== 'fields' && name !== 'transitions',
    )
    const { rights } = (await seller.get(`/api/explain/order/${await sent()}`)).record as unknown as {
      rights: Record<string, { allowed: boolean; because: object[] }>
    }
    expect(Object.keys(rights)).to.have.members(known)
    const given = { allowed: true, because: [{ role: 'seller', scope: 'all' }] }
    const free = { allowed: true, because: [{ role: 'seller' }] }
    const none = { allowed: false, because: [] }
    expect(rights).to.deep.equal({
      ...{ create: free, read: given, update: given, transfer: given, bulk: free, import: free },
      ...{ delete: none, restore: none, share: none, export: none },
    })
  })

  const bad: [object, string][] = [
    [
      { order: { read: 'all', transitions: { wonn: { by: [] } } } },
      '/role/odd/entities/order/transitions/wonn',
    ],
    [{ account: { transitions: { won: { by: [] } } } }, '/role/odd/entities/account/transitions/won'],
    [
      { order: { transitions: { won: { by: [{ role: 'clozer' }] } } } },
      '/role/odd/entities/order/transitions/won/by/0/role',
    ],
    [{ account: { read: 'own', export: 'all' } }, '/role/odd/entities/account/export'],
  ]
  for (const [entities, path] of bad) {
    it(`is refused in a draft at ${path}`, async () => {
      const { id } = (await admin.post('/api/meta/changesets', { label: 'x' })).record
      const odd = { kind: 'role', name: 'odd', entities }
      await admin.put(`/api/meta/changesets/${id}/definitions/role/odd`, odd)
      const { problems } = (await admin.post(`/api/meta/changesets/${id}/check`)).record as unknown as {
        problems: { path: string }[]
      }
      expect(problems.map((one) => one.path)).to.deep.equal([path])
      await admin.delete(`/api/meta/changesets/${id}`)
    })
  }

  it('follows the rename of its stage and role', async () => {
    const { data } = (await admin.get('/api/meta/definitions/pipeline/order_flow')).body as {
      data: { stages: { name: string }[] }
    }
    const renamed = data.stages.map((stage) => (stage.name === 'won' ? { ...stage, name: 'signed' } : stage))
    const stages = renamed.map((stage) => ({
      ...stage,
      next: (stage as { next?: string[] }).next?.map((name) => (name === 'won' ? 'signed' : name)),
    }))
    await publishAll(admin, [JSON.parse(JSON.stringify({ ...data, stages })) as Written])
    const role = (await admin.get('/api/meta/definitions/role/seller')).record as unknown as {
      entities: { order: { transitions: object } }
    }
    expect(role.entities.order.transitions).to.deep.equal({
      ...{ signed: { by: [{ role: 'closer' }] }, lost: { by: [] } },
    })
    expect(await move(seller, await sent(), 'signed')).to.deep.equal(denied)
  })
})

describe('views and apps of a role', () => {
  let world: World
  let admin: Client

  const view = (name: string, more: object = {}): Written => ({
    ...{ kind: 'view', name, entity: 'account', type: 'table', columns: ['name'], ...more },
  })

  before(async () => {
    world = await startWorld()
    admin = world.admin
    await publishAll(admin, [
      view('mine'),
      view('theirs'),
      view('of_sales', { for: [{ role: 'sales' }] }),
      { kind: 'app', name: 'desk', nav: [{ entity: 'account', view: 'theirs' }] },
      { kind: 'app', name: 'shop', nav: [{ entity: 'account', view: 'mine' }] },
      role('narrow', {}),
      { ...role('limited', {}), views: ['mine', 'of_sales'], apps: ['desk'] },
    ])
  })
  after(() => world.stop())

  const seen = async (client: Client) => {
    const { entities, apps } = (await client.get('/api/meta/model')).record as unknown as {
      entities: { name: string; views: { name: string }[] }[]
      apps: { name: string; nav: { view?: string }[] }[]
    }
    const views = entities.find(({ name }) => name === 'account')!.views.map(({ name }) => name)
    return { views, apps: apps.map(({ name, nav }) => [name, ...nav.map((item) => item.view)]) }
  }

  it('are those that are for it, all or those that it opens', async () => {
    expect(await seen(await world.person('narrow', 'narrow'))).to.deep.equal({
      views: ['mine', 'theirs'],
      apps: [
        ['desk', 'theirs'],
        ['shop', 'mine'],
      ],
    })
    expect(await seen(await world.person('limited', 'limited'))).to.deep.equal({
      views: ['mine'],
      apps: [['desk', undefined]],
    })
  })

  it('are with several roles what any one of them opens', async () => {
    expect((await seen(await world.person('two', 'limited', 'narrow'))).views).to.deep.equal([
      'mine',
      'theirs',
    ])
    expect((await seen(await world.person('seller', 'limited', 'sales'))).views).to.deep.equal([
      ...['mine', 'of_sales', 'theirs'],
    ])
  })

  it('are found by where-used, and must be there', async () => {
    const uses = (await admin.get('/api/meta/definitions/view/mine/uses')).text
    expect(uses).to.include('limited')
    const { id } = (await admin.post('/api/meta/changesets', { label: 'x' })).record
    const odd = { kind: 'role', name: 'odd', apps: ['dask'], definitions: ['view', 'vue'] }
    await admin.put(`/api/meta/changesets/${id}/definitions/role/odd`, odd)
    const { problems } = (await admin.post(`/api/meta/changesets/${id}/check`)).record as unknown as {
      problems: { path: string; code: string }[]
    }
    expect(problems.map(({ path, code }) => `${code} ${path}`).sort()).to.deep.equal([
      ...['META_KIND_UNKNOWN /role/odd/definitions/1', 'META_REFERENCE_UNKNOWN /role/odd/apps/0'],
    ])
  })
})
