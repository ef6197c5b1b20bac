import { expect } from 'chai'
import type { ApiRecord, Client } from '../../support/http.ts'
import { make, outcome, startWorld, type World } from './world.ts'

describe('delete and restore', () => {
  let world: World
  let admin: Client
  let serial = 0

  before(async () => {
    world = await startWorld()
    admin = world.admin
  })
  after(() => world.stop())

  const at = (entity: string, record: ApiRecord) => `/api/records/${entity}/${record.id}`
  const isThere = async (entity: string, ...records: readonly ApiRecord[]) =>
    await Promise.all(records.map(async (record) => (await admin.get(at(entity, record))).status === 200))

  /** An account with two orders, three lines, a part, and activities about the account and an order. */
  async function family() {
    const name = `family ${++serial}`
    const account = await make(admin, 'account', { name, code: name })
    const lines = [{ quantity: 1, parts: [{ name: 'bolt' }] }, { quantity: 2 }]
    const order = await make(admin, 'order', { account: account.id, lines })
    const second = await make(admin, 'order', { account: account.id, group: 'b', lines: [{ quantity: 3 }] })
    const about = (entity: string, { id }: ApiRecord) =>
      make(admin, 'activity', { subject: name, about: { entity, id } })
    const activities = [await about('account', account), await about('order', order)]
    return { account, order, second, activities }
  }

  it('refuses while others point here, and counts them', async () => {
    const parent = await make(admin, 'account', { name: 'parent' })
    for (const name of ['a', 'b']) await make(admin, 'account', { name, parent: parent.id })
    const answer = await admin.delete(at('account', parent), { headers: { 'accept-language': 'en' } })
    expect([...outcome(answer), answer.problems[0]?.message]).to.deep.equal([
      409,
      'RECORD_REFERENCED',
      'Records of “account” still point here: 2.',
    ])
    expect(await isThere('account', parent)).to.deep.equal([true])
  })

  it('clears pointers, counts them and tells their history', async () => {
    const campus = await make(admin, 'campus', { name: 'to clear' })
    const account = await make(admin, 'account', { name: 'points', campus: campus.id })
    const shown = await admin.delete(`${at('campus', campus)}?dry_run=1`)
    expect(shown.body).to.deep.equal({ data: { id: campus.id, deleted: {}, cleared: { account: 1 } } })
    expect((await admin.get(at('account', account))).record).to.deep.include({
      campus: campus.id,
      version: 1,
    })
    expect((await admin.delete(at('campus', campus))).body).to.deep.equal(shown.body)
    expect((await admin.get(at('account', account))).record).to.deep.include({ campus: null, version: 2 })
    const [last] = (await admin.get(`${at('account', account)}/history`)).records as unknown as {
      action: string
      changes: { field: string; before: unknown; after: unknown }[]
    }[]
    expect([
      last!.action,
      last!.changes.map(({ field, before, after }) => [field, before, after]),
    ]).to.deep.equal(['update', [['campus', campus.id, null]]])
  })

  it('takes what belongs to it along, counts it, and brings all of it back', async () => {
    const { account, order, second, activities } = await family()
    const expected = {
      data: { id: account.id, deleted: { order: 2, order_line: 3, part: 1, activity: 2 }, cleared: {} },
    }
    expect((await admin.delete(`${at('account', account)}?dry_run=1`)).body).to.deep.equal(expected)
    expect(await isThere('account', account)).to.deep.equal([true])
    expect((await admin.delete(at('account', account))).body).to.deep.equal(expected)
    expect([
      await isThere('account', account),
      await isThere('order', order, second),
      await isThere('activity', ...activities),
    ]).to.deep.equal([[false], [false, false], [false, false]])
    const restored = await admin.post(`${at('account', account)}/restore`)
    expect([restored.status, restored.record.id, restored.record.version]).to.deep.equal([200, account.id, 3])
    expect([
      await isThere('account', account),
      await isThere('order', order, second),
      await isThere('activity', ...activities),
    ]).to.deep.equal([[true], [true, true], [true, true]])
    const lines = await admin.get(`${at('order', order)}?fields=lines.parts.name`)
    expect((lines.record.lines as { parts: unknown[] }[]).map((line) => line.parts.length)).to.deep.equal([
      1, 0,
    ])
  })

  it('leaves in the bin what was there before', async () => {
    const { account, order, second } = await family()
    await admin.delete(at('order', second))
    await admin.delete(at('account', account))
    await admin.post(`${at('account', account)}/restore`)
    expect(await isThere('order', order, second)).to.deep.equal([true, false])
  })

  it('refuses to restore where the unique value is taken, and where what it points to is gone', async () => {
    const first = await make(admin, 'account', { name: 'first', code: 'taken' })
    await admin.delete(at('account', first))
    await make(admin, 'account', { name: 'second', code: 'taken' })
    expect(outcome(await admin.post(`${at('account', first)}/restore`))).to.deep.equal([
      409,
      'RECORD_DUPLICATE /code',
    ])
    const { account, order } = await family()
    await admin.delete(at('account', account))
    expect(outcome(await admin.post(`${at('order', order)}/restore`))).to.deep.equal([
      409,
      'RECORD_PARENT_DELETED /account',
    ])
    expect(await isThere('order', order)).to.deep.equal([false])
  })

  it('names every relation that forbids the delete', async () => {
    const account = await make(admin, 'account', { name: 'referenced' })
    await make(admin, 'account', { name: 'branch', parent: account.id })
    await make(admin, 'order', { account: account.id })
    const answer = await admin.delete(at('account', account), { headers: { 'accept-language': 'en' } })
    expect([answer.status, ...answer.problems.map((fault) => fault.message).sort()]).to.deep.equal([
      409,
      'Records of “account” still point here: 1.',
    ])
  })

  it('lets a unique value go with the record', async () => {
    const first = await make(admin, 'account', { name: 'first', code: 'free again' })
    await admin.delete(at('account', first))
    expect(
      (await admin.post('/api/records/account', { name: 'second', code: 'free again' })).status,
    ).to.equal(201)
  })

  it('acts on a deleted record no more', async () => {
    const record = await make(admin, 'account', { name: 'gone' })
    await admin.delete(at('account', record))
    const answers = [
      await admin.patch(at('account', record), { name: 'x' }),
      await admin.delete(at('account', record)),
      await admin.post('/api/records/account', { name: 'x', parent: record.id }),
      await admin.post(`${at('account', record)}/comments`, { text: 'x' }),
    ]
    expect(answers.map(outcome)).to.deep.equal([
      [404, 'RECORD_NOT_FOUND'],
      [404, 'RECORD_NOT_FOUND'],
      [422, 'FIELD_REFERENCE_MISSING /parent'],
      [404, 'RECORD_NOT_FOUND'],
    ])
  })

  it('deletes comments with their record and brings them back', async () => {
    const record = await make(admin, 'account', { name: 'talk' })
    await admin.post(`${at('account', record)}/comments`, { text: 'a' })
    const answer = await admin.delete(at('account', record))
    expect((answer.body as { data: { deleted: object } }).data.deleted).to.deep.equal({ comment: 1 })
    await admin.post(`${at('account', record)}/restore`)
    expect((await admin.get(`${at('account', record)}/comments`)).records.length).to.equal(1)
  })

  it('never deletes a user, alone or among others, and says what to do instead', async () => {
    const leaver = await world.person(`leaver`, 'sales')
    const alone = await admin.delete(`/api/records/user/${leaver.id}`, {
      headers: { 'accept-language': 'en' },
    })
    expect([outcome(alone), alone.problems[0]?.hint]).to.deep.equal([
      [409, 'USER_NOT_DELETABLE'],
      'Set “active” to false: they can no longer sign in, and what they did keeps their name.',
    ])
    const among = await admin.post('/api/records/user/bulk', { delete: [leaver.id] })
    expect(outcome(among)).to.deep.equal([409, 'USER_NOT_DELETABLE /delete/0'])
    expect((await admin.get(`/api/records/user/${leaver.id}`)).status).to.equal(200)
  })

  it('goes round a circle of lookups once', async () => {
    const a = await make(admin, 'account', { name: 'a' })
    const b = await make(admin, 'account', { name: 'b', parent: a.id })
    await admin.patch(at('account', a), { parent: b.id })
    expect(outcome(await admin.delete(at('account', a)))).to.deep.equal([409, 'RECORD_REFERENCED'])
    await admin.patch(at('account', b), { parent: b.id })
    expect(outcome(await admin.delete(at('account', b)))).to.deep.equal([409, 'RECORD_REFERENCED'])
    await admin.patch(at('account', a), { parent: null })
    expect((await admin.delete(at('account', b))).status).to.equal(200)
    expect((await admin.post(`${at('account', b)}/restore`)).record.parent).to.equal(b.id)
  })
})
