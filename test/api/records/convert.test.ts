import { expect } from 'chai'
import { dataOf, openDraft, publishAll, type Written } from '../../support/drafts.ts'
import { startEngine, type TestEngine } from '../../support/engine.ts'
import type { ApiRecord, Client } from '../../support/http.ts'
import { loginAs } from '../../support/http-model.ts'
import { outcome } from './world.ts'

const carried = (...fields: string[]) => Object.fromEntries(fields.map((field) => [field, { var: field }]))
const LEAD = {
  ...{ kind: 'entity', name: 'lead', title: 'name', owned: true, origin: 'campaign' },
  fields: [
    { name: 'name', type: 'text', required: true },
    { name: 'phone', type: 'phone', personal: 'contact' },
    { name: 'amount', type: 'currency' },
    { name: 'campaign', type: 'lookup', to: 'campaign' },
    { name: 'account', type: 'lookup', to: 'account' },
    { name: 'stage', type: 'stage' },
  ],
  convert: {
    to: [
      {
        ...{ name: 'customer', entity: 'account', link: 'account', required: true },
        set: { ...carried('name', 'phone'), level: 'new' },
      },
      {
        ...{ name: 'deal', entity: 'deal', links: { account: 'customer', lead: 'record' } },
        set: { name: { cat: [{ var: 'name' }, ' 1'] }, amount: { var: 'amount' } },
      },
    ],
    set: { stage: 'converted' },
  },
}
const DEFINITIONS: readonly Written[] = [
  { kind: 'entity', name: 'campaign', title: 'name', fields: [{ name: 'name', type: 'text' }] },
  {
    ...{ kind: 'entity', name: 'account', title: 'name', owned: true },
    fields: [
      { name: 'name', type: 'text', required: true },
      { name: 'phone', type: 'phone' },
      { name: 'level', type: 'text' },
    ],
  },
  {
    ...{ kind: 'entity', name: 'deal', title: 'name', owned: true },
    fields: [
      { name: 'name', type: 'text', required: true },
      { name: 'amount', type: 'currency', max: 1000 },
      { name: 'account', type: 'lookup', to: 'account' },
      { name: 'lead', type: 'lookup', to: 'lead' },
      { name: 'stage', type: 'stage' },
    ],
  },
  {
    ...{ kind: 'entity', name: 'contract', title: 'name', origin: 'deal' },
    fields: [
      { name: 'name', type: 'text' },
      { name: 'deal', type: 'lookup', to: 'deal' },
    ],
  },
  LEAD,
  {
    ...{ kind: 'pipeline', name: 'follow_up', entity: 'lead', field: 'stage' },
    stages: [
      { name: 'new', type: 'open', next: ['ready'] },
      { name: 'ready', type: 'open', next: ['converted'] },
      { name: 'converted', type: 'won' },
    ],
  },
  {
    ...{ kind: 'pipeline', name: 'sales', entity: 'deal', field: 'stage' },
    stages: [
      { name: 'begun', type: 'open', next: ['won'] },
      { name: 'won', type: 'won' },
    ],
  },
  {
    ...{ kind: 'role', name: 'seller', default: { read: 'none' }, personal: { contact: 'hidden' } },
    entities: {
      lead: { create: true, read: 'own', update: 'own' },
      account: { create: true, read: 'own' },
      deal: { create: true, read: 'own', update: 'own' },
    },
  },
  {
    ...{ kind: 'role', name: 'caller', default: { read: 'none' } },
    entities: { lead: { create: true, read: 'own', update: 'own' } },
  },
]

