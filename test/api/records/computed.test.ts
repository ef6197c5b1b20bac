import { expect } from 'chai'
import { dataOf, openDraft, planOf, publish, publishAll } from '../../support/drafts.ts'
import { startEngine, type TestEngine } from '../../support/engine.ts'
import type { ApiRecord, Client } from '../../support/http.ts'
import { outcome } from './world.ts'

const is = (field: string, value: unknown) => ({ '==': [{ var: field }, value] })
const times = (...names: string[]) => ({ '*': names.map((name) => ({ var: name })) })

const DEFINITIONS = [
  {
    kind: 'entity',
    name: 'account',
    title: 'name',
    fields: [
      { name: 'name', type: 'text', required: true },
      { name: 'discount', type: 'percent' },
      { name: 'region', type: 'lookup', to: 'region', onDelete: 'clear' },
      { name: 'deal_count', type: 'roll_up', over: 'deals', fn: 'count' },
      { name: 'won', type: 'roll_up', over: 'deals', fn: 'count', filter: is('state', 'won') },
      { name: 'amount', type: 'roll_up', over: 'deals.net', fn: 'sum', result: 'currency' },
      { name: 'mean', type: 'roll_up', over: 'deals.price', fn: 'average' },
      { name: 'largest', type: 'roll_up', over: 'deals.price', fn: 'max', result: 'currency' },
      { name: 'last_state', type: 'roll_up', over: 'deals.state', fn: 'last', result: 'text' },
      {
        name: 'grade',
        type: 'formula',
        result: 'text',
        value: { if: [{ '>=': [{ var: 'amount' }, 100] }, 'A', 'B'] },
      },
    ],
  },
  {
    kind: 'entity',
    name: 'region',
    title: 'name',
    fields: [
      { name: 'name', type: 'text', required: true },
      { name: 'tax', type: 'percent' },
      { name: 'total', type: 'roll_up', over: 'account_region.amount', fn: 'sum', result: 'currency' },
    ],
  },
  {
    kind: 'entity',
    name: 'deal',
    title: 'name',
    fields: [
      { name: 'name', type: 'text', required: true },
      { name: 'account', type: 'lookup', to: 'account', inverse: 'deals', onDelete: 'cascade' },
      { name: 'state', type: 'select', options: [{ name: 'open' }, { name: 'won' }] },
      { name: 'price', type: 'currency' },
      { name: 'pieces', type: 'integer' },
      { name: 'gross', type: 'formula', result: 'currency', value: times('price', 'pieces') },
      {
        name: 'net',
        type: 'formula',
        result: 'currency',
        value: { '*': [{ var: 'gross' }, { '-': [1, { var: ['account.discount', 0] }] }] },
      },
      {
        name: 'each',
        type: 'formula',
        result: 'decimal',
        value: { '/': [{ var: 'price' }, { var: 'pieces' }] },
      },
      { name: 'twice', type: 'formula', result: 'decimal', value: { '*': [{ var: 'each' }, 2] } },
      {
        name: 'tax',
        type: 'formula',
        result: 'currency',
        value: { '*': [{ var: 'gross' }, { var: 'account.region.tax' }] },
      },
      { name: 'late', type: 'formula', result: 'boolean', value: { '>': [{ var: 'pieces' }, 2] } },
    ],
  },
  {
    kind: 'role',
    name: 'seller',
    default: { read: 'none' },
    entities: { deal: { read: 'all', create: true, update: 'all' } },
  },
]

