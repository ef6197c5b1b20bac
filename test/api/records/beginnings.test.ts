import { expect } from 'chai'
import { dataOf, openDraft, publishAll } from '../../support/drafts.ts'
import { startEngine, type TestEngine } from '../../support/engine.ts'
import type { ApiRecord, Client } from '../../support/http.ts'
import { loginAs } from '../../support/http-model.ts'
import { outcome } from './world.ts'

const is = (field: string, value: unknown) => ({ '==': [{ var: field }, value] })

const DEFINITIONS = [
  {
    kind: 'entity',
    name: 'customer',
    title: 'name',
    fields: [
      { name: 'name', type: 'text', required: true },
      { name: 'region', type: 'text' },
      { name: 'terms', type: 'text', personal: 'financial' },
    ],
  },
  {
    kind: 'entity',
    name: 'deal',
    title: 'name',
    owned: true,
    fields: [
      { name: 'name', type: 'text', required: true, unique: true },
      { name: 'state', type: 'select', options: [{ name: 'open' }, { name: 'lost' }], default: 'open' },
      { name: 'reason', type: 'text', default: 'price', visibleWhen: is('state', 'lost') },
      { name: 'fixed', type: 'text', default: 'x', readOnlyWhen: is('state', 'open') },
      { name: 'amount', type: 'currency' },
      { name: 'discount', type: 'percent', default: { if: [{ '>': [{ var: 'amount' }, 1000] }, 0.1, 0] } },
      {
        name: 'net',
        type: 'formula',
        result: 'currency',
        value: { '*': [{ var: 'amount' }, { '-': [1, { var: 'discount' }] }] },
      },
      {
        name: 'level',
        type: 'text',
        required: true,
        default: { if: [{ '>': [{ var: 'net' }, 900] }, 'big', 'small'] },
      },
      { name: 'due', type: 'date', default: { var: 'today' } },
      { name: 'urgent', type: 'boolean', default: is('level', 'big') },
      { name: 'customer', type: 'lookup', to: 'customer', onDelete: 'clear' },
      { name: 'region', type: 'text', default: { var: 'customer.region' } },
      { name: 'terms', type: 'text', default: { var: 'customer.terms' } },
      { name: 'asker', type: 'user', default: { var: 'actor.id' } },
      { name: 'currency', type: 'text', max: 5, default: { var: 'settings.currency' } },
      { name: 'plan', type: 'json', default: { literal: { '+': [1, 2] } } },
    ],
  },
  {
    kind: 'role',
    name: 'seller',
    entities: {
      deal: { read: 'all', create: true, update: 'all' },
      customer: { read: 'all' },
    },
  },
]

describe('what new records begin with', () => {
  let engine: TestEngine
  let admin: Client
  let seller: Client
  let north: ApiRecord
  let names = 0

  before(async () => {
    engine = await startEngine()
    admin = await engine.loginAdmin()
    await publishAll(admin, DEFINITIONS)
    seller = await loginAs(admin, 'seller', ['seller'])
    north = dataOf(
      await admin.post('/api/records/customer', { name: 'N', region: 'north', terms: 'cash' }),
      201,
    )
  })
  after(() => engine.stop())

  const make = async (body: object, client = admin): Promise<ApiRecord> =>
    dataOf(await client.post('/api/records/deal', { name: `Deal ${++names}`, ...body }), 201)
  const pick = (record: ApiRecord, fields: readonly string[]) => fields.map((field) => record[field])

  it('leaves what is hidden or locked empty', async () => {
    expect(pick(await make({}), ['reason', 'fixed'])).to.deep.equal([null, null])
    expect(pick(await make({ state: 'lost' }), ['reason', 'fixed'])).to.deep.equal(['price', 'x'])
  })

  it('follows rules over the other values, formulas and other beginnings included', async () => {
    const fields = ['discount', 'net', 'level', 'urgent']
    expect(pick(await make({ amount: 2000 }), fields)).to.deep.equal([0.1, 1800, 'big', true])
    expect(pick(await make({ amount: 10 }), fields)).to.deep.equal([0, 10, 'small', false])
    expect(pick(await make({ amount: 2000, discount: null }), fields)).to.deep.equal([
      null,
      null,
      'small',
      false,
    ])
    expect(pick(await make({ level: 'mine' }), ['level'])).to.deep.equal(['mine'])
  })

  it('knows the actor, the day, the settings, and takes a literal as it stands', async () => {
    const record = await make({})
    expect(record.asker).to.equal(record.created_by)
    expect(record.due).to.match(/^\d{4}-\d\d-\d\d$/)
    expect(pick(record, ['currency', 'plan'])).to.deep.equal(['CNY', { '+': [1, 2] }])
  })

  it('takes from relatives what the actor sees of them', async () => {
    const fields = ['region', 'terms']
    expect(pick(await make({ customer: north.id }), fields)).to.deep.equal(['north', 'cash'])
    expect(pick(await make({ customer: north.id }, seller), fields)).to.deep.equal(['north', null])
  })

  it('holds on every path', async () => {
    const bodies = [1, 2].map(() => ({ name: `Deal ${++names}`, amount: 5000 }))
    dataOf(await admin.post('/api/records/deal/bulk', { create: bodies }), 200)
    dataOf(await admin.put('/api/records/deal/by/name/Upserted', { amount: 5000 }), 201)
    const list = await admin.get(
      `/api/records/deal?fields=level&filter=${encodeURIComponent(JSON.stringify({ '==': [{ var: 'amount' }, 5000] }))}`,
    )
    expect((list.body as { data: ApiRecord[] }).data.map(({ level }) => level)).to.deep.equal(
      Array(3).fill('big'),
    )
  })

  it('judges what a rule gives as if it had been said', async () => {
    await publishAll(admin, [
      {
        kind: 'entity',
        name: 'order',
        title: 'name',
        fields: [
          { name: 'name', type: 'text', required: true },
          { name: 'kind', type: 'select', options: [{ name: 'a' }], default: { var: 'name' } },
          { name: 'needed', type: 'text', required: true, default: { var: 'hint' } },
          { name: 'hint', type: 'text' },
        ],
      },
    ])
    const answer = await admin.post('/api/records/order', { name: 'zzz' })
    expect(outcome(answer)).to.deep.equal([422, 'FIELD_REQUIRED /needed', 'FIELD_OPTION_UNKNOWN /kind'])
    expect((await admin.post('/api/records/order', { name: 'a', hint: 'h' })).status).to.equal(201)
  })

  it('refuses rules that do not fit when they are written', async () => {
    const draft = await openDraft(admin, [
      {
        kind: 'entity',
        name: 'bad',
        title: 'name',
        fields: [
          { name: 'name', type: 'text' },
          { name: 'a', type: 'integer', default: { var: 'name' } },
          { name: 'b', type: 'text', default: { var: 'nmae' } },
          { name: 'c', type: 'date', default: { literal: 'tomorrow' } },
          { name: 'd', type: 'boolean', default: { changed: [{ var: 'name' }] } },
        ],
      },
    ])
    const check = await admin.post(`/api/meta/changesets/${draft}/check`, {})
    const told = dataOf<{ problems: { code: string; path: string }[] }>(check, 200).problems
    expect(told.map(({ code, path }) => `${code} ${path}`)).to.deep.equal([
      'RULE_RESULT_WRONG /entity/bad/fields/1/default',
      'RULE_FIELD_UNKNOWN /entity/bad/fields/2/default/var',
      'META_DEFAULT_INVALID /entity/bad/fields/3/default/literal',
      'RULE_PLACE_UNFIT /entity/bad/fields/4/default/changed',
    ])
  })
})
