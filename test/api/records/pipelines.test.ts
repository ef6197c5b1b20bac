import { expect } from 'chai'
import { dataOf, openDraft, publishAll, type Written } from '../../support/drafts.ts'
import { startEngine, type TestEngine } from '../../support/engine.ts'
import type { ApiRecord, Client } from '../../support/http.ts'
import { outcome } from './world.ts'

const is = (field: string, value: unknown) => ({ '==': [{ var: field }, value] })
const RENEWAL = {
  ...{ kind: 'pipeline', name: 'renewal', label: { en: 'Renewal', 'zh-CN': '续约' } },
  ...{ entity: 'deal', field: 'stage', when: is('type', 'renewal') },
  stages: [
    { name: 'reminded', type: 'open', next: ['renewed'], requires: ['amount'] },
    { name: 'renewed', type: 'won' },
  ],
  stalled: { after: 'P30D', since: 'seen_on' },
}
const SALE = {
  ...{ kind: 'pipeline', name: 'sale', entity: 'deal', field: 'stage' },
  stages: [
    { name: 'contact', type: 'open', next: ['offer'], requires: ['budget'] },
    { name: 'offer', type: 'open', next: ['sold', 'contact'] },
    { name: 'sold', type: 'won' },
  ],
  stalled: { after: 'P7D', since: 'seen_on' },
}
/** Asked before `renewal`: its name comes first. */
const KEY = {
  ...{ kind: 'pipeline', name: 'key', entity: 'deal', field: 'stage', when: is('account.level', 'a') },
  stages: [
    { name: 'board', type: 'open', next: ['signed'] },
    { name: 'signed', type: 'won' },
  ],
}
const DEFINITIONS: readonly Written[] = [
  {
    kind: 'entity',
    name: 'account',
    fields: [
      { name: 'name', type: 'text' },
      { name: 'level', type: 'text' },
    ],
  },
  {
    kind: 'entity',
    name: 'deal',
    fields: [
      { name: 'name', type: 'text' },
      { name: 'type', type: 'select', options: [{ name: 'new' }, { name: 'renewal' }] },
      { name: 'account', type: 'lookup', to: 'account' },
      { name: 'stage', type: 'stage' },
      { name: 'amount', type: 'currency' },
      { name: 'budget', type: 'currency' },
      { name: 'seen_on', type: 'date' },
    ],
  },
  ...[RENEWAL, SALE, KEY],
]

