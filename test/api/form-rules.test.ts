import { expect } from 'chai'
import { plainRecord } from '../../metadata/rules/environment.ts'
import {
  type RecordRules,
  type RecordWorld,
  startRecordRules,
  UNSEEN,
} from '../../metadata/rules/record-rules.ts'
import { dataOf, openDraft, publishAll } from '../support/drafts.ts'
import { startEngine, type TestEngine } from '../support/engine.ts'
import type { ApiRecord, Client } from '../support/http.ts'
import { loginAs } from '../support/http-model.ts'

const is = (field: string, value: unknown) => ({ '==': [{ var: field }, value] })
const over = (field: string, value: number) => ({ '>': [{ var: field }, value] })

const DEFINITIONS = [
  {
    kind: 'entity',
    name: 'customer',
    title: 'name',
    owned: true,
    fields: [
      { name: 'name', type: 'text', required: true },
      { name: 'region', type: 'text' },
      { name: 'limit', type: 'currency', personal: 'financial' },
    ],
  },
  {
    kind: 'entity',
    name: 'deal',
    title: 'name',
    fields: [
      { name: 'name', type: 'text', required: true },
      { name: 'state', type: 'select', options: [{ name: 'open' }, { name: 'lost' }], default: 'open' },
      { name: 'reason', type: 'text', required: true, visibleWhen: is('state', 'lost') },
      { name: 'customer', type: 'lookup', to: 'customer', onDelete: 'clear' },
      { name: 'amount', type: 'currency', readOnlyWhen: is('before.state', 'lost') },
      { name: 'discount', type: 'percent', default: { if: [over('amount', 1000), 0.1, 0] } },
      {
        name: 'net',
        type: 'formula',
        result: 'currency',
        value: { '*': [{ var: 'amount' }, { '-': [1, { var: 'discount' }] }] },
      },
      { name: 'tax_id', type: 'text', requiredWhen: is('customer.region', 'north') },
      {
        name: 'approval',
        type: 'text',
        requiredWhen: { '>': [{ var: 'amount' }, { var: 'customer.limit' }] },
      },
      { name: 'hidden', type: 'text' },
      { name: 'code', type: 'text', visibleWhen: is('hidden', 'x') },
    ],
  },
  {
    kind: 'validation',
    name: 'positive',
    entity: 'deal',
    must: { or: [{ '!': [{ var: 'amount' }] }, over('amount', 0)] },
    problem: { field: 'amount', message: { en: 'More than nothing.', 'zh-CN': '须大于零。' } },
  },
  {
    kind: 'validation',
    name: 'few',
    entity: 'customer',
    must: { none: [{ var: 'deal_customer' }, over('amount', 1000)] },
    problem: { message: 'Too large.' },
  },
  {
    kind: 'layout',
    name: 'deal_page',
    entity: 'deal',
    form: [
      {
        name: 'basics',
        fields: ['name', 'state', 'reason', 'customer', 'amount', 'tax_id', 'approval', 'code'],
      },
      { name: 'money', visibleWhen: 'amount > 100', fields: ['discount', 'net'] },
    ],
  },
  {
    kind: 'role',
    name: 'seller',
    entities: {
      deal: { read: 'all', create: true, update: 'all', fields: { hidden: { read: false, edit: false } } },
      customer: { read: 'own', create: true },
    },
  },
]

interface Rules extends RecordRules {
  readonly left: readonly { on: string; name: string }[]
  readonly relatives: readonly string[]
  readonly values: Readonly<Record<string, unknown>>
  readonly unseen: readonly string[]
  readonly actor: Readonly<Record<string, unknown>>
  readonly settings: Readonly<Record<string, unknown>>
  readonly now: string
  readonly today: string
  readonly time_zone: string
}

