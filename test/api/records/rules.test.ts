import { expect } from 'chai'
import { dataOf, openDraft, publishAll } from '../../support/drafts.ts'
import { startEngine, type TestEngine } from '../../support/engine.ts'
import type { ApiRecord, Client } from '../../support/http.ts'
import { outcome } from './world.ts'

const is = (field: string, value: unknown) => ({ '==': [{ var: field }, value] })

const DEFINITIONS = [
  {
    kind: 'entity',
    name: 'customer',
    title: 'name',
    fields: [
      { name: 'name', type: 'text', required: true },
      { name: 'level', type: 'select', options: [{ name: 'a' }, { name: 'b' }] },
    ],
  },
  { kind: 'entity', name: 'label', title: 'name', fields: [{ name: 'name', type: 'text', required: true }] },
  {
    kind: 'entity',
    name: 'deal',
    title: 'name',
    owned: true,
    fields: [
      { name: 'name', type: 'text', required: true, unique: true },
      { name: 'state', type: 'select', options: [{ name: 'open' }, { name: 'won' }, { name: 'lost' }] },
      { name: 'amount', type: 'currency', readOnlyWhen: is('state', 'won') },
      { name: 'reason', type: 'text', required: true, visibleWhen: is('state', 'lost') },
      { name: 'customer', type: 'lookup', to: 'customer', onDelete: 'clear' },
      { name: 'approval', type: 'text', requiredWhen: is('customer.level', 'a') },
      { name: 'labels', type: 'many_to_many', to: 'label', requiredWhen: is('state', 'won') },
      { name: 'secret', type: 'text' },
    ],
  },
  {
    kind: 'validation',
    name: 'won_needs_amount',
    entity: 'deal',
    when: is('state', 'won'),
    must: { '>': [{ var: 'amount' }, 0] },
    problem: {
      field: 'amount',
      message: { en: 'A won deal needs an amount.', 'zh-CN': '赢单必须填写金额。' },
    },
  },
  {
    kind: 'validation',
    name: 'not_both',
    entity: 'deal',
    must: { '!': [{ and: [is('secret', 'x'), is('name', 'x')] }] },
    problem: { message: 'Not both.' },
  },
  {
    kind: 'validation',
    name: 'no_way_back',
    entity: 'deal',
    when: { changed_from_to: [{ var: 'state' }, 'lost', 'won'] },
    must: false,
    problem: { field: 'state', message: 'Lost is lost.' },
  },
  {
    kind: 'validation',
    name: 'grows',
    entity: 'deal',
    when: "starts_with(name, 'Growing')",
    must: { '>=': [{ var: ['amount', 0] }, { var: ['before.amount', 0] }] },
    problem: { field: 'amount', message: 'It only grows.' },
  },
  {
    kind: 'validation',
    name: 'few',
    entity: 'customer',
    must: { none: [{ var: 'deal_customer' }, { '>': [{ var: 'amount' }, 1000] }] },
    problem: { message: 'Its deals are too large.' },
  },
  {
    kind: 'role',
    name: 'seller',
    entities: {
      deal: { read: 'all', create: true, update: 'all', fields: { secret: { read: false } } },
      customer: { read: 'none' },
      label: { read: 'all' },
    },
  },
]

