import { expect } from 'chai'
import { dataOf, publishAll } from '../../support/drafts.ts'
import { startEngine, type TestEngine } from '../../support/engine.ts'
import type { ApiRecord, Client } from '../../support/http.ts'
import { outcome } from './world.ts'

const is = (field: string, value: unknown) => ({ '==': [{ var: field }, value] })
const name = { name: 'name', type: 'text' }

/** Products and the campaigns that show them, seen from both ends; calls about one or the other. */
type Entity = { kind: string; name: string; fields: { name: string }[] }

const DEFINITIONS = [
  {
    kind: 'entity',
    name: 'campaign',
    title: 'name',
    fields: [
      name,
      { name: 'cost', type: 'integer' },
      { name: 'state', type: 'select', options: [{ name: 'planned' }, { name: 'held' }] },
      { name: 'held_on', type: 'date' },
      { name: 'products', type: 'many_to_many', to: 'product', inverse: 'campaigns' },
      { name: 'shown', type: 'roll_up', over: 'products', fn: 'count' },
      { name: 'worth', type: 'roll_up', over: 'products.price', fn: 'sum', result: 'currency' },
      { name: 'dearest', type: 'roll_up', over: 'products.price', fn: 'max', result: 'currency' },
      { name: 'dear', type: 'roll_up', over: 'products', fn: 'count', filter: 'price > 100' },
      { name: 'calls', type: 'roll_up', over: 'talks', fn: 'count' },
      { name: 'minutes', type: 'roll_up', over: 'talks.minutes', fn: 'sum' },
      {
        name: 'margin',
        type: 'formula',
        result: 'decimal',
        value: { '-': [{ var: 'worth' }, { var: ['cost', 0] }] },
      },
    ],
  },
  {
    kind: 'entity',
    name: 'product',
    title: 'name',
    fields: [
      name,
      { name: 'price', type: 'currency' },
      { name: 'line', type: 'lookup', to: 'line', inverse: 'products' },
      { name: 'times', type: 'roll_up', over: 'campaigns', fn: 'count' },
      { name: 'held', type: 'roll_up', over: 'campaigns', fn: 'count', filter: is('state', 'held') },
      { name: 'spent', type: 'roll_up', over: 'campaigns.cost', fn: 'sum' },
      { name: 'mean', type: 'roll_up', over: 'campaigns.cost', fn: 'average' },
      { name: 'least', type: 'roll_up', over: 'campaigns.cost', fn: 'min' },
      { name: 'first', type: 'roll_up', over: 'campaigns.name', fn: 'first', result: 'text' },
      { name: 'last', type: 'roll_up', over: 'campaigns.name', fn: 'last', result: 'text' },
      {
        name: 'lately',
        type: 'roll_up',
        over: 'campaigns',
        fn: 'count',
        window: { last: 'P30D', by: 'held_on' },
      },
      { name: 'longest', type: 'roll_up', over: 'talks.minutes', fn: 'max' },
      { name: 'comments', type: 'roll_up', over: 'comment_about', fn: 'count' },
    ],
    features: ['comments'],
  },
  {
    kind: 'entity',
    name: 'line',
    title: 'name',
    fields: [name, { name: 'spent', type: 'roll_up', over: 'products.spent', fn: 'sum' }],
  },
  {
    kind: 'entity',
    name: 'talk',
    title: 'name',
    fields: [
      name,
      { name: 'minutes', type: 'integer' },
      {
        name: 'about',
        type: 'dynamic_lookup',
        to: ['campaign', 'product'],
        inverse: 'talks',
        onDelete: 'clear',
      },
    ],
  },
]

