import { expect } from 'chai'
import { dataOf, openDraft, publishAll, type Written } from '../../support/drafts.ts'
import type { ApiRecord, Client } from '../../support/http.ts'
import { listPath, outcome, type Person, startWorld, type World } from './world.ts'

const CUSTOMER: Written = {
  kind: 'entity',
  name: 'customer',
  title: 'name',
  fields: [
    { name: 'name', type: 'text', required: true },
    { name: 'tags', type: 'tags', max: 3, maxLength: 20 },
    { name: 'last_amount', type: 'currency' },
  ],
}
const PIPELINE: Written = {
  kind: 'pipeline',
  name: 'deals',
  entity: 'deal',
  field: 'stage',
  stages: [
    {
      name: 'contact',
      type: 'open',
      next: ['proposal', 'lost'],
      onLeave: [{ do: 'update', set: { left: true } }],
    },
    {
      name: 'proposal',
      type: 'open',
      next: ['won', 'lost'],
      todo: [
        {
          name: 'quote',
          label: { en: 'Send the quote', 'zh-CN': '提交报价单' },
          to: { field: 'owner' },
          due: { after: 'P7D' },
        },
      ],
    },
    {
      name: 'won',
      type: 'won',
      onEnter: [
        { do: 'tag', record: 'customer', add: ['customer'], remove: ['prospect'] },
        { do: 'update', record: 'customer', set: { last_amount: { var: 'amount' } } },
        {
          do: 'create',
          entity: 'contract',
          set: {
            title: { cat: ['Contract ', { var: 'name' }] },
            state: 'draft',
            customer: { var: 'customer' },
          },
        },
      ],
    },
    { name: 'lost', type: 'lost', next: ['contact'] },
  ],
}
const DEFINITIONS: readonly Written[] = [
  CUSTOMER,
  {
    kind: 'entity',
    name: 'deal',
    title: 'name',
    owned: true,
    fields: [
      { name: 'name', type: 'text', required: true },
      { name: 'stage', type: 'stage' },
      { name: 'amount', type: 'currency' },
      { name: 'left', type: 'boolean' },
      { name: 'customer', type: 'lookup', to: 'customer', onDelete: 'clear' },
    ],
  },
  {
    kind: 'entity',
    name: 'contract',
    title: 'title',
    fields: [
      { name: 'title', type: 'text', required: true },
      { name: 'state', type: 'select', options: [{ name: 'draft' }, { name: 'signed' }] },
      { name: 'customer', type: 'lookup', to: 'customer', onDelete: 'clear' },
    ],
  },
  {
    kind: 'entity',
    name: 'task',
    title: 'subject',
    owned: true,
    fields: [
      { name: 'subject', type: 'text', required: true },
      { name: 'about', type: 'dynamic_lookup', to: ['deal', 'customer'], onDelete: 'cascade' },
      { name: 'due_at', type: 'date_time' },
    ],
  },
  PIPELINE,
  // Reads neither customers nor tasks and writes no contract: the stages do.
  { kind: 'role', name: 'seller', entities: { deal: { read: 'own', create: true, update: 'own' } } },
]