describe('several pipelines of an entity', () => {
  let engine: TestEngine
  let admin: Client

  before(async () => {
    engine = await startEngine()
    admin = await engine.loginAdmin()
    await publishAll(admin, DEFINITIONS)
  })
  after(() => engine.stop())

  const make = async (body: object): Promise<ApiRecord> =>
    dataOf(await admin.post('/api/records/deal', { name: 'd', ...body }), 201)
  const change = async ({ id }: ApiRecord, body: object) =>
    outcome(await admin.patch(`/api/records/deal/${id}`, body))

  it('lead a new record by rule, the first whose condition holds, else the one without', async () => {
    const key = dataOf<ApiRecord>(await admin.post('/api/records/account', { name: 'K', level: 'a' }), 201)
    expect((await make({ type: 'renewal' })).stage).to.equal('reminded')
    expect((await make({ type: 'new' })).stage).to.equal('contact')
    expect((await make({})).stage).to.equal('contact')
    expect((await make({ type: 'renewal', account: key.id })).stage).to.equal('board')
    const bulk = await admin.post('/api/records/deal/bulk', {
      create: [{ type: 'renewal' }, { type: 'new' }],
    })
    const made = dataOf<{ id: string }[]>(bulk, 200)
    const stages = await Promise.all(
      made.map(async ({ id }) => (await admin.get(`/api/records/deal/${id}`)).record.stage),
    )
    expect(stages).to.deep.equal(['reminded', 'contact'])
  })

  it('keep others out, on every way in', async () => {
    const other = [422, 'STAGE_PIPELINE_OTHER /stage']
    expect(outcome(await admin.post('/api/records/deal', { type: 'new', stage: 'reminded' }))).to.deep.equal(
      other,
    )
    const deal = await make({ type: 'new', budget: 1 })
    expect(await change(deal, { stage: 'reminded' })).to.deep.equal(other)
    expect(await change(deal, { stage: 'renewed' })).to.deep.equal([
      422,
      'STAGE_TRANSITION_DENIED /stage',
      'STAGE_PIPELINE_OTHER /stage',
    ])
    expect(await change(deal, { stage: 'offer' })).to.deep.equal([200])
  })

  it('ask each their own gates, and let a record go over when it is another’s', async () => {
    const deal = await make({ type: 'new' })
    expect(await change(deal, { stage: 'offer' })).to.deep.equal([422, 'STAGE_REQUIRES /budget'])
    expect(await change(deal, { type: 'renewal' })).to.deep.equal([200])
    expect(await change(deal, { stage: 'reminded' })).to.deep.equal([200])
    expect(await change(deal, { stage: 'renewed' })).to.deep.equal([422, 'STAGE_REQUIRES /amount'])
    expect(await change(deal, { stage: 'renewed', amount: 5 })).to.deep.equal([200])
    const { record } = await admin.get(`/api/records/deal/${deal.id}`)
    expect(record.ever_reached).to.deep.equal(['contact', 'reminded', 'renewed'])
    // Won is won: from a closed stage nothing goes over.
    expect(await change(deal, { type: 'new', stage: 'contact' })).to.deep.equal([
      422,
      'STAGE_TRANSITION_DENIED /stage',
    ])
  })

  it('count each by their own limit as stalled', async () => {
    const seen = new Date(Date.now() - 10 * 86_400_000).toISOString().slice(0, 10)
    await make({ name: 'old', type: 'new', seen_on: seen })
    await make({ name: 'old', type: 'renewal', seen_on: seen })
    const found = await admin.post('/api/records/deal/query', {
      filter: { and: [is('name', 'old'), { var: 'is_stalled' }] },
    })
    expect(found.records.map(({ stage }) => stage)).to.deep.equal(['contact'])
  })

  it('tell the form by which rule a record begins, and the page which stages belong together', async () => {
    const model = dataOf<{ entities: { name: string; pipelines: Record<string, object[]> }[] }>(
      await admin.get('/api/meta/model'),
      200,
    )
    const stages = model.entities.find(({ name }) => name === 'deal')!.pipelines.stage as {
      name: string
      pipeline: string
      next: string[]
    }[]
    expect(stages.map(({ name, pipeline }) => `${pipeline} ${name}`)).to.deep.equal([
      ...['key board', 'key signed', 'renewal reminded', 'renewal renewed'],
      ...['sale contact', 'sale offer', 'sale sold'],
    ])
    expect(stages.find(({ name }) => name === 'contact')?.next).to.deep.equal(['offer', 'board', 'reminded'])
    const form = dataOf<{ schema: { properties: Record<string, { default?: unknown }> } }>(
      await admin.get('/api/forms/deal'),
      200,
    )
    expect(form.schema.properties.stage).to.not.have.property('default')
  })

  const wrong: readonly { it: string; definition: Written; gives: readonly string[] }[] = [
    {
      it: 'two that say nothing',
      definition: { ...KEY, when: undefined, name: 'zeal', stages: [{ name: 'z', type: 'open' }] },
      gives: ['META_PIPELINE_SECOND /pipeline/zeal/field'],
    },
    {
      it: 'a stage that another has',
      definition: { ...KEY, name: 'zeal', stages: [{ name: 'board', type: 'open' }] },
      gives: ['META_NAME_DUPLICATE /pipeline/zeal/stages/0/name'],
    },
    {
      it: 'a condition on its own stage',
      definition: { ...KEY, name: 'zeal', when: is('stage', 'z'), stages: [{ name: 'z', type: 'open' }] },
      gives: ['META_VALUE_INVALID /pipeline/zeal/when'],
    },
  ]
  for (const { it: title, definition, gives } of wrong) {
    it(`refuse ${title}`, async () => {
      const id = await openDraft(admin, [definition])
      const answer = await admin.post(`/api/meta/changesets/${id}/check`)
      const { problems } = dataOf<{ problems: { code: string; path: string }[] }>(answer, 200)
      expect(problems.map(({ code, path }) => `${code} ${path}`)).to.deep.equal(gives)
    })
  }
})
