import { expect } from 'chai'
import { openSecretKeys } from '../../engine/ops/secret-key.ts'
import { createVaultPort } from '../../engine/ops/vaults.ts'
import { runScenarios } from '../../engine/quality/run-scenarios.ts'
import { modelTemplate, modelWorld } from '../support/model-world.ts'
import { createTestDatabase, type TestDatabase } from '../support/postgres.ts'
import { scratchFolder } from '../support/scratch.ts'

/** An object that has it as a plain key would look like a promise. */
const THEN = 'then'
const FROM = '2026-03-02T09:00:00+08:00' // a Monday
const office = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday']
const enquiry = (name: string) => ({ create: { enquiry: { name } }, as: 'root' })
const consultants = { ann: { user: { roles: ['consultant'] } }, bob: { user: { roles: ['consultant'] } } }

const DEFINITIONS = [
  {
    ...{ kind: 'entity', name: 'enquiry', title: 'name', owned: true },
    fields: [{ name: 'name', type: 'text' }],
  },
  { kind: 'role', name: 'consultant', default: { read: 'all' }, entities: { enquiry: { update: 'own' } } },
  { kind: 'calendar', name: 'office', hours: [{ days: office, from: '09:00', to: '18:00' }] },
  {
    ...{ kind: 'assignment', name: 'enquiries', entity: 'enquiry', on: ['created'] },
    rules: [
      {
        ...{ name: 'all', to: { role: 'consultant' }, by: 'round_robin', capacity: { perDay: 1 } },
        ...{ calendar: 'office', full: 'wait' },
      },
    ],
    accept: { after: 'PT2H', calendar: 'office', else: 'next' },
  },
  {
    ...{ kind: 'pool', name: 'open', entity: 'enquiry', members: [{ role: 'consultant' }] },
    recycle: [{ name: 'silent', limit: { after: 'P30D' }, warn: 'P2D' }],
  },
  {
    ...{ kind: 'scenario', name: 'accepted_by_the_next', clock: FROM },
    given: { root: { user: { roles: ['administrator'] } }, ...consultants },
    steps: [
      { ...enquiry('one'), name: 'one', [THEN]: { owner: 'ann' } },
      { wait: 'PT1H59M' },
      { as: 'root', read: 'one', [THEN]: { owner: 'ann' } },
      { wait: 'PT1M' },
      { as: 'root', read: 'one', [THEN]: { owner: 'bob' } },
      { as: 'bob', update: 'one', set: { name: 'mine' } },
      { wait: 'P10D' },
      { as: 'root', read: 'one', [THEN]: { owner: 'bob' } },
    ],
  },
  {
    ...{ kind: 'scenario', name: 'waits_for_a_free_one', clock: FROM },
    given: { root: { user: { roles: ['administrator'] } }, ann: { user: { roles: ['consultant'] } } },
    steps: [
      { ...enquiry('one'), name: 'one', [THEN]: { owner: 'ann' } },
      { as: 'ann', update: 'one', set: { name: 'mine' } },
      { ...enquiry('two'), name: 'two', [THEN]: { owner: 'root' } },
      { wait: 'P1D' },
      { as: 'root', read: 'two', [THEN]: { owner: 'ann' } },
    ],
  },
  {
    ...{ kind: 'scenario', name: 'returns_and_is_told', clock: FROM },
    given: { ann: { user: { roles: ['consultant'] } }, one: { enquiry: { name: 'one', owner: 'ann' } } },
    steps: [
      { wait: 'P40D' },
      { as: 'ann', read: 'one', [THEN]: { owner: 'open' } },
      { as: 'ann', list: 'notification', [THEN]: { count: 1 } },
    ],
  },
  {
    ...{ kind: 'entity', name: 'request', title: 'name', owned: true },
    fields: [{ name: 'name', type: 'text' }],
  },
  {
    ...{ kind: 'approval', name: 'requests', entity: 'request' },
    levels: [
      {
        name: 'leader',
        by: { role: 'leader' },
        limit: { after: 'PT4H', calendar: 'office', [THEN]: 'next' },
      },
      { name: 'boss', by: { role: 'boss' }, limit: { after: 'PT4H', calendar: 'office', [THEN]: 'remind' } },
    ],
  },
  {
    ...{ kind: 'connection', name: 'shop', connector: 'http' },
    settings: { url: 'https://shop.example.com', operations: [{ name: 'send', path: '/orders' }] },
  },
  {
    ...{ kind: 'entity', name: 'order', title: 'name', owned: true },
    fields: [
      { name: 'name', type: 'text' },
      { name: 'state', type: 'text' },
      { name: 'slip', type: 'file' },
    ],
  },
  {
    ...{ kind: 'flow', name: 'delivery', trigger: { record: 'order', on: ['created'] } },
    steps: [
      { name: 'sent', do: 'call', connection: 'shop', operation: 'send' },
      {
        ...{ name: 'told', do: 'wait', event: 'shop.delivered', gives: { slip: 'id' } },
        match: { number: { var: 'name' }, reference: { var: 'steps.sent.reference' } },
      },
      { do: 'update', set: { state: { var: 'steps.told.by' }, slip: { var: 'steps.told.slip' } } },
    ],
  },
  {
    ...{ kind: 'flow', name: 'ordered', trigger: { event: 'shop.ordered' } },
    steps: [{ do: 'create', entity: 'order', set: { name: { var: 'steps.trigger.number' } } }],
  },
  {
    ...{ kind: 'scenario', name: 'told_from_outside', clock: FROM },
    given: { root: { user: { roles: ['administrator'] } } },
    steps: [
      { event: 'shop.ordered', data: { number: 'A1' } },
      { event: 'shop.ordered', data: { number: 'A2' } },
      { as: 'root', list: 'order', [THEN]: { count: 2 } },
      { event: 'shop.delivered', data: { number: 'A3', by: 'train' } },
      { as: 'root', list: 'order', filter: { '!=': [{ var: 'state' }, null] }, [THEN]: { count: 0 } },
      { wait: 'P1D' },
      { event: 'shop.delivered', data: { number: 'A2', by: 'ship' }, files: { slip: 'A2.pdf' } },
      {
        ...{ as: 'root', list: 'order' },
        filter: { and: [{ '==': [{ var: 'state' }, 'ship'] }, { '==': [{ var: 'slip.name' }, 'A2.pdf'] }] },
        [THEN]: { count: 1 },
      },
      { as: 'root', list: 'order', filter: { '==': [{ var: 'state' }, null] }, [THEN]: { count: 1 } },
    ],
  },
  ...['leader', 'boss'].map((name) => ({
    ...{ kind: 'role', name, default: { read: 'none' }, entities: { request: { read: 'all' } } },
  })),
  {
    ...{ kind: 'scenario', name: 'limits_in_working_time', clock: '2026-03-06T17:00:00+08:00' }, // a Friday
    given: {
      root: { user: { roles: ['administrator'] } },
      tom: { user: { roles: ['leader'] } },
      eva: { user: { roles: ['boss'] } },
      one: { request: { name: 'one', owner: 'root' } },
    },
    steps: [
      { as: 'root', submit: 'one', [THEN]: { approval: { state: 'running', waiting: ['tom'] } } },
      { wait: 'P2DT18H59M' },
      { as: 'eva', list: 'notification', [THEN]: { count: 0 } },
      { wait: 'PT1M' }, // one hour on Friday, three on Monday from nine: noon
      { as: 'eva', list: 'notification', [THEN]: { count: 1 } },
      { wait: 'PT4H' },
      { as: 'eva', list: 'notification', [THEN]: { count: 2 } },
      { wait: 'PT18H59M' }, // two hours on Monday, two on Tuesday
      { as: 'eva', list: 'notification', [THEN]: { count: 2 } },
      { wait: 'PT1M' },
      { as: 'eva', list: 'notification', [THEN]: { count: 3 } },
      { as: 'eva', approve: 'one', [THEN]: { approval: { state: 'approved' } } },
    ],
  },
]

