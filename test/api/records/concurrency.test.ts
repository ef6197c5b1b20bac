import { expect } from 'chai'
import type { Answer, Client } from '../../support/http.ts'
import { listPath, make, outcome, startWorld, type World } from './world.ts'

describe('many writers at once', () => {
  let world: World
  let admin: Client

  before(async () => {
    world = await startWorld()
    admin = world.admin
  })
  after(() => world.stop())

  const times = <T>(count: number, work: (index: number) => Promise<T>) =>
    Promise.all(Array.from({ length: count }, (_, index) => work(index)))
  /** How many answers had which outcome. */
  const tally = (answers: readonly Answer[]) => {
    const counts: Record<string, number> = {}
    for (const answer of answers) {
      const key = outcome(answer).join(' ')
      counts[key] = (counts[key] ?? 0) + 1
    }
    return counts
  }
  const at = ({ id }: { id: string }, entity = 'account') => `/api/records/${entity}/${id}`

  it('makes one record of twenty with the same unique value', async () => {
    const answers = await times(20, () => admin.post('/api/records/account', { name: 'x', code: 'one' }))
    expect(tally(answers)).to.deep.equal({ 201: 1, '409 RECORD_DUPLICATE /code': 19 })
  })

  it('makes one record of twenty upserts', async () => {
    const answers = await times(20, (index) =>
      admin.put('/api/records/account/by/code/upserted', { name: `n${index}` }),
    )
    expect(tally(answers)).to.deep.equal({ 200: 19, 201: 1 })
    const filter = { '==': [{ var: 'code' }, 'upserted'] }
    const found = (await admin.get(listPath('account', { filter }))).records
    expect(found.map((row) => row.version)).to.deep.equal([20])
  })

  it('loses none of forty changes without If-Match, whatever they touch', async () => {
    const record = await make(admin, 'account', { name: 'busy', phone: '021-5555 0000' })
    const bodies = [{ amount: 1 }, { name: 'renamed' }, { phone: '021-5555 1111' }, { products: [] }]
    const answers = await times(40, (index) => admin.patch(at(record), bodies[index % 4]))
    expect(tally(answers)).to.deep.equal({ 200: 40 })
    expect((await admin.get(at(record))).record).to.deep.include({ version: 41, amount: 1, name: 'renamed' })
    const found = await admin.get(listPath('account', { q: '5555 1111 renamed' }))
    expect(found.records.map((row) => row.id)).to.deep.equal([record.id])
    expect(new Set(answers.map((answer) => answer.record.version)).size).to.equal(40)
  })

  it('lets one of twenty changes of the same version win', async () => {
    const record = await make(admin, 'account', { name: 'raced' })
    const answers = await times(20, (index) =>
      admin.patch(at(record), { amount: index }, { headers: { 'if-match': '"1"' } }),
    )
    expect(tally(answers)).to.deep.equal({ 200: 1, '412 RECORD_VERSION_MOVED': 19 })
  })

  it('moves a stage once where two ways part', async () => {
    const account = await make(admin, 'account', { name: 'buyer' })
    const order = await make(admin, 'order', { account: account.id })
    await admin.patch(at(order, 'order'), { stage: 'sent' })
    const answers = await times(10, (index) =>
      admin.patch(at(order, 'order'), { stage: index % 2 === 0 ? 'won' : 'lost' }),
    )
    const { stage } = (await admin.get(at(order, 'order'))).record
    const good = answers.filter((answer) => answer.status === 200)
    expect(good.map((answer) => answer.record.stage)).to.deep.equal(good.map(() => stage))
    expect(tally(answers)).to.deep.equal({ 200: 5, '422 STAGE_TRANSITION_DENIED /stage': 5 })
  })

  it('never leaves a live record pointing to a deleted one', async () => {
    await times(30, async (round) => {
      const parent = await make(admin, 'account', { name: `parent ${round}` })
      const other = await make(admin, 'account', { name: `child ${round}` })
      const answers = await Promise.all([
        admin.post('/api/records/account', { name: `new ${round}`, parent: parent.id }),
        admin.delete(at(parent)),
        admin.patch(at(other), { parent: parent.id }),
      ])
      expect(answers.map((answer) => answer.status < 500)).to.deep.equal([true, true, true])
    })
    const dangling = await world.database.query({
      text: await danglingSql(),
    })
    expect(dangling.rows).to.deep.equal([])
  })

  async function danglingSql(): Promise<string> {
    const found = await world.database.query<{ t: string }>({
      text: `SELECT quote_ident(table_schema) || '.' || quote_ident(table_name) AS t FROM information_schema.columns WHERE column_name = 'parent' AND table_name LIKE '%account%'`,
    })
    const table = found.rows[0]!.t
    return `SELECT c.id FROM ${table} c JOIN ${table} p ON p.id = c.parent WHERE c.deleted_at IS NULL AND p.deleted_at IS NOT NULL`
  }

  it('takes cascades and writes below them together, each wholly or not at all', async () => {
    await times(8, async (round) => {
      const account = await make(admin, 'account', { name: `root ${round}` })
      const order = await make(admin, 'order', {
        account: account.id,
        lines: [{ quantity: 1 }, { quantity: 2 }],
      })
      const answers = await Promise.all([
        admin.delete(at(account)),
        admin.delete(at(order, 'order')),
        admin.patch(at(order, 'order'), { lines: [{ quantity: 3 }] }),
        admin.post('/api/records/order', { account: account.id }),
        admin.patch(at(order, 'order'), { account: account.id, group: 'g' }),
        admin.delete(at(account)),
      ])
      const bad = answers.filter((answer) => answer.status >= 500 || answer.status === 409)
      expect(bad.map(outcome)).to.deep.equal([])
      expect((await admin.get(at(account))).status).to.equal(404)
      expect((await admin.get(`${at(account)}/related/orders`)).status).to.equal(404)
      const filter = { '==': [{ var: 'account' }, account.id] }
      expect((await admin.get(listPath('order', { filter }))).records).to.deep.equal([])
    })
  })

  it('takes bulk calls on the same records in opposite orders', async () => {
    const records = await times(30, (index) =>
      make(admin, 'account', { name: `b${index}`, code: `b${index}` }),
    )
    const update = records.map(({ id }) => ({ id, amount: 1 }))
    const upsert = { key: 'code', records: records.map(({ code }) => ({ code, amount: 2 })) }
    const bodies = [
      { update },
      { update: update.toReversed() },
      { upsert },
      { upsert: { ...upsert, records: upsert.records.toReversed() } },
    ]
    const answers = await times(12, (index) => admin.post('/api/records/account/bulk', bodies[index % 4]))
    expect(tally(answers)).to.deep.equal({ 200: 12 })
    const found = await admin.get(
      listPath('account', { filter: { in: [{ var: 'code' }, records.map((r) => r.code)] }, limit: 200 }),
    )
    expect(found.records.map((row) => row.version)).to.deep.equal(records.map(() => 13))
  })

  it('makes one record a key of bulk upserts at once, atomic or not', async () => {
    for (const [atomic, isKeyed] of [
      [true, false],
      [false, false],
      [true, true],
    ]) {
      const records = Array.from({ length: 5 }, (_, index) => ({
        code: `bulk ${atomic} ${isKeyed} ${index}`,
        name: 'n',
      }))
      const body = { upsert: { key: 'code', records }, atomic }
      const answers = await times(10, (index) =>
        admin.post('/api/records/account/bulk', body, {
          headers: isKeyed ? { 'idempotency-key': `bulk ${index}` } : {},
        }),
      )
      expect(tally(answers)).to.deep.equal({ 200: 10 })
      const filter = { in: [{ var: 'code' }, records.map(({ code }) => code)] }
      const found = await admin.get(listPath('account', { filter, limit: 200 }))
      expect(found.records.map((row) => row.version)).to.deep.equal([10, 10, 10, 10, 10])
    }
  })

  it('takes records that point to each other crosswise', async () => {
    const [a, b] = await times(2, (index) => make(admin, 'account', { name: `x${index}` }))
    const answers = await times(20, (index) =>
      index % 2 === 0
        ? admin.patch(at(a!), { parent: b!.id, amount: index })
        : admin.patch(at(b!), { parent: a!.id, amount: index }),
    )
    expect(tally(answers)).to.deep.equal({ 200: 20 })
  })

  describe('idempotency keys', () => {
    const key = (name: string) => ({ headers: { 'idempotency-key': name } })

    it('make one record of twenty retries at once, with one answer', async () => {
      const body = { name: 'once', code: 'once' }
      const answers = await times(20, () => admin.post('/api/records/account', body, key('k1')))
      expect(tally(answers)).to.deep.equal({ 201: 20 })
      expect(new Set(answers.map((answer) => answer.text)).size).to.equal(1)
      expect(new Set(answers.map((answer) => answer.headers.get('location'))).size).to.equal(1)
      expect(
        answers.filter((answer) => answer.headers.get('idempotency-replayed') === 'true').length,
      ).to.equal(19)
    })

    it('are refused for another request, free after a refusal, and each person has their own', async () => {
      const other = await admin.post('/api/records/account', { name: 'twice' }, key('k1'))
      expect(outcome(other)).to.deep.equal([422, 'IDEMPOTENCY_KEY_REUSED'])
      expect(outcome(await admin.post('/api/records/campus', { name: 'once' }, key('k1')))).to.deep.equal([
        422,
        'IDEMPOTENCY_KEY_REUSED',
      ])
      expect((await admin.post('/api/records/account', {}, key('k2'))).status).to.equal(422)
      expect((await admin.post('/api/records/account', { name: 'mended' }, key('k2'))).status).to.equal(201)
      const sally = await world.person('sally', 'sales')
      expect((await sally.post('/api/records/account', { name: 'hers' }, key('k1'))).record.name).to.equal(
        'hers',
      )
      expect(
        outcome(await admin.post('/api/records/account', { name: 'x' }, key('x'.repeat(201)))),
      ).to.deep.equal([400, 'IDEMPOTENCY_KEY_INVALID'])
    })

    it('work for bulk, filter and set, restore and comments, many at once', async () => {
      const record = await make(admin, 'account', { name: 'kept', code: 'idem' })
      const filter = { '==': [{ var: 'code' }, 'idem'] }
      const sets = await times(30, () =>
        admin.post('/api/records/account/bulk', { filter, set: { amount: 1 } }, key('k3')),
      )
      expect(tally(sets)).to.deep.equal({ 200: 30 })
      const comments = await times(20, (index) =>
        admin.post(`${at(record)}/comments`, { text: `n${index}` }, key(`c${index}`)),
      )
      expect(tally(comments)).to.deep.equal({ 201: 20 })
      await admin.delete(at(record))
      const restored = await times(5, () => admin.post(`${at(record)}/restore`, undefined, key('k4')))
      expect(tally(restored)).to.deep.equal({ 200: 5 })
      const duplicates = await times(30, (index) =>
        admin.post('/api/records/account', { name: 'x', code: 'idem' }, key(`d${index}`)),
      )
      expect(tally(duplicates)).to.deep.equal({ '409 RECORD_DUPLICATE /code': 30 })
    })
  })
})