describe('conversion', () => {
  let engine: TestEngine
  let admin: Client
  let lily: Client

  before(async () => {
    engine = await startEngine()
    admin = await engine.loginAdmin()
    await publishAll(admin, DEFINITIONS)
    lily = await loginAs(admin, 'lily', ['seller'])
  })
  after(() => engine.stop())

  const make = async (client: Client, entity: string, body: object): Promise<ApiRecord> =>
    dataOf(await client.post(`/api/records/${entity}`, { name: entity, ...body }), 201)
  const read = async (entity: string, id: unknown) => (await admin.get(`/api/records/${entity}/${id}`)).record
  const convert = (client: Client, { id }: ApiRecord, body?: object, query = '') =>
    client.post(`/api/records/lead/${id}/actions/convert${query}`, body)
  const ready = async (client: Client, body: object = {}) => {
    const lead = await make(client, 'lead', { name: 'Acme', amount: 5, ...body })
    await client.patch(`/api/records/lead/${lead.id}`, { stage: 'ready' })
    return lead
  }
  type Made = { made: Record<string, { entity: string; id: string; is_new: boolean }> }

  it('makes the others, carries fields over, links both ways, and moves the record on', async () => {
    const lead = await ready(admin, { phone: '+8613800138000' })
    const { made } = dataOf<Made>(await convert(admin, lead), 200)
    expect(await read('account', made.customer!.id)).to.include({
      ...{ name: 'Acme', phone: '+8613800138000', level: 'new' },
    })
    const deal = await read('deal', made.deal!.id)
    expect(deal).to.include({ name: 'Acme 1', amount: 5, account: made.customer!.id, lead: lead.id })
    expect(await read('lead', lead.id)).to.include({
      stage: 'converted',
      account: made.customer!.id,
      version: 3,
    })
  })

  it('takes a record that is there, values that go before, and leaves out what is not wanted', async () => {
    const account = await make(admin, 'account', { name: 'There' })
    const [one, two] = [await ready(admin), await ready(admin)]
    const first = dataOf<Made>(
      await convert(admin, one, { customer: { id: account.id }, deal: { amount: 9 } }),
      200,
    )
    expect(first.made.customer).to.deep.equal({ entity: 'account', id: account.id, is_new: false })
    expect(await read('deal', first.made.deal!.id)).to.include({ amount: 9, account: account.id })
    const second = dataOf<Made>(await convert(admin, two, { deal: null }), 200)
    expect(Object.keys(second.made)).to.deep.equal(['customer'])
  })

  it('carries over what the actor sees, and nothing else', async () => {
    const lead = await ready(lily, { phone: undefined })
    await admin.patch(`/api/records/lead/${lead.id}`, { phone: '+8613800138000' })
    const { made } = dataOf<Made>(await convert(lily, lead), 200)
    expect(await read('account', made.customer!.id)).to.include({ name: 'Acme', phone: null })
  })

  const refusals: readonly { it: string; lead: object; body?: object; gives: readonly unknown[] }[] = [
    {
      it: 'a fault of a target',
      lead: { amount: 2000 },
      gives: [422, 'FIELD_NUMBER_TOO_LARGE /deal/amount'],
    },
    {
      it: 'no required target',
      lead: {},
      body: { customer: null },
      gives: [422, 'FIELD_REQUIRED /customer'],
    },
    { it: 'an unknown target', lead: {}, body: { deel: null }, gives: [422, 'FIELD_UNKNOWN /deel'] },
    {
      it: 'a record that is not there',
      lead: {},
      body: { customer: { id: '018f0000-0000-7000-8000-000000000001' } },
      gives: [422, 'FIELD_REFERENCE_MISSING /customer/id'],
    },
  ]
  for (const { it: title, lead: values, body, gives } of refusals) {
    it(`refuses ${title}, and stores nothing`, async () => {
      const lead = await ready(admin, { name: `No ${title}`, ...values })
      expect(outcome(await convert(admin, lead, body))).to.deep.equal(gives)
      expect(await read('lead', lead.id)).to.include({ stage: 'ready', account: null })
      const filter = { '==': [{ var: 'name' }, `No ${title}`] }
      expect((await admin.post('/api/records/account/query', { filter })).records).to.deep.equal([])
    })
  }

  it('meets the gate of the pipeline, happens once, and not at all in a dry run', async () => {
    const lead = await make(admin, 'lead', {})
    expect(outcome(await convert(admin, lead))).to.deep.equal([422, 'STAGE_TRANSITION_DENIED /stage'])
    await admin.patch(`/api/records/lead/${lead.id}`, { stage: 'ready' })
    expect((await convert(admin, lead, {}, '?dry_run=1')).status).to.equal(200)
    const answers = await Promise.all([convert(admin, lead), convert(admin, lead)])
    expect(answers.map(({ status }) => status).sort()).to.deep.equal([200, 409])
    expect(outcome(await convert(admin, lead))).to.deep.equal([409, 'CONVERSION_DONE'])
  })

  it('is for who may change the record and make the others', async () => {
    const caller = await loginAs(admin, 'carl', ['caller'])
    const lead = await ready(caller)
    expect(outcome(await convert(caller, lead))).to.deep.equal([403, 'AUTH_DENIED /customer'])
    expect(outcome(await convert(lily, lead))).to.deep.equal([404, 'RECORD_NOT_FOUND'])
    const deal = await make(admin, 'deal', {})
    const answer = await admin.post(`/api/records/deal/${deal.id}/actions/convert`)
    expect(answer.status).to.equal(404)
  })

  it('leaves a lane from the campaign to the contract, with owners, times and stages', async () => {
    const campaign = await make(admin, 'campaign', { name: 'Fair' })
    const lead = await ready(admin, { campaign: campaign.id })
    const { made } = dataOf<Made>(await convert(admin, lead), 200)
    await admin.patch(`/api/records/deal/${made.deal!.id}`, { stage: 'won' })
    await make(admin, 'contract', { name: 'C', deal: made.deal!.id })
    const lane = async (client: Client, entity: string, id: unknown) =>
      dataOf<readonly Record<string, never>[]>(await client.get(`/api/records/${entity}/${id}/lane`), 200)
    const steps = await lane(admin, 'deal', made.deal!.id)
    const brief = steps.map(({ entity, title, is_this: isThis, stages }) => [
      ...[entity, title, isThis],
      (stages as unknown as { to: { name: string } }[]).map(({ to }) => to.name).join(' '),
    ])
    expect(brief).to.deep.equal([
      ['campaign', 'Fair', false, ''],
      ['lead', 'Acme', false, 'new ready converted'],
      ['deal', 'Acme 1', true, 'begun won'],
      ['contract', 'C', false, ''],
    ])
    expect(steps[1]!.became_at).to.equal(steps[2]!.began_at)
    expect(steps[3]!.became_at).to.equal(null)
    expect((steps[1]!.owner as unknown as { label: string }).label).to.be.a('string')
    const below = await lane(admin, 'campaign', campaign.id)
    expect(below.map(({ entity }) => entity)).to.deep.equal([
      'campaign',
      'lead',
      'account',
      'deal',
      'contract',
    ])
    // What one may not read stands in nobody's lane.
    expect((await lily.get(`/api/records/deal/${made.deal!.id}/lane`)).status).to.equal(404)
    const own = await ready(lily)
    const mine = dataOf<Made>(await convert(lily, own), 200)
    await make(admin, 'contract', { deal: mine.made.deal!.id })
    expect((await lane(lily, 'deal', mine.made.deal!.id)).map(({ entity }) => entity)).to.deep.equal([
      'lead',
      'deal',
    ])
  })

  it('is checked: where it leads, what it links, what it sets', async () => {
    const to = [
      { name: 'customer', entity: 'account', link: 'campaign', set: { nmae: 'x' } },
      {
        name: 'customer',
        entity: 'deal',
        links: { account: 'later', stage: 'record' },
        set: { amount: 'x' },
      },
    ]
    const id = await openDraft(admin, [{ ...LEAD, origin: 'name', convert: { to } }])
    const answer = await admin.post(`/api/meta/changesets/${id}/check`)
    const { problems } = dataOf<{ problems: { code: string; path: string }[] }>(answer, 200)
    expect(problems.map(({ code, path }) => `${code} ${path.replace('/entity/lead', '')}`)).to.deep.equal([
      'META_VALUE_INVALID /convert/to/0/link',
      'META_REFERENCE_UNKNOWN /convert/to/0/set/nmae',
      'META_VALUE_INVALID /convert/to/1/links/account',
      'META_VALUE_INVALID /convert/to/1/links/stage',
      'META_NAME_DUPLICATE /convert/to/1/name',
      'META_DEFAULT_INVALID /convert/to/1/set/amount',
      'META_VALUE_INVALID /origin',
    ])
  })
})
