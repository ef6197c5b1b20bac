import { expect } from 'chai'
import { createModelStore } from '../../../engine/model/store.ts'
import { sweepShares } from '../../../engine/records/share-upkeep.ts'
import { publishAll, type Written } from '../../support/drafts.ts'
import type { ApiRecord, Client } from '../../support/http.ts'
import {
  listPath,
  make,
  NOBODY,
  outcome,
  type Person,
  recordsRegistry,
  startWorld,
  type World,
} from './world.ts'

const MODEL: readonly Written[] = [
  {
    kind: 'role',
    name: 'sales',
    default: { read: 'none' },
    entities: {
      account: {
        ...{ read: 'own', create: true, update: 'own', delete: 'own', share: 'own' },
        fields: { amount: { read: { '==': [{ var: 'owner' }, { var: 'actor.id' }] } } },
      },
      order: { read: 'own', create: true, update: 'own' },
      activity: { read: 'own', create: true },
      user: { read: 'all' },
      team: { read: 'all' },
    },
  },
  // Reads all, changes its own: may share everything, but to be changed only what it may change.
  {
    kind: 'role',
    name: 'guide',
    entities: { account: { read: 'all', update: 'own', create: true, share: 'all' }, user: { read: 'all' } },
  },
  // May share whatever it has by its scope: never what is merely shared with it.
  {
    kind: 'role',
    name: 'eager',
    entities: { account: { read: 'own', update: 'own', share: 'all' }, user: { read: 'all' } },
  },
  { kind: 'role', name: 'looker', entities: { account: { read: 'own' }, order: { read: 'own' } } },
  { kind: 'role', name: 'elsewhere', entities: { product: { read: 'all' } } },
  {
    kind: 'sharing',
    name: 'best_to_lookers',
    label: 'Best accounts',
    entity: 'account',
    when: "level = 'a'",
    with: [
      { role: 'looker' },
      { team: 'Key accounts' },
      { user: 'VERA@example.com' },
      { team: 'No such team' },
    ],
    access: 'read',
  },
  { kind: 'sharing', name: 'orders_follow', entity: 'order', through: 'account', access: 'edit' },
  { kind: 'sharing', name: 'activities_follow', entity: 'activity', through: 'about', access: 'read' },
]