describe('the rules of a form', () => {
  let engine: TestEngine
  let admin: Client
  let seller: Client
  let mine: ApiRecord
  let theirs: ApiRecord

  before(async () => {
    engine = await startEngine()
    admin = await engine.loginAdmin()
    await publishAll(admin, DEFINITIONS)
    seller = await loginAs(admin, 'seller', ['seller'])
    mine = dataOf(await seller.post('/api/records/customer', { name: 'Mine', region: 'north' }), 201)
    theirs = dataOf(
      await admin.post('/api/records/customer', { name: 'Theirs', region: 'north', limit: 5 }),
      201,
    )
  })
  after(() => engine.stop())

  const rulesOf = async (client: Client, query = ''): Promise<Rules> =>
    dataOf<{ rules: Rules }>(
      await client.get(`/api/forms/deal${query}`, { headers: { 'accept-language': 'en' } }),
      200,
    ).rules
  const worldOf = (
    rules: Rules,
    said: Record<string, unknown>,
    related: Record<string, unknown> = rules.values,
  ): RecordWorld => ({
    isNew: true,
    said: (field) => said[field],
    stored: (field) => rules.values[field],
    related: (path) => (path in related ? related[path] : UNSEEN),
    before: () => null,
    environment: {
      actor: plainRecord(rules.actor),
      settings: plainRecord(rules.settings),
      now: Date.parse(rules.now),
      today: rules.today,
      timeZone: rules.time_zone,
    },
  })

  it('run in the form as the server runs them', async () => {
    const rules = await rulesOf(admin)
    const session = startRecordRules(rules)
    const look = (said: Record<string, unknown>, related = {}) => {
      const { hidden, required, hiddenSections, computed, defaults, broken } = session.judge(
        worldOf(rules, said, related),
      )
      return {
        hidden: [...hidden],
        required: [...required],
        sections: [...hiddenSections],
        net: computed.get('net'),
        discount: defaults.get('discount'),
        broken: broken.map(({ message }) => message),
      }
    }
    expect(look({})).to.deep.equal({
      hidden: ['reason', 'code'],
      required: [],
      sections: ['money'],
      net: null,
      discount: 0,
      broken: [],
    })
    expect(
      look(
        { state: 'lost', amount: 2000, customer: 'x' },
        { 'customer.region': 'north', 'customer.limit': '5' },
      ),
    ).to.deep.equal({
      hidden: ['code'],
      required: ['tax_id', 'approval'],
      sections: [],
      net: 1800,
      discount: 0.1,
      broken: [],
    })
    expect(look({ amount: -1 }).broken).to.deep.equal(['More than nothing.'])
  })

  it('run only where what they look at has changed', async () => {
    const rules = await rulesOf(admin)
    const session = startRecordRules(rules)
    session.judge(worldOf(rules, { name: 'a' }, {}))
    const first = session.runs()
    session.judge(worldOf(rules, { name: 'ab' }, {}))
    expect(session.runs()).to.equal(first)
    session.judge(worldOf(rules, { name: 'ab', state: 'lost' }, {}))
    expect(session.runs()).to.equal(first + 1)
  })

  it('leave to the server what the actor may not see', async () => {
    const { left, fields, values } = await rulesOf(seller)
    expect(left.map(({ on, name }) => `${on} ${name}`)).to.deep.equal(['required approval', 'visible code'])
    expect(fields.some(({ visible }) => JSON.stringify(visible ?? '').includes('hidden'))).to.equal(false)
    expect(Object.keys(values)).not.to.include('hidden')
    expect((await rulesOf(admin)).left).to.deep.equal([])
  })

  it('come with the relatives that the actor sees, and say which they do not', async () => {
    const deal = async (customer: ApiRecord) =>
      dataOf<ApiRecord>(
        await admin.post('/api/records/deal', {
          name: 'd',
          customer: customer.id,
          tax_id: 't',
          approval: 'a',
        }),
        201,
      )
    const seen = await rulesOf(seller, `?record=${(await deal(mine)).id}`)
    expect([seen.values['customer.region'], seen.unseen]).to.deep.equal(['north', []])
    const unseen = await rulesOf(seller, `?record=${(await deal(theirs)).id}`)
    expect([unseen.values['customer.region'], unseen.unseen]).to.deep.equal([undefined, ['customer.region']])
  })

  it('get the relatives of what is chosen, as far as the actor sees them', async () => {
    const ask = async (client: Client, id: unknown) =>
      dataOf(await client.get(`/api/forms/deal/relatives?customer=${id}`), 200)
    expect(await ask(seller, mine.id)).to.deep.equal({ values: { 'customer.region': 'north' }, unseen: [] })
    expect(await ask(seller, theirs.id)).to.deep.equal({ values: {}, unseen: ['customer.region'] })
    expect(await ask(admin, theirs.id)).to.deep.equal({
      values: { 'customer.region': 'north', 'customer.limit': '5' },
      unseen: [],
    })
    const wrong = await admin.get('/api/forms/deal/relatives?custmer=1')
    expect([wrong.status, wrong.problems[0]?.code]).to.deep.equal([400, 'HTTP_PARAMETER_UNKNOWN'])
  })

  it('are checked in layouts, and follow renames', async () => {
    const draft = await openDraft(admin, [
      {
        kind: 'layout',
        name: 'bad',
        entity: 'deal',
        form: [{ name: 'a', fields: ['name'], visibleWhen: { '>': [{ var: 'amuont' }, 1] } }],
      },
    ])
    const check = dataOf<{ problems: { code: string; path: string }[] }>(
      await admin.post(`/api/meta/changesets/${draft}/check`, {}),
      200,
    )
    expect(check.problems.map(({ code, path }) => `${code} ${path}`)).to.deep.equal([
      'RULE_FIELD_UNKNOWN /layout/bad/form/0/visibleWhen/>/0/var',
    ])
  })
})
