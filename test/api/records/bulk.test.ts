import { expect } from 'chai'
import type { Answer, Client } from '../../support/http.ts'
import { listPath, make, NOBODY, outcome, type Person, startWorld, type World } from './world.ts'

interface Result {
  readonly op: string
  readonly index: number
  readonly status: number
  readonly id?: string
  readonly errors?: readonly { code: string; path: string }[]
}

describe('bulk', () => {
  let world: World
  let admin: Client
  let sally: Person
  let serial = 0

  before(async () => {
    world = await startWorld()
    admin = world.admin
    sally = await world.person('sally', 'sales')
  })
  after(() => world.stop())

  const bulk = (body: unknown, headers = {}) => admin.post('/api/records/account/bulk', body, { headers })
  const results = (answer: Answer) =>
    (answer.records as unknown as Result[]).map(({ op, index, status, errors = [] }) =>
      [op, index, status, ...errors.map((fault) => `${fault.code} ${fault.path}`)].join(' '),
    )
  const count = async () =>
    ((await admin.get(listPath('account', { count: 'exact', limit: 1 }))).body as { count: number }).count
  const trail = async () => {
    const schemas = await world.database.query<{ s: string }>({
      text: `SELECT quote_ident(table_schema) AS s FROM information_schema.tables WHERE table_name = 'tenon_audit'`,
    })
    const schema = schemas.rows[0]!.s
    const found = await world.database.query<{ a: number }>({
      text: `SELECT count(*)::int AS a FROM ${schema}.tenon_audit`,
    })
    return found.rows[0]
  }

  async function three() {
    serial++
    return await Promise.all(
      ['a', 'b', 'c'].map((name) => make(admin, 'account', { name, code: `${serial}${name}` })),
    )
  }

  it('draws a number of its own for each record of a batch', async () => {
    const account = await make(admin, 'account', { name: 'numbered' })
    const create = Array.from({ length: 12 }, () => ({ account: account.id }))
    expect((await admin.post('/api/records/order/bulk', { create })).status).to.equal(200)
    const filter = JSON.stringify({ '==': [{ var: 'account' }, account.id] })
    const { records } = await admin.get(listPath('order', { filter, sort: 'number', fields: 'number' }))
    const numbers = records.map(({ number }) => String(number))
    expect(new Set(numbers).size).to.equal(12)
    for (const number of numbers) expect(number).to.match(/^O-\d{4}-\d{4}$/)
  })

  it('creates, updates, upserts and deletes in one call', async () => {
    const [a, b] = await three()
    const product = await make(admin, 'product', { name: 'bulky' })
    const answer = await bulk({
      create: [{ name: 'new 1' }, { name: 'new 2', products: [product.id] }],
      update: [{ id: a!.id, name: 'changed' }],
      upsert: {
        key: 'code',
        records: [
          { code: b!.code, name: 'upserted' },
          { code: 'new code', name: 'x' },
        ],
      },
      delete: [(await make(admin, 'account', { name: 'goes' })).id],
    })
    expect(results(answer)).to.deep.equal([
      'create 0 201',
      'create 1 201',
      'update 0 200',
      'upsert 0 200',
      'upsert 1 201',
      'delete 0 200',
    ])
    expect((await admin.get(`/api/records/account/${b!.id}`)).record.name).to.equal('upserted')
  })

  it('leaves one audit row and one event for each write', async () => {
    const before = (await trail())!
    await bulk({ create: Array.from({ length: 50 }, (_, index) => ({ name: `n${index}` })) })
    const after = (await trail())!
    expect(after.a - before.a).to.equal(50)
  })

  const faulty = async () => {
    const [a, b] = await three()
    return {
      create: [
        { name: 'fine' },
        { nmae: 'x' },
        { name: 'dup', code: a!.code },
        { name: 'y', code: 'twice' },
        { name: 'z', code: 'twice' },
      ],
      update: [
        { id: b!.id, name: 'changed' },
        { id: NOBODY, name: 'x' },
        { id: 'x', name: 'x' },
        { id: b!.id, level: 'z', parent: NOBODY },
      ],
      upsert: {
        key: 'code',
        records: [{ name: 'no key' }, { code: 5, name: 'x' }, { code: ['x'], name: 'x' }],
      },
      delete: [NOBODY, 'x'],
    }
  }
  const faults = [
    'FIELD_UNKNOWN /create/1/nmae',
    'FIELD_REQUIRED /create/1/name',
    'RECORD_DUPLICATE /create/2/code',
    'RECORD_DUPLICATE /create/4/code',
    'RECORD_NOT_FOUND /update/1',
    'RECORD_NOT_FOUND /update/2',
    'FIELD_OPTION_UNKNOWN /update/3/level',
    'FIELD_REFERENCE_MISSING /update/3/parent',
    'FIELD_REQUIRED /upsert/records/0/code',
    'FIELD_TYPE_WRONG /upsert/records/1/code',
    'FIELD_TYPE_WRONG /upsert/records/2/code',
    'RECORD_NOT_FOUND /delete/0',
    'RECORD_NOT_FOUND /delete/1',
  ]

  for (const headers of [{}, { 'idempotency-key': 'atomic' }]) {
    it(`is all or nothing, with every problem at its place ${JSON.stringify(headers)}`, async () => {
      const body = await faulty()
      const before = [await count(), await trail()]
      expect(outcome(await bulk(body, headers))).to.deep.equal([422, ...faults])
      expect([await count(), await trail()]).to.deep.equal(before)
    })
  }

  for (const headers of [{}, { 'idempotency-key': 'each' }]) {
    it(`lets each record stand for itself when asked ${JSON.stringify(headers)}`, async () => {
      const body = await faulty()
      const [before] = [await count()]
      const answer = await bulk({ ...body, atomic: false }, headers)
      expect(answer.status).to.equal(200)
      const lines = results(answer)
      const wrong = lines
        .filter((line) => !/ 20[01]$/.test(line))
        .flatMap(
          (line) =>
            line
              .split(' ')
              .slice(3)
              .join(' ')
              .match(/\S+ \/\S+/g) ?? [],
        )
      expect(wrong).to.deep.equal(faults)
      expect(lines.filter((line) => / 20[01]$/.test(line))).to.deep.equal([
        'create 0 201',
        'create 3 201',
        'update 0 200',
      ])
      expect((await count()) - before!).to.equal(2)
      for (const row of (
        await admin.get(listPath('account', { filter: { '==': [{ var: 'code' }, 'twice'] } }))
      ).records) {
        await admin.delete(`/api/records/account/${row.id}`)
      }
    })
  }

  it('takes a refused delete back wholly, also under an idempotency key', async () => {
    const [a, b] = await three()
    await admin.patch(`/api/records/account/${b!.id}`, { parent: a!.id })
    for (const headers of [{}, { 'idempotency-key': 'refused delete' }]) {
      const answer = await bulk({ delete: [a!.id], create: [{ name: 'kept' }], atomic: false }, headers)
      expect(results(answer)).to.deep.equal(['create 0 201', 'delete 0 409 RECORD_REFERENCED /delete/0'])
      expect((await admin.get(`/api/records/account/${a!.id}`)).status).to.equal(200)
    }
  })

  it('sets fields on all that a filter finds', async () => {
    const records = await three()
    const filter = { in: [{ var: 'code' }, records.map((record) => record.code)] }
    const answer = await bulk({ filter, set: { level: 'a', amount: 7 } })
    expect(results(answer)).to.deep.equal(['update 0 200', 'update 1 200', 'update 2 200'])
    expect(
      (await admin.get(listPath('account', { filter }))).records.map((row) => [
        row.level,
        row.amount,
        row.version,
      ]),
    ).to.deep.equal(records.map(() => ['a', 7, 2]))
    expect(outcome(await bulk({ filter, set: { level: 'z', nmae: 1 } }))).to.deep.equal([
      422,
      'FIELD_UNKNOWN /set/nmae',
      'FIELD_OPTION_UNKNOWN /set/level',
    ])
    expect(outcome(await bulk({ filter: { '==': [{ var: 'x' }, 1] }, set: {} }))).to.deep.equal([
      400,
      'RULE_FIELD_UNKNOWN /filter/==/0/var',
    ])
    expect(
      results(await bulk({ filter: { '==': [{ var: 'code' }, 'none'] }, set: { level: 'a' } })),
    ).to.deep.equal([])
  })

  const shapes: readonly (readonly [unknown, readonly (number | string)[]])[] = [
    [[], [422, 'BULK_SHAPE_INVALID']],
    [{}, [422, 'BULK_SHAPE_INVALID']],
    [{ creat: [] }, [422, 'FIELD_UNKNOWN /creat']],
    [{ create: {} }, [422, 'BULK_SHAPE_INVALID /create']],
    [
      { update: [{ name: 'x' }], delete: [5], atomic: 'no' },
      [422, 'BULK_SHAPE_INVALID /atomic', 'BULK_SHAPE_INVALID /update/0/id', 'BULK_SHAPE_INVALID /delete/0'],
    ],
    [{ set: { level: 'a' } }, [422, 'BULK_SHAPE_INVALID /filter']],
    [{ filter: {}, set: {}, create: [] }, [422, 'BULK_SHAPE_INVALID /create']],
    [{ filter: { '==': [1, 1] } }, [422, 'BULK_SHAPE_INVALID /set']],
    [{ upsert: { key: 'code' } }, [422, 'BULK_SHAPE_INVALID /upsert']],
    [{ upsert: { key: 'name', records: [{ name: 'x' }] } }, [400, 'UPSERT_KEY_INVALID /upsert/key']],
    [{ delete: Array.from({ length: 5001 }, () => NOBODY) }, [422, 'BULK_TOO_MANY']],
  ]
  for (const [body, expected] of shapes) {
    it(`refuses ${JSON.stringify(body).slice(0, 50)}`, async () => {
      expect(outcome(await bulk(body))).to.deep.equal(expected)
    })
  }

  it('does the same to a record named twice as one by one', async () => {
    const [a, b] = await three()
    const answer = await bulk({
      update: [
        { id: a!.id, name: '1' },
        { id: a!.id.toUpperCase(), name: '2' },
      ],
      delete: [b!.id, b!.id],
    })
    expect(outcome(answer)).to.deep.equal([404, 'RECORD_NOT_FOUND /delete/1'])
    expect(
      (
        await bulk({
          update: [
            { id: a!.id, name: '1' },
            { id: a!.id, name: '2' },
          ],
        })
      ).status,
    ).to.equal(200)
    expect((await admin.get(`/api/records/account/${a!.id}`)).record).to.deep.include({
      name: '2',
      version: 3,
    })
  })

  it('stores 5,000 records in one call, and refuses 5,000 bad ones as fast', async () => {
    const create = Array.from({ length: 5000 }, (_, index) => ({ name: `mass ${index}`, amount: index }))
    expect((await sally.post('/api/records/account/bulk', { create })).status).to.equal(200)
    const bad = await sally.post('/api/records/account/bulk', { create: create.map(() => ({ amount: 'x' })) })
    expect([bad.status, bad.problems.length]).to.deep.equal([422, 200])
  })
})