describe('scenarios in which time passes', () => {
  let test: TestDatabase
  const outcomes = new Map<string, string>()
  const stories = new Map<string, readonly unknown[]>()

  before(async () => {
    test = await createTestDatabase(modelTemplate)
    const db = test.open()
    const world = modelWorld(db, test.url)
    await world.publish(DEFINITIONS)
    const { registry } = world
    registry.setVaults(createVaultPort(db, openSecretKeys(scratchFolder('key'), { current: undefined })))
    const settings = { currency: 'CNY', timeZone: 'Asia/Shanghai', language: 'zh-CN' } as const
    const source = { db, registry, workspace: 'default', settings, definitions: await world.definitions() }
    for (const { name, passed, story } of await runScenarios(source)) {
      const line = story.find(({ outcome }) => outcome === 'failed')
      stories.set(
        name,
        story.map(({ text }) => text),
      )
      outcomes.set(name, passed ? 'passed' : [line?.path, line?.expected?.en, line?.found?.en].join(' '))
    }
  })
  after(() => test.drop())

  it('count the limits of approvals in working time, once and again', () => {
    expect(outcomes.get('limits_in_working_time')).to.equal('passed')
  })
  it('hear what other systems tell, and what waits for it goes on', () => {
    expect(outcomes.get('told_from_outside')).to.equal('passed')
    expect(stories.get('told_from_outside')?.[7]).to.deep.equal({
      en: 'shop tells “delivered”: by: “ship”, number: “A2”, slip: “A2.pdf”',
      'zh-CN': 'shop推送「delivered」：by：「ship」，number：「A2」，slip：「A2.pdf」',
    })
  })
  it('pass on in working time until somebody accepts', () => {
    expect(outcomes.get('accepted_by_the_next')).to.equal('passed')
  })
  it('come to what waits when somebody is free', () => {
    expect(outcomes.get('waits_for_a_free_one')).to.equal('passed')
  })
  it('give back what nobody works on, and are told before', () => {
    expect(outcomes.get('returns_and_is_told')).to.equal('passed')
  })
})
