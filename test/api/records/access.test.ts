import { expect } from 'chai'
import type { ApiRecord, Client } from '../../support/http.ts'
import { listPath, make, outcome, type Person, startWorld, type World } from './world.ts'

describe('rights on records', () => {
  let world: World
  let admin: Client
  let sally: Person
  let ron: Person
  let nora: Person
  let mine: ApiRecord
  let others: ApiRecord

  before(async () => {
    world = await startWorld()
    admin = world.admin
    sally = await world.person('sally', 'sales')
    ron = await world.person('ron', 'reader')
    nora = await world.person('nora')
    mine = await make(sally, 'account', { name: 'mine', code: 'M', amount: 1 })
    others = await make(admin, 'account', { name: 'others', code: 'X', amount: 10 })
  })
  after(() => world.stop())

  const at = (record: ApiRecord) => `/api/records/account/${record.id}`
  const hidden = [404, 'RECORD_NOT_FOUND']
  const denied = [403, 'AUTH_DENIED']

  it('denies by default: without a role there is no entity', async () => {
    const answers = await Promise.all([
      nora.get('/api/records/account'),
      nora.get(at(mine)),
      nora.post('/api/records/account', { name: 'x' }),
      nora.patch(at(mine), { name: 'x' }),
      nora.delete(at(mine)),
      nora.post('/api/records/account/aggregate', {}),
      nora.post('/api/records/account/bulk', { create: [{ name: 'x' }] }),
    ])
    expect(answers.map(outcome)).to.deep.equal(answers.map(() => [404, 'ENTITY_UNKNOWN']))
    expect(outcome(await sally.get('/api/records/campus'))).to.deep.equal([404, 'ENTITY_UNKNOWN'])
  })

  it('asks for a sign-in first', async () => {
    expect((await world.client.get('/api/records/account')).status).to.equal(401)
    expect((await world.client.as('nonsense').get(at(mine))).status).to.equal(401)
  })

  it('hides records of others in scope own, on every call, as if they were not there', async () => {
    const path = at(others)
    const answers = await Promise.all([
      sally.get(path),
      sally.patch(path, { name: 'stolen' }),
      sally.patch(path, { name: 'stolen' }, { headers: { 'if-match': '"1"' } }),
      sally.delete(path),
      sally.delete(`${path}?dry_run=1`),
      sally.post(`${path}/restore`),
      sally.get(`${path}/history`),
      sally.get(`${path}/comments`),
      sally.post(`${path}/comments`, { text: 'hi' }),
      sally.get(`${path}/files`),
      sally.get(`${path}/related/orders`),
    ])
    expect(answers.map(outcome)).to.deep.equal(answers.map(() => hidden))
    expect(
      outcome(await sally.post('/api/records/account/bulk', { update: [{ id: others.id, name: 'x' }] })),
    ).to.deep.equal([404, 'RECORD_NOT_FOUND /update/0'])
    expect(outcome(await sally.post('/api/records/account/bulk', { delete: [others.id] }))).to.deep.equal([
      404,
      'RECORD_NOT_FOUND /delete/0',
    ])
    const names = (answer: { records: readonly ApiRecord[] }) => answer.records.map((row) => row.name)
    expect(names(await sally.get('/api/records/account'))).to.deep.equal(['mine'])
    expect(names(await sally.get(listPath('account', { q: 'others' })))).to.deep.equal([])
    const sums = await sally.post('/api/records/account/aggregate', {
      measures: [{ fn: 'count' }, { fn: 'sum', field: 'amount' }],
    })
    expect(sums.body).to.deep.equal({ data: [{ count: 1, sum_amount: 1 }] })
    expect((await admin.get(at(others))).record).to.deep.include({ name: 'others', version: 1 })
  })

  it('cannot point to a record out of sight', async () => {
    const missing = (path: string) => [422, `FIELD_REFERENCE_MISSING /${path}`]
    expect(outcome(await sally.post('/api/records/account', { name: 'x', parent: others.id }))).to.deep.equal(
      missing('parent'),
    )
    expect(outcome(await sally.patch(at(mine), { parent: others.id }))).to.deep.equal(missing('parent'))
    expect(outcome(await sally.post('/api/records/order', { account: others.id }))).to.deep.equal(
      missing('account'),
    )
    const about = { entity: 'account', id: others.id }
    expect(outcome(await sally.post('/api/records/activity', { subject: 'x', about }))).to.deep.equal(
      missing('about'),
    )
  })

  it('says no more of a taken value than that it is taken', async () => {
    const taken = [409, 'RECORD_DUPLICATE /code']
    const created = await sally.post('/api/records/account', { name: 'x', code: 'X' })
    const put = await sally.put('/api/records/account/by/code/X', { name: 'x' })
    expect([outcome(created), outcome(put)]).to.deep.equal([taken, taken])
    expect(created.text + put.text).to.not.include(others.id)
  })

  it('lets who reads all change only what is their own: 403, since it is no secret', async () => {
    expect((await ron.get(at(mine))).status).to.equal(200)
    expect(outcome(await ron.patch(at(mine), { name: 'x' }))).to.deep.equal(denied)
    expect(outcome(await ron.delete(at(mine)))).to.deep.equal(denied)
    expect(
      outcome(await ron.post('/api/records/account/bulk', { update: [{ id: mine.id, name: 'x' }] })),
    ).to.deep.equal([403, 'AUTH_DENIED /update/0'])
    const own = await make(ron, 'account', { name: "ron's" })
    expect((await ron.patch(at(own), { name: 'changed' })).status).to.equal(200)
    expect(outcome(await ron.delete(at(own)))).to.deep.equal(denied)
    expect(outcome(await ron.post('/api/records/activity', { subject: 'x' }))).to.deep.equal(denied)
    const many = await ron.post('/api/records/activity/bulk', { create: [{ subject: 'x' }] })
    expect(outcome(many)).to.deep.equal(denied)
  })

  it('hands a record over: the new owner has it, the old one no more', async () => {
    const sam = await world.person('sam', 'sales')
    const record = await make(sally, 'account', { name: 'handed over' })
    const answer = await admin.patch(at(record), { owner: sam.id })
    expect(answer.record.owner).to.equal(sam.id)
    expect([(await sally.get(at(record))).status, (await sam.get(at(record))).status]).to.deep.equal([
      404, 200,
    ])
  })

  it('answers only the id where the record leaves the own sight', async () => {
    const gail = await world.person('gail', 'giver')
    const made = await gail.post('/api/records/account', { name: 'for sally', owner: sally.id, products: [] })
    expect(made.body).to.deep.equal({ data: { id: made.record.id } })
    expect((await sally.get(at(made.record))).record.name).to.equal('for sally')
    const own = await make(gail, 'account', { name: 'given away' })
    expect((await gail.patch(at(own), { owner: sally.id })).body).to.deep.equal({ data: { id: own.id } })
    expect(outcome(await gail.get(at(own)))).to.deep.equal(hidden)
  })

  it('changes by filter only what is in sight', async () => {
    const answer = await sally.post('/api/records/account/bulk', {
      filter: { '!=': [{ var: 'name' }, null] },
      set: { level: 'a' },
    })
    expect(answer.status).to.equal(200)
    expect((await admin.get(at(others))).record).to.deep.include({ level: 'c', version: 1 })
    expect((await admin.get(at(mine))).record.level).to.equal('a')
  })

  it('never lets a filter see through a hidden lookup', async () => {
    const child = await make(admin, 'account', { name: 'child', parent: others.id, owner: sally.id })
    const found = async (filter: unknown) =>
      (await sally.get(listPath('account', { filter, fields: 'name' }))).records.map((row) => row.id)
    expect(await found({ '==': [{ var: 'parent.name' }, 'others'] })).to.deep.equal([])
    expect(await found({ '==': [{ var: 'parent.code' }, null] })).to.include(child.id)
    const grouped = await sally.post('/api/records/account/aggregate', {
      group: ['parent.level'],
      filter: { '==': [{ var: 'id' }, child.id] },
    })
    expect(grouped.body).to.deep.equal({ data: [{ 'parent.level': null, count: 1 }] })
    const sorted = await sally.get(listPath('account', { sort: 'parent.name', fields: 'name' }))
    expect(sorted.status).to.equal(200)
  })

  it('restores only what one may delete', async () => {
    const record = await make(sally, 'account', { name: 'binned' })
    await sally.delete(at(record))
    expect(outcome(await ron.post(`${at(record)}/restore`))).to.deep.equal(denied)
    expect((await sally.get(listPath('account', { deleted: 1 }))).records.map((row) => row.id)).to.deep.equal(
      [record.id],
    )
    expect((await sally.post(`${at(record)}/restore`)).status).to.equal(200)
    expect(outcome(await sally.post(`${at(record)}/restore`))).to.deep.equal([409, 'RECORD_NOT_DELETED'])
  })

  it('keeps the links that the writer cannot see', async () => {
    const gail = await world.person('gaby', 'giver')
    const product = await make(admin, 'product', { name: 'secret' })
    const record = await make(admin, 'account', { name: 'linked', owner: gail.id, products: [product.id] })
    expect((await gail.get(at(record))).record.products).to.deep.equal([])
    expect((await gail.patch(at(record), { products: [] })).status).to.equal(200)
    expect((await admin.get(at(record))).record.products).to.deep.equal([product.id])
    expect((await admin.patch(at(record), { products: [] })).record.products).to.deep.equal([])
  })
})