describe('computed fields', () => {
  let engine: TestEngine
  let admin: Client

  before(async () => {
    engine = await startEngine()
    admin = await engine.loginAdmin()
    await publishAll(admin, DEFINITIONS)
  })
  after(() => engine.stop())

  const make = async (entity: string, body: object): Promise<ApiRecord> =>
    dataOf(await admin.post(`/api/records/${entity}`, { name: entity, ...body }), 201)
  const read = async (entity: string, { id }: ApiRecord) =>
    (await admin.get(`/api/records/${entity}/${id}`)).record
  const change = (entity: string, { id }: ApiRecord, body: object) =>
    admin.patch(`/api/records/${entity}/${id}`, body)

  describe('formulas', () => {
    it('are worked out with the write that makes the record, one from another', async () => {
      const deal = await make('deal', { price: 12.5, pieces: 4 })
      expect(deal).to.include({
        gross: 50,
        net: 50,
        each: 3.125,
        twice: 6.25,
        tax: null,
        late: true,
        version: 1,
      })
    })

    it('are worked out with a change, from what stays and what comes', async () => {
      const deal = await make('deal', { price: 10, pieces: 1 })
      const changed = await change('deal', deal, { pieces: 3 })
      expect(changed.record).to.include({ gross: 30, each: 3.3333, twice: 6.6666, late: true, version: 2 })
    })

    it('say why there is no value, and so does what looks at them', async () => {
      const deal = await make('deal', { price: 10, pieces: 0 })
      expect(deal.each).to.deep.equal({ error: 'divided_by_zero' })
      expect(deal.twice).to.deep.equal({ error: 'divided_by_zero' })
      const large = await make('deal', { price: 999_999_999_999, pieces: 999_999_999_999 })
      expect(large.gross).to.deep.equal({ error: 'out_of_range' })
      expect((await change('deal', deal, { pieces: 5 })).record).to.include({ each: 2, twice: 4 })
    })

    it('follow their relatives, near and far', async () => {
      const region = await make('region', { tax: 0.1 })
      const account = await make('account', { discount: 0.2, region: region.id })
      const deal = await make('deal', { price: 100, pieces: 1, account: account.id })
      expect(deal).to.include({ net: 80, tax: 10 })
      await change('account', account, { discount: 0.5 })
      expect(await read('deal', deal)).to.include({ net: 50, version: 1 })
      await change('region', region, { tax: 0.2 })
      expect(await read('deal', deal)).to.include({ tax: 20 })
      await change('account', account, { region: null })
      expect(await read('deal', deal)).to.include({ tax: null })
    })

    it('cannot be written', async () => {
      const answer = await admin.post('/api/records/deal', { name: 'x', gross: 1 })
      expect(outcome(answer)).to.deep.equal([403, 'FIELD_READ_ONLY /gross'])
    })

    it('filter, sort, group and sum like any field', async () => {
      await make('deal', { name: 'sorted', price: 7, pieces: 1 })
      await make('deal', { name: 'sorted', price: 9, pieces: 1 })
      const found = await admin.post('/api/records/deal/query', {
        filter: { and: [is('name', 'sorted'), { '>': [{ var: 'gross' }, 6] }] },
        sort: '-gross',
        fields: ['gross'],
      })
      expect(found.records.map(({ gross }) => gross)).to.deep.equal([9, 7])
      const sums = await admin.post('/api/records/deal/aggregate', {
        filter: is('name', 'sorted'),
        group: ['late'],
        measures: [{ fn: 'sum', field: 'gross' }],
      })
      expect(sums.records).to.deep.equal([{ late: false, sum_gross: 16 }])
    })

    it('are right in bulk calls and upserts', async () => {
      const account = await make('account', { discount: 0.1 })
      const answer = await admin.post('/api/records/deal/bulk', {
        create: [1, 2, 3].map((pieces) => ({ name: 'bulk', price: 10, pieces, account: account.id })),
      })
      expect(answer.status).to.equal(200)
      expect(await read('account', account)).to.include({ amount: 54, deal_count: 3 })
    })
  })

  describe('roll-ups', () => {
    it('begin with nothing', async () => {
      expect(await make('account', {})).to.include({
        deal_count: 0,
        won: 0,
        amount: 0,
        mean: null,
        largest: null,
        last_state: null,
        grade: 'B',
      })
    })

    it('follow creates, changes, moves, deletes and restores', async () => {
      const [one, two] = [await make('account', {}), await make('account', {})]
      const first = await make('deal', { account: one.id, price: 10, pieces: 2, state: 'open' })
      await make('deal', { account: one.id, price: 50, pieces: 2, state: 'won' })
      expect(await read('account', one)).to.include({
        deal_count: 2,
        won: 1,
        amount: 120,
        mean: 30,
        largest: 50,
        last_state: 'won',
        grade: 'A',
        version: 1,
      })
      await change('deal', first, { price: 20, state: 'won' })
      expect(await read('account', one)).to.include({ deal_count: 2, won: 2, amount: 140, mean: 35 })
      await change('deal', first, { account: two.id })
      expect(await read('account', one)).to.include({ deal_count: 1, won: 1, amount: 100, mean: 50 })
      expect(await read('account', two)).to.include({
        deal_count: 1,
        won: 1,
        amount: 40,
        largest: 20,
        grade: 'B',
      })
      await admin.delete(`/api/records/deal/${first.id}`)
      expect(await read('account', two)).to.include({
        deal_count: 0,
        won: 0,
        amount: 0,
        mean: null,
        largest: null,
      })
      await admin.post(`/api/records/deal/${first.id}/restore`)
      expect(await read('account', two)).to.include({ deal_count: 1, amount: 40 })
    })

    it('settle in chains: a roll-up of roll-ups of formulas', async () => {
      const region = await make('region', {})
      const account = await make('account', { region: region.id })
      const deal = await make('deal', { account: account.id, price: 10, pieces: 3 })
      expect(await read('region', region)).to.include({ total: 30 })
      await change('deal', deal, { pieces: 5 })
      expect(await read('region', region)).to.include({ total: 50 })
      await change('account', account, { discount: 0.5 })
      expect(await read('account', account)).to.include({ amount: 25 })
      expect(await read('region', region)).to.include({ total: 25 })
      await admin.delete(`/api/records/account/${account.id}`)
      expect(await read('region', region)).to.include({ total: 0 })
    })

    it('are right however many write at once', async () => {
      const accounts = [await make('account', {}), await make('account', {})]
      const deals = await Promise.all(
        Array.from({ length: 12 }, (_, index) =>
          make('deal', { account: accounts[index % 2]!.id, price: index, pieces: 1 }),
        ),
      )
      const moves = deals.map((deal, index) =>
        change('deal', deal, { account: accounts[(index + 1) % 2]!.id, price: index * 2 }),
      )
      const statuses = (await Promise.all(moves)).map(({ status }) => status)
      expect(statuses).to.deep.equal(statuses.map(() => 200))
      const sums = await Promise.all(accounts.map((account) => read('account', account)))
      expect(
        sums.map(({ deal_count: count, amount, largest }) => ({ count, amount, largest })),
      ).to.deep.equal([
        { count: 6, amount: 72, largest: 22 },
        { count: 6, amount: 60, largest: 20 },
      ])
    })

    it('leave events, so that what listens hears of them', async () => {
      const account = await make('account', {})
      await make('deal', { account: account.id, price: 1, pieces: 1 })
      const { rows } = await engine.database.query<{ n: number }>({
        text: 'SELECT count(*)::int AS n FROM ws_default.tenon_event WHERE record = $1',
        values: [account.id],
      })
      expect(rows[0]?.n).to.equal(1)
    })

    it('cost nothing where nothing changed', async () => {
      const account = await make('account', {})
      const deal = await make('deal', { account: account.id, price: 1, pieces: 1 })
      await change('deal', deal, { name: 'renamed' })
      const { rows } = await engine.database.query<{ n: number }>({
        text: 'SELECT count(*)::int AS n FROM ws_default.tenon_event WHERE record = $1',
        values: [account.id],
      })
      expect(rows[0]?.n).to.equal(1)
    })

    it('count what a writer does not see', async () => {
      const user = {
        name: 'S',
        email: 'roll@example.com',
        roles: ['seller'],
        password: 'correct horse battery',
      }
      dataOf(await admin.post('/api/records/user', user), 201)
      const seller = await engine.client.login(user.email, user.password)
      const account = await make('account', {})
      const deal = await make('deal', { account: account.id, price: 4, pieces: 1 })
      expect(outcome(await seller.patch(`/api/records/deal/${deal.id}`, { pieces: 2 }))).to.deep.equal([200])
      expect(await read('account', account)).to.include({ amount: 8 })
    })
  })

  describe('that a publish brings', () => {
    const entity = (value: object, over = 'parts.twice') => [
      {
        kind: 'entity',
        name: 'box',
        title: 'name',
        fields: [
          { name: 'name', type: 'text' },
          { name: 'total', type: 'roll_up', over, fn: 'sum' },
          { name: 'mean', type: 'roll_up', over: 'parts.size', fn: 'average' },
        ],
      },
      {
        kind: 'entity',
        name: 'part',
        title: 'name',
        fields: [
          { name: 'name', type: 'text' },
          { name: 'box', type: 'lookup', to: 'box', inverse: 'parts' },
          { name: 'size', type: 'integer' },
          { name: 'twice', type: 'formula', result: 'decimal', value },
        ],
      },
    ]
    const plain = [
      { kind: 'entity', name: 'box', title: 'name', fields: [{ name: 'name', type: 'text' }] },
      {
        kind: 'entity',
        name: 'part',
        title: 'name',
        fields: [
          { name: 'name', type: 'text' },
          { name: 'box', type: 'lookup', to: 'box', inverse: 'parts' },
          { name: 'size', type: 'integer' },
        ],
      },
    ]
    let box: ApiRecord

    before(async () => {
      await publishAll(admin, plain)
      box = await make('box', {})
      await make('part', { box: box.id, size: 2 })
      await make('part', { box: box.id, size: 4 })
    })

    it('are worked out for the records that are there', async () => {
      await publishAll(admin, entity({ '*': [{ var: 'size' }, 2] }))
      expect(await read('box', box)).to.include({ total: 12, mean: 3, version: 1 })
      await make('part', { box: box.id, size: 6 })
      expect(await read('box', box)).to.include({ total: 24, mean: 4 })
    })

    it('are worked out anew when their rule changes, with all that looks at them', async () => {
      await publishAll(admin, entity({ '*': [{ var: 'size' }, 3] }))
      expect(await read('box', box)).to.include({ total: 36, mean: 4 })
    })

    it('lie in new columns where records are many: the old serve until all are worked out', async () => {
      await engine.database.query({
        text: `INSERT INTO ws_default.part (id, box, size, twice, created_at) SELECT gen_random_uuid(), $1, 1, 3, now() FROM generate_series(1, 10500)`,
        values: [box.id],
      })
      const id = await openDraft(admin, entity({ '*': [{ var: 'size' }, 5] }) as never)
      const { hash, steps, simulations } = await planOf(admin, id)
      expect(steps.map(({ kind, prepare }) => [kind, prepare])).to.deep.equal([['changeField', true]])
      expect(simulations).to.have.length(1)
      const { job } = dataOf<{ job: string }>(await publish(admin, id, hash), 202)
      const seen = new Set<string>()
      const look = async () => {
        const body = { filter: is('size', 1), group: ['twice'], measures: [{ fn: 'count' }] }
        const rows = dataOf<{ twice: number }[]>(await admin.post('/api/records/part/aggregate', body), 200)
        seen.add(rows.map(({ twice }) => twice).join(' '))
      }
      const late: ApiRecord[] = []
      for (let state = ''; state !== 'done'; state = await stateOf(job)) {
        expect(state).to.not.equal('failed')
        if (late.length < 3) late.push(await make('part', { box: box.id, size: 2 }))
        await look()
      }
      const { rows } = await engine.database.query<{ id: string }>({
        text: `SELECT id FROM ws_default.tenon_job WHERE kind = 'fill_computed' ORDER BY created_at DESC LIMIT 1`,
      })
      for (let state = ''; state !== 'done'; state = await stateOf(rows[0]!.id)) await look()
      expect([...seen]).to.deep.equal(['3', '5'])
      for (const part of late) expect(await read('part', part)).to.include({ twice: 10 })
      expect(await read('box', box)).to.include({ total: 52_560 + late.length * 10 })
    })

    const stateOf = async (job: string) => {
      const { rows } = await engine.database.query<{ state: string }>({
        text: 'SELECT state FROM ws_default.tenon_job WHERE id = $1',
        values: [job],
      })
      return rows[0]!.state
    }
  })

  const wrong: { it: string; field: Record<string, unknown>; gives: string[] }[] = [
    {
      it: 'a formula of another type',
      field: { type: 'formula', result: 'text', value: { '+': [1, 2] } },
      gives: ['RULE_RESULT_WRONG'],
    },
    {
      it: 'a formula that looks at itself',
      field: { type: 'formula', result: 'decimal', value: { '+': [{ var: 'wrong' }, 1] } },
      gives: ['META_FORMULA_CIRCLE'],
    },
    {
      it: 'a formula over the actor',
      field: { type: 'formula', result: 'boolean', value: { in: ['x', { var: 'actor.roles' }] } },
      gives: ['META_VALUE_INVALID'],
    },
    {
      it: 'a roll-up over nothing',
      field: { type: 'roll_up', over: 'dealz', fn: 'count' },
      gives: ['META_RELATION_UNKNOWN'],
    },
    {
      it: 'a sum of texts',
      field: { type: 'roll_up', over: 'deals.name', fn: 'sum' },
      gives: ['META_VALUE_INVALID'],
    },
    {
      it: 'a circle through a relative',
      field: { type: 'roll_up', over: 'deals.loop', fn: 'sum' },
      gives: ['META_FORMULA_CIRCLE'],
    },
  ]
  for (const { it: title, field, gives } of wrong) {
    it(`refuses ${title}`, async () => {
      const [account, , deal] = DEFINITIONS as [{ fields: object[] }, unknown, { fields: object[] }]
      const loop = {
        name: 'loop',
        type: 'formula',
        result: 'decimal',
        value: { '*': [{ var: 'account.wrong' }, 2] },
      }
      const draft = [
        { ...account, fields: [...account.fields, { name: 'wrong', ...field }] },
        ...(String(field.over).endsWith('loop') ? [{ ...deal, fields: [...deal.fields, loop] }] : []),
      ]
      const id = await openDraft(admin, draft as never)
      const answer = await admin.post(`/api/meta/changesets/${id}/check`)
      const { problems } = dataOf<{ problems: { code: string }[] }>(answer, 200)
      expect([...new Set(problems.map(({ code }) => code))]).to.deep.equal(gives)
    })
  }
})