describe('sharing records', () => {
  let world: World
  let admin: Client
  let sally: Person
  let sam: Person
  let guide: Person
  let looker: Person
  let count = 0

  before(async () => {
    world = await startWorld()
    admin = world.admin
    await publishAll(admin, MODEL)
    sally = await world.person('sally', 'sales')
    sam = await world.person('sam', 'sales')
    guide = await world.person('guide', 'guide')
    looker = await world.person('looker', 'looker')
  })
  after(() => world.stop())

  const at = ({ id }: ApiRecord) => `/api/records/account/${id}`
  const sharesOf = (record: ApiRecord) => `${at(record)}/shares`
  const fresh = (client: Client = sally, more: object = {}) =>
    make(client, 'account', { name: `n${++count}`, ...more })
  const withUser = (person: Person) => ({ user: person.id })
  const share = async (record: ApiRecord, by: Client, holder: object, more: object = {}) => {
    const answer = await by.post(sharesOf(record), { with: holder, access: 'read', ...more })
    expect(answer.status, answer.text).to.equal(201)
    return answer.record
  }
  const auditOf = async ({ id }: ApiRecord) => {
    const filter = { '==': [{ var: 'record' }, id] }
    return (await admin.get(listPath('audit_entry', { filter }))).records
  }
  const sees = async (client: Client, record: ApiRecord) => (await client.get(at(record))).status === 200
  const namesOf = (records: readonly ApiRecord[]) => records.map(({ name }) => name)
  const query = (text: string, values: readonly unknown[] = []) =>
    world.database.query({ text: text.replace('SHARES', 'ws_default.tenon_share'), values })

  it('lets a colleague find, read and follow a shared record, and no other', async () => {
    const record = await fresh(sally, { name: 'Shared lighthouse', amount: 5 })
    await fresh(sally, { name: 'Private lighthouse' })
    await share(record, sally, withUser(sam))
    const asked = [
      await sam.get('/api/records/account?count=exact'),
      await sam.get(listPath('account', { q: 'lighthouse', count: 'exact' })),
      await sam.get(
        listPath('account', { filter: { in: ['light', { var: 'name' }] }, sort: 'name', count: 'exact' }),
      ),
    ]
    for (const answer of asked) {
      expect([namesOf(answer.records), (answer.body as { count: number }).count]).to.deep.equal([
        ['Shared lighthouse'],
        1,
      ])
    }
    const sums = await sam.post('/api/records/account/aggregate', { measures: [{ fn: 'count' }] })
    expect(sums.body).to.deep.equal({ data: [{ count: 1 }] })
    const around = await Promise.all(
      ['', '/history', '/files', '/comments', '/related/orders'].map((rest) => sam.get(at(record) + rest)),
    )
    expect(around.map(({ status }) => status)).to.deep.equal([200, 200, 200, 200, 200])
    expect((await sam.post(`${at(record)}/comments`, { text: 'seen' })).status).to.equal(201)
    const child = await make(sam, 'account', { name: 'child', parent: record.id })
    expect((await sam.get(`${at(child)}?expand=parent`)).record.parent).to.deep.include({
      id: record.id,
      label: 'Shared lighthouse',
    })
  })

  it('shows on a shared record what the role shows there, no field more', async () => {
    const record = await fresh(sally, { amount: 5 })
    await share(record, sally, withUser(sam))
    expect((await sally.get(at(record))).record.amount).to.equal(5)
    expect((await sam.get(at(record))).record).to.deep.include({ name: record.name, amount: null })
  })

  it('lets who got it to read change nothing, who got it to edit all but owner and existence', async () => {
    const record = await fresh()
    const { id } = await share(record, sally, withUser(sam))
    expect(outcome(await sam.patch(at(record), { name: 'x' }))).to.deep.equal([403, 'AUTH_DENIED'])
    await sally.patch(`${sharesOf(record)}/${id}`, { access: 'edit' })
    expect((await sam.patch(at(record), { name: 'x' })).status).to.equal(200)
    const many = await sam.post('/api/records/account/bulk', { update: [{ id: record.id, name: 'y' }] })
    expect(many.status).to.equal(200)
    expect(outcome(await sam.patch(at(record), { owner: sam.id }))).to.deep.equal([
      403,
      'FIELD_DENIED /owner',
    ])
    expect(outcome(await sam.delete(at(record)))).to.deep.equal([403, 'AUTH_DENIED'])
    expect((await sam.get(`/api/forms/account?record=${record.id}`)).status).to.equal(200)
  })

  it('reaches everybody of a team with its leader, and everybody with a role', async () => {
    const [member, leader] = [await world.person('member', 'sales'), await world.person('leader', 'sales')]
    const team = await make(admin, 'team', { name: 'North', leader: leader.id })
    await admin.patch(`/api/records/user/${member.id}`, { team: team.id })
    const [forTeam, forRole] = [await fresh(), await fresh()]
    await share(forTeam, sally, { team: team.id })
    await share(forRole, sally, { role: 'looker' })
    const seen = async (person: Client) => [await sees(person, forTeam), await sees(person, forRole)]
    expect(await Promise.all([member, leader, looker, sam].map(seen))).to.deep.equal([
      [true, false],
      [true, false],
      [false, true],
      [false, false],
    ])
  })

  it('ends at once when its time is over, and gives way to a new one', async () => {
    const record = await fresh()
    const until = new Date(Date.now() + 3_600_000).toISOString()
    const first = await share(record, sally, withUser(sam), { until, remark: 'for the fair' })
    expect(first).to.deep.include({ until, remark: 'for the fair', access: 'read' })
    expect(await sees(sam, record)).to.equal(true)
    await query("UPDATE SHARES SET until = now() - interval '1 second' WHERE record = $1", [record.id])
    expect(await sees(sam, record)).to.equal(false)
    expect((await sally.get(sharesOf(record))).records).to.deep.equal([])
    expect(outcome(await sally.patch(`${sharesOf(record)}/${first.id}`, { until: null }))).to.deep.equal([
      404,
      'SHARE_NOT_FOUND',
    ])
    await share(record, sally, withUser(sam))
    expect(await sees(sam, record)).to.equal(true)
  })

  it('is told with who, how, until when and by whom; changed; taken back', async () => {
    const record = await fresh()
    const { id, created_at } = await share(record, sally, withUser(sam))
    const told = await sally.get(sharesOf(record))
    expect(told.body).to.deep.equal({
      data: [
        {
          ...{ id, access: 'read', until: null, remark: null, created_at },
          with: { kind: 'user', id: sam.id, label: 'sam' },
          created_by: { id: sally.id, label: 'sally' },
        },
      ],
      rules: [],
      may_edit: true,
    })
    const until = '2999-01-01T00:00:00.000Z'
    const changed = await sally.patch(`${sharesOf(record)}/${id}`, { until, remark: 'long' })
    expect(changed.record).to.deep.include({ access: 'read', until, remark: 'long' })
    expect((await sally.delete(`${sharesOf(record)}/${id}`)).status).to.equal(204)
    expect(await sees(sam, record)).to.equal(false)
  })

  it('refuses what makes no share, every problem at once', async () => {
    const record = await fresh()
    const other = await world.person('other', 'elsewhere')
    const post = async (body: unknown) => outcome(await sally.post(sharesOf(record), body as object))
    await share(record, sally, withUser(sam))
    expect(await post({ with: withUser(sam), access: 'edit' })).to.deep.equal([409, 'SHARE_EXISTS /with'])
    expect(await post({ with: { user: NOBODY }, access: 'read' })).to.deep.equal([
      422,
      'FIELD_REFERENCE_MISSING /with/user',
    ])
    expect(await post({ with: { role: 'nobody' }, access: 'read' })).to.deep.equal([
      422,
      'FIELD_REFERENCE_MISSING /with/role',
    ])
    expect(await post({ with: withUser(other), access: 'read' })).to.deep.equal([
      422,
      'SHARE_USELESS /with/user',
    ])
    expect(await post({ with: { role: 'elsewhere' }, access: 'read' })).to.deep.equal([
      422,
      'SHARE_USELESS /with/role',
    ])
    expect(
      await post({
        with: { user: sam.id, role: 'sales' },
        access: 'all',
        until: '2020-01-01T00:00:00Z',
        wiht: 1,
      }),
    ).to.deep.equal([
      422,
      'FIELD_UNKNOWN /wiht',
      'FIELD_TYPE_WRONG /access',
      'SHARE_OVER /until',
      'SHARE_HOLDER_INVALID /with',
    ])
  })

  it('is a secret of who may not see the record, and denied to who may not share it', async () => {
    const [theirs, shared] = [await fresh(admin), await fresh()]
    const { id } = await share(shared, sally, withUser(sam), { access: 'edit' })
    const tries = (client: Client, record: ApiRecord) =>
      Promise.all([
        client.get(sharesOf(record)),
        client.post(sharesOf(record), { with: withUser(sally), access: 'read' }),
        client.patch(`${sharesOf(record)}/${id}`, { access: 'read' }),
        client.delete(`${sharesOf(record)}/${id}`),
      ])
    const hidden = await tries(sam, theirs)
    expect(hidden.map(outcome)).to.deep.equal(hidden.map(() => [404, 'RECORD_NOT_FOUND']))
    const denied = await tries(sam, shared)
    expect(denied.map(outcome)).to.deep.equal(denied.map(() => [403, 'AUTH_DENIED']))
    expect(outcome(await looker.get('/api/records/order/x/shares'))).to.deep.equal([404, 'RECORD_NOT_FOUND'])
    const order = await make(admin, 'order', { account: theirs.id })
    expect(outcome(await admin.get(`/api/records/order/${order.id}/shares`))).to.deep.equal([
      403,
      'AUTH_DENIED',
    ])
  })

  it('gives no more than one has oneself, and nothing that one only has by a share', async () => {
    const [record, own] = [await fresh(), await fresh(guide)]
    const edit = async (one: ApiRecord, holder: object) =>
      outcome(await guide.post(sharesOf(one), { with: holder, access: 'edit' }))
    expect(await edit(record, withUser(sam))).to.deep.equal([403, 'AUTH_DENIED /access'])
    await share(record, sally, withUser(guide), { access: 'edit' })
    expect((await guide.patch(at(record), { name: 'by a share' })).status).to.equal(200)
    expect(await edit(record, withUser(sam))).to.deep.equal([403, 'AUTH_DENIED /access'])
    expect(await edit(own, withUser(sam))).to.deep.equal([201])
    const eager = await world.person('eager', 'eager')
    await share(record, sally, withUser(eager))
    expect(await sees(eager, record)).to.equal(true)
    expect(
      outcome(await eager.post(sharesOf(record), { with: withUser(sam), access: 'read' })),
    ).to.deep.equal([403, 'AUTH_DENIED'])
  })

  it('makes one share of a call that is sent twice with one Idempotency-Key', async () => {
    const record = await fresh()
    const send = () =>
      sally.post(
        sharesOf(record),
        { with: withUser(sam), access: 'read' },
        { headers: { 'idempotency-key': 'once' } },
      )
    const [first, second] = [await send(), await send()]
    expect([first.status, second.status, second.record.id]).to.deep.equal([201, 201, first.record.id])
  })

  it('shares by rule with a role, a team and a user, as the record stands', async () => {
    const vera = await world.person('vera', 'sales')
    const [key, plain] = [await world.person('key', 'sales'), await world.person('plain', 'sales')]
    const team = await make(admin, 'team', { name: 'Key accounts' })
    await admin.patch(`/api/records/user/${key.id}`, { teams: [team.id] })
    const record = await fresh(sally, { level: 'a' })
    const seen = () => Promise.all([looker, vera, key, plain].map((one) => sees(one, record)))
    expect(await seen()).to.deep.equal([true, true, true, false])
    expect(outcome(await vera.patch(at(record), { name: 'x' }))).to.deep.equal([403, 'AUTH_DENIED'])
    expect((await sally.get(sharesOf(record))).body).to.deep.include({
      rules: [
        {
          ...{ name: 'best_to_lookers', label: 'Best accounts', access: 'read' },
          with: [
            { kind: 'role', label: 'looker' },
            { kind: 'team', label: 'Key accounts' },
            { kind: 'user', label: 'VERA@example.com' },
            { kind: 'team', label: 'No such team' },
          ],
        },
      ],
    })
    await sally.patch(at(record), { level: 'b' })
    expect(await seen()).to.deep.equal([false, false, false, false])
  })

  it('shares through parents: their orders, and what is about those', async () => {
    const record = await fresh()
    const order = await make(sally, 'order', { account: record.id, group: 'g' })
    const activity = await make(sally, 'activity', { subject: 's', about: { entity: 'order', id: order.id } })
    const reach = async () => [
      (await sam.get(`/api/records/order/${order.id}`)).status,
      (await sam.patch(`/api/records/order/${order.id}`, { select: 1 })).status,
      (await sam.get(`/api/records/activity/${activity.id}`)).status,
      (await sam.get('/api/records/order?count=exact')).records.length,
      (await sam.get('/api/records/activity?count=exact')).records.length,
    ]
    expect(await reach()).to.deep.equal([404, 404, 404, 0, 0])
    const { id } = await share(record, sally, withUser(sam))
    expect(await reach()).to.deep.equal([200, 403, 200, 1, 1])
    await sally.patch(`${sharesOf(record)}/${id}`, { access: 'edit' })
    expect(await reach()).to.deep.equal([200, 200, 200, 1, 1])
    await sally.delete(at(record))
    expect(await reach()).to.deep.equal([404, 404, 404, 0, 0])
  })

  it('names the share in the explanation: the definition, or who gave it and until when', async () => {
    const record = await fresh(sally, { level: 'a' })
    const both = await world.person('both', 'looker', 'sales')
    const until = '2999-01-01T00:00:00.000Z'
    const { id } = await share(record, sally, withUser(both), { access: 'edit', until })
    const { rights } = (await both.get(`/api/explain/account/${record.id}`)).record as unknown as {
      rights: Record<string, { allowed: boolean }>
    }
    const given = { id, access: 'edit', until, with: { kind: 'user', id: both.id, label: 'both' } }
    const byHand = { share: { ...given, created_by: { id: sally.id, label: 'sally' } } }
    const byRule = { sharing: { name: 'best_to_lookers', label: 'Best accounts' } }
    const { read, update } = rights
    expect({ read, update, delete: rights.delete }).to.deep.equal({
      read: {
        allowed: true,
        because: ['looker', 'sales'].flatMap((role) => [
          { role, ...byRule },
          { role, ...byHand },
        ]),
      },
      update: { allowed: true, because: [{ role: 'sales', ...byHand }] },
      delete: { allowed: false, because: [] },
    })
    // What is shared is neither passed on nor given away.
    expect([rights.share!.allowed, rights.transfer!.allowed]).to.deep.equal([false, false])
    const own = (await sally.get(`/api/explain/account/${record.id}`)).record as unknown as {
      rights: typeof rights
    }
    expect(own.rights.read).to.deep.equal({
      allowed: true,
      because: [{ role: 'sales', scope: 'own' }],
    })
  })

  it('is in the audit: what was shared, with whom, by whom', async () => {
    const record = await fresh()
    const { id } = await share(record, sally, withUser(sam))
    await sally.patch(`${sharesOf(record)}/${id}`, { access: 'edit' })
    await sally.delete(`${sharesOf(record)}/${id}`)
    const told = await auditOf(record)
    const holder = { with: { kind: 'user', id: sam.id }, until: null }
    expect(told.slice(0, 3).map(({ action, details }) => ({ action, details }))).to.deep.equal([
      { action: 'unshared', details: { ...holder, access: 'edit' } },
      {
        action: 'share_changed',
        details: { ...holder, access: 'edit', before: { access: 'read', until: null } },
      },
      { action: 'shared', details: { ...holder, access: 'read' } },
    ])
    expect(told[0]!.actor).to.deep.equal({ id: sally.id, label: 'sally' })
    const history = (await sally.get(`${at(record)}/history`)).records
    expect(history.map(({ action }) => action)).to.deep.equal(['create'])
  })

  it('comes back with a record from the recycle bin', async () => {
    const record = await fresh()
    await share(record, sally, withUser(sam))
    await sally.delete(at(record))
    expect(await sees(sam, record)).to.equal(false)
    await sally.post(`${at(record)}/restore`)
    expect(await sees(sam, record)).to.equal(true)
  })

  it('sweeps away what has ended, and what people have who were switched off', async () => {
    const record = await fresh()
    const leaver = await world.person('leaver', 'sales')
    await share(record, sally, withUser(leaver))
    await share(record, sally, withUser(looker))
    await share(record, sally, { role: 'guide' })
    await query('UPDATE SHARES SET until = now() WHERE record = $1 AND holder = $2', [record.id, looker.id])
    await admin.patch(`/api/records/user/${leaver.id}`, { active: false })
    const models = await createModelStore(world.database, recordsRegistry())
    await sweepShares(world.database, (await models.current('default'))!)
    await models.close()
    const left = await query('SELECT holder_kind FROM SHARES WHERE record = $1', [record.id])
    expect(left.rows).to.deep.equal([{ holder_kind: 'role' }])
    const told = (await auditOf(record)).filter(({ action }) => action === 'unshared')
    expect(
      told.map(({ actor, details }) => [actor, (details as { with: { id: string } }).with.id]),
    ).to.deep.equal([[null, leaver.id]])
  })

  it('tells in the model and in the API’s description who may share', async () => {
    const shareOf = async (client: Client) => {
      const { entities } = (await client.get('/api/meta/model')).record as unknown as {
        entities: { name: string; rights: { share: string } }[]
      }
      return entities.find(({ name }) => name === 'account')?.rights.share
    }
    expect(await Promise.all([sally, guide, looker, admin].map(shareOf))).to.deep.equal([
      'own',
      'all',
      'none',
      'all',
    ])
    const pathsOf = async (client: Client) =>
      Object.keys(((await client.get('/api/openapi.json')).body as { paths: object }).paths).filter((path) =>
        path.includes('/shares'),
      )
    expect(await pathsOf(looker)).to.deep.equal([])
    expect(await pathsOf(sally)).to.deep.equal([
      '/api/records/account/{id}/shares',
      '/api/records/account/{id}/shares/{share}',
    ])
  })

  it('keeps the share of a role that is given another name', async () => {
    const record = await fresh()
    const porter = await world.person('porter', 'looker')
    await share(record, sally, { role: 'looker' })
    const written = (await admin.get('/api/meta/definitions/role/looker')).record
    await publishAll(admin, [{ ...written, name: 'onlooker' } as unknown as Written])
    expect(await sees(porter, record)).to.equal(true)
    expect((await sally.get(sharesOf(record))).records.map((one) => one.with)).to.deep.equal([
      { kind: 'role', id: 'onlooker', label: 'onlooker' },
    ])
  })
})