describe('roll-ups over many-to-many and dynamic lookups', () => {
  let engine: TestEngine
  let admin: Client

  before(async () => {
    engine = await startEngine()
    admin = await engine.loginAdmin()
    await publishAll(admin, DEFINITIONS)
  })
  after(() => engine.stop())

  const make = async (entity: string, body: object = {}): Promise<ApiRecord> =>
    dataOf(await admin.post(`/api/records/${entity}`, { name: entity, ...body }), 201)
  const read = async (entity: string, { id }: ApiRecord) =>
    (await admin.get(`/api/records/${entity}/${id}`)).record
  const change = async (entity: string, { id }: ApiRecord, body: object) => {
    const answer = await admin.patch(`/api/records/${entity}/${id}`, body)
    expect(outcome(answer)).to.deep.equal([200])
    return answer.record
  }
  const today = new Date().toISOString().slice(0, 10)

  describe('over links that lead here', () => {
    it('follow links that come, stay and go, and values of the linking records', async () => {
      const [one, two] = [await make('product'), await make('product')]
      const fair = await make('campaign', { name: 'fair', cost: 10, state: 'held', products: [one.id] })
      const tour = await make('campaign', { name: 'tour', cost: 30, products: [one.id, two.id] })
      expect(await read('product', one)).to.include({
        ...{ times: 2, held: 1, spent: 40, mean: 20, least: 10, first: 'fair', last: 'tour', version: 1 },
      })
      await change('campaign', fair, { cost: 50, products: [two.id] })
      expect(await read('product', one)).to.include({
        times: 1,
        held: 0,
        spent: 30,
        least: 30,
        first: 'tour',
      })
      expect(await read('product', two)).to.include({ times: 2, held: 1, spent: 80, mean: 40, last: 'tour' })
      await change('campaign', tour, { state: 'held', cost: null })
      expect(await read('product', two)).to.include({ times: 2, held: 2, spent: 50, mean: 50 })
      await change('campaign', tour, { products: null })
      expect(await read('product', one)).to.include({
        times: 0,
        spent: 0,
        mean: null,
        least: null,
        last: null,
      })
    })

    it('follow deletes, restores and bulk calls, up to the roll-ups of what they lead to', async () => {
      const line = await make('line')
      const product = await make('product', { line: line.id })
      const made = await admin.post('/api/records/campaign/bulk', {
        create: [1, 2, 3].map((cost) => ({ name: `c${cost}`, cost, products: [product.id] })),
      })
      const [first] = dataOf<{ id: string }[]>(made, 200)
      expect(await read('line', line)).to.include({ spent: 6 })
      await admin.delete(`/api/records/campaign/${first!.id}`)
      expect(await read('product', product)).to.include({ times: 2, spent: 5, first: 'c2' })
      await admin.post(`/api/records/campaign/${first!.id}/restore`)
      expect(await read('product', product)).to.include({ times: 3, spent: 6, first: 'c1' })
      const set = { filter: { '<': [{ var: 'cost' }, 3] }, set: { products: [] } }
      expect((await admin.post('/api/records/campaign/bulk', set)).status).to.equal(200)
      expect(await read('line', line)).to.include({ spent: 3 })
    })

    it('count only what lies in their window', async () => {
      const product = await make('product')
      const campaign = await make('campaign', { held_on: today, products: [product.id] })
      await make('campaign', { held_on: '2020-01-01', products: [product.id] })
      expect(await read('product', product)).to.include({ times: 2, lately: 1 })
      await change('campaign', campaign, { held_on: '2020-01-01' })
      expect(await read('product', product)).to.include({ lately: 0 })
    })
  })

  describe('over links of their own', () => {
    it('follow the links and the values at their other end', async () => {
      const [cheap, dear] = [await make('product', { price: 10 }), await make('product', { price: 200 })]
      const campaign = await make('campaign', { cost: 5, products: [cheap.id, dear.id] })
      expect(campaign).to.include({ shown: 2, worth: 210, dearest: 200, dear: 1, margin: 205 })
      await change('product', cheap, { price: 300 })
      expect(await read('campaign', campaign)).to.include({ worth: 500, dearest: 300, dear: 2, margin: 495 })
      await admin.delete(`/api/records/product/${dear.id}`)
      expect(await read('campaign', campaign)).to.include({ shown: 1, worth: 300, dear: 1 })
      await admin.post(`/api/records/product/${dear.id}/restore`)
      expect(await read('campaign', campaign)).to.include({ shown: 2, worth: 500 })
      const changed = await change('campaign', campaign, { products: [dear.id] })
      expect(changed).to.include({ shown: 1, worth: 200, dearest: 200, margin: 195, version: 2 })
    })
  })

  describe('over dynamic lookups', () => {
    it('take what points to them and nothing that points elsewhere', async () => {
      const [campaign, product] = [await make('campaign'), await make('product')]
      const about = (entity: string, { id }: ApiRecord) => ({ about: { entity, id } })
      const talk = await make('talk', { minutes: 5, ...about('campaign', campaign) })
      await make('talk', { minutes: 7, ...about('product', product) })
      expect(await read('campaign', campaign)).to.include({ calls: 1, minutes: 5 })
      expect(await read('product', product)).to.include({ longest: 7 })
      await change('talk', talk, { minutes: 9, ...about('product', product) })
      expect(await read('campaign', campaign)).to.include({ calls: 0, minutes: 0 })
      expect(await read('product', product)).to.include({ longest: 9 })
      await admin.delete(`/api/records/talk/${talk.id}`)
      expect(await read('product', product)).to.include({ longest: 7 })
    })

    it("take the engine's own entities too", async () => {
      const product = await make('product')
      const body = { text: 'Nice.', about: { entity: 'product', id: product.id } }
      dataOf(await admin.post('/api/records/comment', body), 201)
      expect(await read('product', product)).to.include({ comments: 1 })
    })
  })

  describe('on the whole', () => {
    it('agree with a recount however many write at once', async () => {
      const products = await Promise.all([1, 2, 3].map((price) => make('product', { price })))
      const campaigns = await Promise.all(Array.from({ length: 4 }, (_, cost) => make('campaign', { cost })))
      const pick = (seed: number) => products.filter((_, at) => (seed >> at) % 2 === 1).map(({ id }) => id)
      const writes = Array.from({ length: 24 }, (_, step) => {
        if (step % 3 === 0)
          return admin.patch(`/api/records/product/${products[(step / 3) % 3]!.id}`, { price: step })
        const body = step % 3 === 1 ? { products: pick(step % 8) } : { cost: step }
        return admin.patch(`/api/records/campaign/${campaigns[step % 4]!.id}`, body)
      })
      const statuses = (await Promise.all(writes)).map(({ status }) => status)
      expect([...new Set(statuses)]).to.deep.equal([200])
      const { rows: tables } = await engine.database.query<{ name: string }>({
        text: `SELECT conrelid::regclass::text AS name FROM pg_constraint
          WHERE confrelid = 'ws_default.campaign'::regclass AND conrelid::regclass::text LIKE '%tenon_link_%'`,
      })
      const links = tables[0]!.name
      const { rows } = await engine.database.query<{ wrong: number }>({
        text: `SELECT count(*)::int AS wrong FROM (
          SELECT p.id FROM ws_default.product p LEFT JOIN ${links} l ON l.target = p.id
            LEFT JOIN ws_default.campaign c ON c.id = l.record AND c.deleted_at IS NULL
            GROUP BY p.id HAVING p.times <> count(c.id) OR p.spent <> coalesce(sum(c.cost), 0)
          UNION ALL
          SELECT c.id FROM ws_default.campaign c LEFT JOIN ${links} l ON l.record = c.id
            LEFT JOIN ws_default.product p ON p.id = l.target AND p.deleted_at IS NULL
            GROUP BY c.id HAVING c.shown <> count(p.id) OR c.worth <> coalesce(sum(p.price), 0)) x`,
      })
      expect(rows).to.deep.equal([{ wrong: 0 }])
    })

    it('are worked out for records that are there when a publish brings them', async () => {
      const product = await make('product')
      const campaign = await make('campaign', { cost: 4, products: [product.id] })
      await make('talk', { minutes: 3, about: { entity: 'campaign', id: campaign.id } })
      const [entity, other] = DEFINITIONS as unknown as [Entity, Entity]
      const more = { name: 'shortest', type: 'roll_up', over: 'talks.minutes', fn: 'min' }
      const twice = { name: 'most', type: 'roll_up', over: 'campaigns.cost', fn: 'max' }
      await publishAll(admin, [
        { ...entity, fields: [...entity.fields, more] },
        { ...other, fields: [...other.fields, twice] },
      ])
      expect(await read('campaign', campaign)).to.include({ shortest: 3 })
      expect(await read('product', product)).to.include({ most: 4 })
    })

    it('are renamed with the fields that they go over', async () => {
      const [, product, , talk] = DEFINITIONS as unknown as [Entity, Entity, Entity, Entity]
      const rename = (entity: Entity, from: string, to: string) => ({
        ...entity,
        fields: entity.fields.map((field) =>
          field.name === from ? { ...field, name: to, was: from } : field,
        ),
      })
      await publishAll(admin, [rename(product, 'price', 'tag'), rename(talk, 'minutes', 'length')])
      const { fields } = dataOf<{ fields: { name: string; over?: string }[] }>(
        await admin.get('/api/meta/definitions/entity/campaign'),
        200,
      )
      expect(Object.fromEntries(fields.map(({ name, over }) => [name, over]))).to.include({
        ...{ worth: 'products.tag', shown: 'products', minutes: 'talks.length' },
      })
    })
  })
})
