import { expect } from 'chai'
import { dataOf, openDraft, type Written } from '../support/drafts.ts'
import type { TestEngine } from '../support/engine.ts'
import type { Client } from '../support/http.ts'
import { loginAs } from '../support/http-model.ts'
import { startSales } from '../support/sales.ts'

describe('activities and overviews in definitions', () => {
  let engine: TestEngine
  let admin: Client

  before(async () => {
    engine = await startSales()
    admin = await engine.loginAdmin()
  })
  after(async () => engine?.stop())

  const inForce = async (kind: string, name: string): Promise<Written> =>
    dataOf(await admin.get(`/api/meta/definitions/${kind}/${name}`), 200)
  const problemsOf = async (definition: Written): Promise<readonly string[]> => {
    const id = await openDraft(admin, [definition])
    const { problems } = dataOf<{ problems: readonly { code: string; path: string }[] }>(
      await admin.post(`/api/meta/changesets/${id}/check`, {}),
      200,
    )
    return problems.map(({ code, path }) => `${code} ${path.replace(/^\/definitions/, '')}`)
  }

  const activities: readonly { readonly activity: object; readonly found: readonly string[] }[] = [
    {
      activity: { as: 'call', outcome: 'notes' },
      found: ['META_VALUE_INVALID /entity/call/activity/outcome'],
    },
    { activity: { as: 'call', at: 'subject' }, found: ['META_VALUE_INVALID /entity/call/activity/at'] },
    {
      activity: { as: 'call', followUp: { entity: 'product' } },
      found: ['META_VALUE_INVALID /entity/call/activity/followUp/entity'],
    },
  ]
  for (const { activity, found } of activities)
    it(`refuse ${JSON.stringify(activity)}`, async () => {
      const call = await inForce('entity', 'call')
      expect(await problemsOf({ ...call, activity } as Written)).to.deep.equal(found)
    })

  const tasks: readonly { readonly activity: object; readonly at: string }[] = [
    { activity: { as: 'task', at: 'due' }, at: '/entity/task/activity/at' },
    {
      activity: { as: 'task', at: 'due_at', status: 'status', done: ['finished'] },
      at: '/entity/task/activity/done/0',
    },
  ]
  for (const { activity, at } of tasks)
    it(`refuse what is not there: ${JSON.stringify(activity)}`, async () => {
      const task = await inForce('entity', 'task')
      const found = await problemsOf({ ...task, activity } as Written)
      expect(found.map((problem) => problem.split(' ')[1])).to.include(at)
    })

  it('refuse figures that cannot be worked out, with a rule in words', async () => {
    const layout = await inForce('layout', 'account_page')
    const figures = [
      { label: 'a', of: 'contract', by: 'account', fn: 'sum' },
      { label: 'b', of: 'contract', by: 'account', fn: 'sum', field: 'name' },
      { label: 'c', of: 'contract', by: 'opportunity', fn: 'count' },
      { label: 'd', of: 'contract', by: 'account', fn: 'count', field: 'amount' },
      { label: 'e', of: 'contract', by: 'account', fn: 'count', filter: "status = 'signed'" },
      { label: 'f', of: 'contract', by: 'account', fn: 'count', filter: { '==': [{ var: 'nothing' }, 1] } },
    ]
    const page = { ...(layout.page as object), overview: [{ label: 'x', figures }] }
    const found = await problemsOf({ ...layout, page } as Written)
    const at = '/layout/account_page/page/overview/0/figures'
    expect(found.map((problem) => problem.split(' ')[1]?.replace(/(filter).*/, '$1'))).to.have.members([
      ...[`${at}/0/field`, `${at}/1/fn`, `${at}/2/by`, `${at}/3/field`, `${at}/5/filter`],
    ])
  })

  type Told = readonly {
    readonly name: string
    readonly activity?: object
    readonly page: { readonly overview?: unknown }
  }[]
  const entitiesOf = async (client: Client): Promise<Told> =>
    dataOf<{ entities: Told }>(await client.get('/api/meta/model'), 200).entities

  it('are told to whom they concern', async () => {
    const product = await entitiesOf(await loginAs(admin, 'prod', ['product']))
    expect(product.find(({ name }) => name === 'account')?.page.overview).to.equal(undefined)
    expect((await entitiesOf(admin)).find(({ name }) => name === 'call')?.activity).to.deep.equal({
      ...{ as: 'call', at: 'started_at', outcome: 'outcome', words: 'notes', next: 'next_contact_on' },
      followUp: { entity: 'task', set: { type: 'call_back' } },
    })
  })
})