describe('actions of stages', () => {
  let world: World
  let admin: Client
  let seller: Person

  before(async () => {
    world = await startWorld()
    admin = world.admin
    await publishAll(admin, DEFINITIONS)
    seller = await world.person('seller', 'seller')
  })
  after(() => world.stop())

  const make = async (entity: string, body: object, client: Client = admin): Promise<ApiRecord> =>
    dataOf(await client.post(`/api/records/${entity}`, body), 201)
  const move = async (id: string, stage: string, client: Client = seller) =>
    outcome(await client.patch(`/api/records/deal/${id}`, { stage }))
  const listed = async (entity: string, filter: object) =>
    (await admin.get(listPath(entity, { filter }))).records
  const about = (id: string) =>
    listed('task', { '==': [{ var: 'subject' }, `提交报价单`] }).then((tasks) =>
      tasks.filter((task) => (task.about as unknown as ApiRecord)?.id === id),
    )

  it('are done with the move, by the engine’s rights and in the name of who moved', async () => {
    const customer = await make('customer', { name: 'Acme', tags: ['prospect', 'vip'] })
    const deal = await make('deal', { name: 'D1', amount: 900, customer: customer.id, owner: seller.id })
    expect(await move(deal.id, 'proposal')).to.deep.equal([200])
    expect((await seller.get(`/api/records/deal/${deal.id}`)).record.left).to.equal(true)
    const [task, ...others] = await about(deal.id)
    expect(others).to.deep.equal([])
    expect(task).to.deep.include({ owner: seller.id, created_by: seller.id })
    const days = (Date.parse(String(task?.due_at)) - Date.now()) / 86_400_000
    expect(Math.round(days)).to.equal(7)
    expect(await move(deal.id, 'won')).to.deep.equal([200])
    const after = (await admin.get(`/api/records/customer/${customer.id}`)).record
    expect(after).to.deep.include({ tags: ['vip', 'customer'], last_amount: 900, updated_by: seller.id })
    const history = (await admin.get(`/api/records/customer/${customer.id}/history`)).records
    expect(history.map(({ via }) => via)).to.deep.equal(['pipeline', 'pipeline', 'api'])
    const [contract] = await listed('contract', { '==': [{ var: 'title' }, 'Contract D1'] })
    expect(contract).to.deep.include({ state: 'draft', customer: customer.id })
  })

  it('are done for a record that begins in the stage, on its own and by many', async () => {
    const one = await make('deal', { name: 'D2', stage: 'proposal' })
    expect(await about(one.id)).to.have.length(1)
    const bulk = {
      create: [
        { name: 'D3', stage: 'proposal' },
        { name: 'D4', stage: 'proposal' },
      ],
    }
    const results = dataOf<{ id: string }[]>(await admin.post('/api/records/deal/bulk', bulk), 200)
    for (const { id } of results) expect(await about(id)).to.have.length(1)
  })

  it('do nothing where the lookup is empty, or where nothing changes', async () => {
    const deal = await make('deal', { name: 'D5', stage: 'proposal', owner: seller.id })
    expect(await move(deal.id, 'won')).to.deep.equal([200])
    expect(await move(deal.id, 'won')).to.deep.equal([200])
    expect(await listed('contract', { '==': [{ var: 'title' }, 'Contract D5'] })).to.have.length(1)
  })

  it('stop the move where one cannot be done, and leave nothing behind', async () => {
    const customer = await make('customer', { name: 'Full', tags: ['a', 'b', 'c'] })
    const deal = await make('deal', {
      ...{ name: 'D6', stage: 'proposal', customer: customer.id, owner: seller.id },
    })
    const [status, fault] = await move(deal.id, 'won')
    expect(status).to.equal(422)
    expect(fault).to.match(/ \/stage\/tags$/)
    expect((await admin.get(`/api/records/deal/${deal.id}`)).record.stage).to.equal('proposal')
    expect(await listed('contract', { '==': [{ var: 'title' }, 'Contract D6'] })).to.deep.equal([])
    const { entries } = dataOf<{ entries: unknown[] }>(
      await admin.get(`/api/records/deal/${deal.id}/stages`),
      200,
    )
    expect(entries).to.have.length(1)
  })

  const faults: readonly { stage: object; gives: readonly string[] }[] = [
    { stage: { onEnter: [{ do: 'tag', record: 'customer' }] }, gives: ['META_VALUE_INVALID /onEnter/0'] },
    {
      stage: { onEnter: [{ do: 'tag', add: ['x'] }] },
      gives: ['META_VALUE_INVALID /onEnter/0/field'],
    },
    {
      stage: { onEnter: [{ do: 'update', set: { stage: 'won' } }] },
      gives: ['META_VALUE_INVALID /onEnter/0/set/stage'],
    },
    {
      stage: { onEnter: [{ do: 'update', set: { amount: { var: 'name' }, nothing: 1 } }] },
      gives: ['RULE_RESULT_WRONG /onEnter/0/set/amount', 'META_REFERENCE_UNKNOWN /onEnter/0/set/nothing'],
    },
    {
      stage: { onEnter: [{ do: 'update', set: { amount: 'much' } }] },
      gives: ['META_DEFAULT_INVALID /onEnter/0/set/amount'],
    },
    {
      stage: { onEnter: [{ do: 'update', record: 'owner', set: { name: 'x' } }] },
      gives: ['META_VALUE_INVALID /onEnter/0'],
    },
    {
      stage: { todo: [{ name: 'x', to: { field: 'name' } }] },
      gives: ['META_VALUE_INVALID /todo/0/to/field'],
    },
    { stage: { requires: ['version'] }, gives: ['META_VALUE_INVALID /requires/0'] },
    {
      stage: { milestones: [{ name: 'x' }], type: 'lost' },
      gives: ['META_VALUE_INVALID /milestones'],
    },
  ]
  for (const { stage, gives } of faults) {
    it(`are refused by the check: ${JSON.stringify(stage)}`, async () => {
      const stages = [...(PIPELINE.stages as object[])]
      stages[3] = { ...(stages[3] as object), ...stage }
      const id = await openDraft(admin, [{ ...PIPELINE, stages }])
      const { problems } = dataOf<{ problems: { code: string; path: string }[] }>(
        await admin.post(`/api/meta/changesets/${id}/check`),
        200,
      )
      const at = '/pipeline/deals/stages/3'
      expect(problems.map(({ code, path }) => `${code} ${path.replace(at, '')}`)).to.have.members(gives)
    })
  }
})
