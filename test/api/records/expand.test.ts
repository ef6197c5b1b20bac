import { expect } from 'chai'
import type { ApiRecord, Client } from '../../support/http.ts'
import { listPath, make, outcome, type Person, startWorld, type World } from './world.ts'

const HIDDEN = { id: null, label: null, hidden: true }

describe('fields and expand', () => {
  let world: World
  let admin: Client
  let sales: Person
  let records: Record<'campus' | 'pump' | 'root' | 'child' | 'order', ApiRecord>

  before(async () => {
    world = await startWorld()
    admin = world.admin
    sales = await world.person('sally', 'sales')
    const campus = await make(admin, 'campus', { name: 'Suzhou', city: 'SZ' })
    const pump = await make(admin, 'product', { name: 'Pump', price: 9.5, campus: campus.id })
    const root = await make(admin, 'account', { name: 'root', campus: campus.id })
    const child = await make(admin, 'account', {
      name: 'child',
      parent: root.id,
      campus: campus.id,
      products: [pump.id],
      owner: sales.id,
    })
    const lines = [
      { quantity: 2, product: pump.id, note: 'first', parts: [{ name: 'bolt' }, { name: 'nut' }] },
      { quantity: 1 },
    ]
    const order = await make(admin, 'order', { account: child.id, lines, owner: sales.id })
    records = { campus, pump, root, child, order }
  })
  after(() => world.stop())

  const got = async (client: Client, entity: string, id: string, query: string) => {
    const answer = await client.get(`/api/records/${entity}/${id}?${query}`)
    if (answer.status !== 200) return outcome(answer)
    const listed = await client.get(
      listPath(entity, {
        filter: { '==': [{ var: 'id' }, id] },
        ...Object.fromEntries(new URLSearchParams(query)),
      }),
    )
    expect(listed.records, 'the list says the same').to.deep.equal([answer.record])
    return answer.record
  }

  it('gives the fields asked for, the id always', async () => {
    const { child, campus } = records
    expect(await got(admin, 'account', child.id, 'fields=name,campus')).to.deep.equal({
      id: child.id,
      name: 'child',
      campus: campus.id,
    })
    expect(await got(admin, 'account', child.id, 'fields=')).to.deep.equal({ id: child.id })
  })

  it('gives fields behind lookups by dots', async () => {
    const { child, root, campus } = records
    expect(await got(admin, 'account', child.id, 'fields=parent.campus.city')).to.deep.equal({
      id: child.id,
      parent: { id: root.id, label: 'root', campus: { id: campus.id, label: 'Suzhou', city: 'SZ' } },
    })
  })

  it('expands a lookup with its own fields and label, two levels deep', async () => {
    const { child, root, campus } = records
    const record = (await got(admin, 'account', child.id, 'fields=name&expand=parent.campus')) as ApiRecord
    const parent = record.parent as ApiRecord
    expect([parent.id, parent.label, parent.name]).to.deep.equal([root.id, 'root', 'root'])
    expect(parent.campus).to.deep.equal({ id: campus.id, label: 'Suzhou', name: 'Suzhou', city: 'SZ' })
    expect(parent).to.not.have.any.keys('created_at', 'version', 'password')
  })

  it('expands a person to the name alone, to more where it is named, never to the password', async () => {
    const record = (await got(admin, 'account', records.child.id, 'expand=owner')) as ApiRecord
    expect(record.owner).to.deep.equal({ id: sales.id, label: 'sally' })
    const more = (await got(admin, 'account', records.child.id, 'fields=*,owner.email')) as ApiRecord
    expect(more.owner).to.deep.equal({ id: sales.id, label: 'sally', email: 'sally@example.com' })
    expect(Object.keys(more)).to.deep.equal(Object.keys(record))
    const refused = await admin.get(listPath('account', { fields: 'owner.password' }))
    expect(outcome(refused)).to.deep.equal([400, 'QUERY_FIELD_UNKNOWN /fields'])
  })

  it('expands many-to-many and what they lead to', async () => {
    const { child, pump, campus } = records
    expect(await got(admin, 'account', child.id, 'fields=products')).to.deep.equal({
      id: child.id,
      products: [pump.id],
    })
    expect(await got(admin, 'account', child.id, 'fields=products.name,products.campus.name')).to.deep.equal({
      id: child.id,
      products: [
        {
          id: pump.id,
          label: 'Pump',
          name: 'Pump',
          campus: { id: campus.id, label: 'Suzhou', name: 'Suzhou' },
        },
      ],
    })
  })

  it('expands child lists within child lists', async () => {
    const record = (await got(
      admin,
      'order',
      records.order.id,
      'fields=lines.quantity,lines.parts.name',
    )) as ApiRecord
    const lines = record.lines as { quantity: number; parts: { name: string }[] }[]
    expect(lines.map((line) => [line.quantity, line.parts.map((part) => part.name)])).to.deep.equal([
      [2, ['bolt', 'nut']],
      [1, []],
    ])
  })

  it('expands dynamic lookups to a label', async () => {
    const { child } = records
    const made = await make(admin, 'activity', {
      subject: 'call',
      about: { entity: 'account', id: child.id },
    })
    expect(made.about).to.deep.equal({ entity: 'account', id: child.id })
    expect(await got(admin, 'activity', made.id, 'fields=about&expand=about')).to.deep.equal({
      id: made.id,
      about: { entity: 'account', id: child.id, label: 'child' },
    })
  })

  it('hides related records that the actor may not read', async () => {
    const { child, root, pump } = records
    const record = (await got(
      sales,
      'account',
      child.id,
      'fields=name,parent,campus,products&expand=parent,campus,products',
    )) as ApiRecord
    expect([record.parent, record.campus]).to.deep.equal([HIDDEN, HIDDEN])
    expect((record.products as ApiRecord[]).map(({ id, campus }) => [id, campus])).to.deep.equal([
      [pump.id, HIDDEN],
    ])
    const about = await make(admin, 'activity', {
      subject: 'call',
      about: { entity: 'account', id: root.id },
    })
    expect(await got(sales, 'activity', about.id, 'fields=about&expand=about')).to.deep.equal({
      id: about.id,
      about: HIDDEN,
    })
    expect(await got(sales, 'activity', about.id, 'fields=about')).to.deep.equal({
      id: about.id,
      about: HIDDEN,
    })
    expect(await got(sales, 'account', child.id, 'fields=parent,campus')).to.deep.equal({
      id: child.id,
      parent: HIDDEN,
      campus: HIDDEN,
    })
    expect(await got(sales, 'account', child.id, 'fields=parent.name')).to.deep.equal({
      id: child.id,
      parent: HIDDEN,
    })
  })

  const refusals: readonly (readonly [string, string, readonly (number | string)[]])[] = [
    ['three levels', 'expand=parent.parent.campus', [400, 'QUERY_EXPAND_TOO_DEEP /expand']],
    ['three levels of fields', 'fields=parent.parent.campus.name', [400, 'QUERY_EXPAND_TOO_DEEP /fields']],
    ['a field that leads nowhere', 'expand=name', [400, 'QUERY_FIELD_NOT_EXPANDABLE /expand']],
    ['a dot behind a plain field', 'fields=name.x', [400, 'QUERY_FIELD_NOT_EXPANDABLE /fields']],
    ['an unknown field behind a lookup', 'expand=parent.campsu', [400, 'QUERY_FIELD_UNKNOWN /expand']],
    ['a write-only field', 'fields=manager.password', [400, 'QUERY_FIELD_UNKNOWN /fields']],
    ['an unknown parameter', 'feilds=name', [400, 'HTTP_PARAMETER_UNKNOWN /feilds']],
  ]
  for (const [name, query, expected] of refusals) {
    it(`refuses ${name}`, async () => {
      expect(outcome(await admin.get(`/api/records/account/${records.child.id}?${query}`))).to.deep.equal(
        expected,
      )
      expect(outcome(await admin.get(`/api/records/account?${query}`))).to.deep.equal(expected)
    })
  }

  it('refuses to look behind a dynamic lookup', async () => {
    expect(outcome(await admin.get('/api/records/activity?expand=about.owner'))).to.deep.equal([
      400,
      'QUERY_FIELD_NOT_EXPANDABLE /expand',
    ])
  })

  it('lists related records by each kind of relation', async () => {
    const { child, root, pump, order, campus } = records
    const ids = async (client: Client, path: string) => {
      const answer = await client.get(`/api/records/${path}`)
      return answer.status === 200 ? answer.records.map((row) => row.id) : outcome(answer)
    }
    expect(await ids(admin, `account/${root.id}/related/subsidiaries`)).to.deep.equal([child.id])
    expect(await ids(admin, `product/${pump.id}/related/buyers`)).to.deep.equal([child.id])
    expect(await ids(admin, `account/${child.id}/related/orders?sort=-number&limit=1`)).to.deep.equal([
      order.id,
    ])
    expect((await ids(admin, `account/${child.id}/related/activities`)).length).to.equal(1)
    expect(
      await ids(
        admin,
        `campus/${campus.id}/related/accounts?filter=${encodeURIComponent('{"==":[{"var":"name"},"root"]}')}`,
      ),
    ).to.deep.equal([root.id])
    expect(await ids(admin, `account/${child.id}/related/odrers`)).to.deep.equal([404, 'RELATION_UNKNOWN'])
    expect(await ids(admin, `account/${child.id}/related/orders?filter=x`)).to.deep.equal([
      400,
      'RULE_SHAPE_INVALID /filter',
    ])
    expect(await ids(sales, `account/${root.id}/related/subsidiaries`)).to.deep.equal([
      404,
      'RECORD_NOT_FOUND',
    ])
    expect(await ids(sales, `product/${pump.id}/related/buyers`)).to.deep.equal([child.id])
  })
})