describe('rules of an entity', () => {
  let engine: TestEngine
  let admin: Client
  let names = 0

  before(async () => {
    engine = await startEngine()
    admin = await engine.loginAdmin()
    await publishAll(admin, DEFINITIONS)
  })
  after(() => engine.stop())

  const make = async (entity: string, body: object): Promise<ApiRecord> =>
    dataOf(await admin.post(`/api/records/${entity}`, body), 201)
  const deal = (body: object = {}) => make('deal', { name: `Deal ${++names}`, ...body })
  const change = (record: ApiRecord, body: object) => admin.patch(`/api/records/deal/${record.id}`, body)

  const creates: { it: string; body: object; gives: (number | string)[] }[] = [
    { it: 'takes what meets them', body: { state: 'open' }, gives: [201] },
    {
      it: 'tells every rule that is not met at once',
      body: { state: 'won', reason: 'cheap' },
      gives: [422, 'FIELD_HIDDEN /reason', 'RECORD_VALIDATION_FAILED /amount'],
    },
    { it: 'asks for what is shown', body: { state: 'lost' }, gives: [422, 'FIELD_REQUIRED /reason'] },
    {
      it: 'takes a text of blanks for none',
      body: { state: 'lost', reason: ' \u3000' },
      gives: [422, 'FIELD_REQUIRED /reason'],
    },
    { it: 'takes nothing for what is hidden', body: { reason: null }, gives: [201] },
    {
      it: 'locks a field of a new record as well',
      body: { state: 'won', amount: 5 },
      gives: [422, 'FIELD_LOCKED /amount'],
    },
  ]
  for (const { it: title, body, gives } of creates) {
    it(`${title} (create)`, async () => {
      const answer = await admin.post('/api/records/deal', { name: `Deal ${++names}`, ...body })
      expect(outcome(answer)).to.deep.equal(gives)
    })
  }

  it('tells the message of a validation in the language asked for', async () => {
    const message = async (language: string) => {
      const headers = { 'accept-language': language }
      const body = { name: 'x', secret: 'x', state: 'won' }
      return (await admin.post('/api/records/deal', body, { headers })).problems.map((fault) => fault.message)
    }
    expect(await message('en')).to.deep.equal(['Not both.', 'A won deal needs an amount.'])
    expect(await message('zh-CN')).to.deep.equal(['Not both.', '赢单必须填写金额。'])
  })

  it('judges a change together with what is stored', async () => {
    const record = await deal({ amount: 0 })
    expect(outcome(await change(record, { state: 'won' }))).to.deep.equal([
      422,
      'FIELD_REQUIRED /labels',
      'RECORD_VALIDATION_FAILED /amount',
    ])
    expect(outcome(await change(record, { state: 'lost' }))).to.deep.equal([422, 'FIELD_REQUIRED /reason'])
    expect(outcome(await change(record, { state: 'lost', reason: 'price' }))).to.deep.equal([200])
    expect((await admin.get(`/api/records/deal/${record.id}`)).record).to.include({
      state: 'lost',
      reason: 'price',
      version: 2,
    })
  })

  it('keeps what becomes hidden, and takes no other value for it', async () => {
    const record = await deal({ state: 'lost', reason: 'price' })
    expect(outcome(await change(record, { state: 'open' }))).to.deep.equal([200])
    expect(outcome(await change(record, { reason: 'other' }))).to.deep.equal([422, 'FIELD_HIDDEN /reason'])
    expect(outcome(await change(record, { reason: 'price', name: 'Same' }))).to.deep.equal([200])
    expect((await admin.get(`/api/records/deal/${record.id}`)).record.reason).to.equal('price')
  })

  it('locks a field as the record will stand', async () => {
    const record = await deal({ amount: 10 })
    const label = await make('label', { name: 'done' })
    expect(outcome(await change(record, { state: 'won', amount: 11, labels: [label.id] }))).to.deep.equal([
      422,
      'FIELD_LOCKED /amount',
    ])
    expect(outcome(await change(record, { state: 'won', amount: 10, labels: [label.id] }))).to.deep.equal([
      200,
    ])
  })

  it('looks at relatives, those that the change points to', async () => {
    const [a, b] = [await make('customer', { name: 'A', level: 'a' }), await make('customer', { name: 'B' })]
    const record = await deal({ customer: b.id })
    const required = [422, 'FIELD_REQUIRED /approval']
    expect(outcome(await change(record, { customer: a.id }))).to.deep.equal(required)
    expect(outcome(await admin.post('/api/records/deal', { name: 'New', customer: a.id }))).to.deep.equal(
      required,
    )
    expect(outcome(await change(record, { customer: a.id, approval: 'yes' }))).to.deep.equal([200])
  })

  it('looks at links that are written together with the record', async () => {
    const label = await make('label', { name: 'urgent' })
    const record = await deal({ amount: 3, labels: [label.id] })
    expect(outcome(await change(record, { labels: [] }))).to.deep.equal([200])
    expect(outcome(await change(record, { state: 'won' }))).to.deep.equal([422, 'FIELD_REQUIRED /labels'])
    expect(outcome(await change(record, { state: 'won', labels: [] }))).to.deep.equal([
      422,
      'FIELD_REQUIRED /labels',
    ])
    expect((await admin.get(`/api/records/deal/${record.id}`)).record).to.include({ state: null })
    expect(outcome(await change(record, { state: 'won', labels: [label.id] }))).to.deep.equal([200])
  })

  it('stores nothing where a rule of what is written later is not met', async () => {
    const body = { name: 'Linkless', state: 'won', labels: [] }
    expect(outcome(await admin.post('/api/records/deal', body))[0]).to.equal(422)
    const filter = JSON.stringify(is('name', 'Linkless'))
    const found = await admin.get(`/api/records/deal?filter=${encodeURIComponent(filter)}`)
    expect(found.records).to.deep.equal([])
  })

  it('shows a dry run the same problems', async () => {
    const answer = await admin.post('/api/records/deal?dry_run=1', { name: 'Dry', state: 'lost' })
    expect(outcome(answer)).to.deep.equal([422, 'FIELD_REQUIRED /reason'])
  })

  it('judges each record of a bulk call, on atomic and single ones', async () => {
    const record = await deal()
    const body = {
      create: [{ name: `Deal ${++names}` }, { name: `Deal ${++names}`, state: 'lost' }],
      update: [{ id: record.id, state: 'lost' }],
    }
    const refused = await admin.post('/api/records/deal/bulk', body)
    expect(outcome(refused)).to.deep.equal([
      422,
      'FIELD_REQUIRED /create/1/reason',
      'FIELD_REQUIRED /update/0/reason',
    ])
    const single = await admin.post('/api/records/deal/bulk', { ...body, atomic: false })
    expect(single.records.map((result) => result.status)).to.deep.equal([201, 422, 422])
  })

  it('judges a change of all that a filter finds', async () => {
    const record = await deal({ secret: 'mass' })
    const answer = await admin.post('/api/records/deal/bulk', {
      filter: is('secret', 'mass'),
      set: { state: 'lost' },
    })
    expect(outcome(answer)).to.deep.equal([422, 'FIELD_REQUIRED /set/reason'])
    expect((await admin.get(`/api/records/deal/${record.id}`)).record.version).to.equal(1)
  })

  it('judges an upsert, new and known', async () => {
    const put = (body: object) => admin.put('/api/records/deal/by/name/Upserted', body)
    expect(outcome(await put({ state: 'lost' }))).to.deep.equal([422, 'FIELD_REQUIRED /reason'])
    expect(outcome(await put({ state: 'open' }))).to.deep.equal([201])
    expect(outcome(await put({ state: 'lost' }))).to.deep.equal([422, 'FIELD_REQUIRED /reason'])
  })

  it('sees what is stored, also what the actor does not', async () => {
    const user = {
      name: 'S',
      email: 'seller@example.com',
      roles: ['seller'],
      password: 'correct horse battery',
    }
    dataOf(await admin.post('/api/records/user', user), 201)
    const seller = await engine.client.login(user.email, user.password)
    const record = await deal({ secret: 'x' })
    const answer = await seller.patch(`/api/records/deal/${record.id}`, { name: 'x' })
    expect(outcome(answer)).to.deep.equal([422, 'RECORD_VALIDATION_FAILED'])
  })

  it('lets one of two writes through that only together break a rule', async () => {
    const record = await deal({ secret: 'y', name: 'y' })
    const answers = await Promise.all([change(record, { secret: 'x' }), change(record, { name: 'x' })])
    expect(answers.map(({ status }) => status).sort()).to.deep.equal([200, 422])
  })

  it('knows what was before, and what changed', async () => {
    const record = await deal({ name: 'Growing', amount: 5, state: 'lost', reason: 'price' })
    const refused = [422, 'RECORD_VALIDATION_FAILED /amount']
    expect(outcome(await change(record, { amount: 4 }))).to.deep.equal(refused)
    expect(outcome(await change(record, { amount: 6 }))).to.deep.equal([200])
    const label = await make('label', { name: 'x' })
    expect(outcome(await change(record, { state: 'won', labels: [label.id] }))).to.deep.equal([
      422,
      'RECORD_VALIDATION_FAILED /state',
    ])
  })

  it('looks at records that point to the one at hand', async () => {
    const customer = await make('customer', { name: 'Large' })
    await deal({ customer: customer.id, amount: 1001 })
    const answer = await admin.patch(`/api/records/customer/${customer.id}`, { level: 'b' })
    expect(outcome(answer)).to.deep.equal([422, 'RECORD_VALIDATION_FAILED'])
  })

  const wrong: { it: string; definition: Record<string, unknown>; gives: string[] }[] = [
    {
      it: 'a field that is not there',
      definition: { must: is('amuont', 1) },
      gives: ['RULE_FIELD_UNKNOWN /must/==/0/var'],
    },
    {
      it: 'a condition that is none',
      definition: { must: { '+': [1, 2] } },
      gives: ['RULE_RESULT_WRONG /must'],
    },
    {
      it: 'a message at a field that is not there',
      definition: { must: is('amount', 1), problem: { field: 'amuont', message: 'x' } },
      gives: ['META_REFERENCE_UNKNOWN /problem/field'],
    },
  ]
  for (const { it: title, definition, gives } of wrong) {
    it(`refuses a definition with ${title}`, async () => {
      const whole = {
        kind: 'validation',
        name: 'wrong',
        entity: 'deal',
        problem: { message: 'x' },
        ...definition,
      }
      const id = await openDraft(admin, [whole])
      const answer = await admin.post(`/api/meta/changesets/${id}/check`)
      const { problems: found } = dataOf<{ problems: { code: string; path: string }[] }>(answer, 200)
      expect(found.map(({ code, path }) => `${code} ${path.replace('/validation/wrong', '')}`)).to.deep.equal(
        gives,
      )
    })
  }

  it('knows where a field is used by them, and renames it there', async () => {
    const uses = await admin.get('/api/meta/definitions/entity/deal/uses?item=state')
    const paths = (uses.records as unknown as { path: string }[]).map(({ path }) => path)
    expect(paths).to.include.members(['/when/==/0/var', '/fields/3/visibleWhen/==/0/var'])
  })
})
