import type { Definition } from '../../../engine/model/compiled.ts'

/** The key of the language. */
const THEN = 'then'

/** Everybody that a place for people may mean, as far as a definition says who. */
const PEOPLE = [{ role: 'sales', in: { field: 'territory' } }, { field: 'helper' }, { leaderOf: 'helper' }]
const [ROLE, FIELD, LEADER] = PEOPLE
const TOLD = [
  { name: 'by_field', do: 'notify', to: FIELD },
  { name: 'by_leader', do: 'notify', to: LEADER },
  { name: 'by_role', do: 'notify', to: ROLE },
]
/** A step of every sort that mentions something, as one that follows another. */
const STEPS = [
  { name: 'a1', do: 'notify', to: PEOPLE, message: 'hello', record: 'account' },
  { name: 'a2', do: 'create', entity: 'account', set: { name: 'x' } },
  { name: 'a3', do: 'update', record: 'account', set: { name: 'x' }, add: { tags: ['vip'] } },
  { name: 'a4', do: 'tag', field: 'tags', add: ['vip'] },
  { name: 'a5', do: 'find', entity: 'account', sort: ['-name'] },
  { name: 'a6', do: 'wait', until: { after: 'P1D', since: 'due' }, within: { before: 'P1D', field: 'due' } },
  { name: 'a7', do: 'wait', until: { before: 'P1D', field: 'due' }, within: { after: 'P1D', since: 'due' } },
  { name: 'a8', do: 'wait', event: 'erp.paid', gives: { sum: 'number' } },
  { name: 'a9', do: 'document', document: 'offer' },
  { name: 'b1', do: 'call', connection: 'erp', operation: 'send', with: {} },
  { name: 'b2', do: 'run', flow: 'other' },
  { name: 'b3', do: 'assign', record: 'account' },
]

const RULES = [{ name: 'one', to: { role: 'sales' } }]
const LEVELS = [{ name: 'one', by: { role: 'sales' } }]

/** Definitions that mention something at the places of their schemas at which neither the sample nor the seeds do. */
export const PROBES = [
  {
    kind: 'entity',
    name: 'account',
    title: 'name',
    owned: true,
    fields: [
      { name: 'name', type: 'text' },
      { name: 'tags', type: 'tags' },
      { name: 'territory', type: 'text' },
    ],
  },
  {
    kind: 'entity',
    name: 'deal',
    title: 'name',
    owned: true,
    fields: [
      { name: 'name', type: 'text' },
      { name: 'account', type: 'lookup', to: 'account' },
      { name: 'helper', type: 'user' },
      { name: 'territory', type: 'text' },
      { name: 'stage', type: 'stage' },
      { name: 'currency', type: 'select', options: [{ name: 'cny' }] },
      { name: 'amount', type: 'currency', currencyField: 'currency' },
      { name: 'level', type: 'select', options: [{ name: 'a' }, { name: 'b' }] },
      { name: 'sort', type: 'select', dependsOn: 'level', options: [{ name: 'x', under: 'a' }] },
      {
        name: 'tags',
        type: 'tags',
        groups: [{ name: 'size', by: 'rule', options: ['big'], default: 'big' }],
      },
      { name: 'due', type: 'date' },
    ],
  },
  { kind: 'role', name: 'sales', default: { read: 'none', fields: { name: { read: true } } }, entities: {} },
  {
    kind: 'pipeline',
    name: 'sales',
    entity: 'deal',
    field: 'stage',
    stages: [
      {
        ...{ name: 'new', type: 'open' },
        todo: [{ name: 'call', to: { field: 'helper' } }],
        onEnter: [
          { do: 'create', entity: 'account', set: { name: 'x' } },
          { do: 'tag', field: 'tags', add: ['x'] },
        ],
        onLeave: [
          { do: 'update', record: 'account', set: { name: 'x' } },
          { do: 'create', entity: 'account', set: { name: 'x' } },
          { do: 'tag', field: 'tags', add: ['x'] },
        ],
      },
      { name: 'won', type: 'won' },
    ],
    stalled: {
      after: 'P7D',
      since: 'due',
      [THEN]: [...PEOPLE.map((to) => ({ to })), { to: PEOPLE, message: 'hello' }],
    },
    back: { by: [{ role: 'sales' }] },
  },
  {
    ...{ kind: 'validation', name: 'big', entity: 'deal' },
    must: { '>': [{ var: 'amount' }, 0] },
    problem: { field: 'amount', message: 'No' },
  },
  { kind: 'tag_rule', name: 'big', entity: 'deal', field: 'tags', group: 'size', tag: 'big', when: true },
  { kind: 'calendar', name: 'office', hours: [{ days: ['monday'], from: '09:00', to: '18:00' }] },
  {
    kind: 'pool',
    name: 'public',
    entity: 'deal',
    members: [{ role: 'sales' }],
    recycle: [{ name: 'late', when: true, limit: { after: 'P1D', since: 'due', calendar: 'office' } }],
  },
  {
    ...{ kind: 'assignment', name: 'deals', entity: 'deal', on: ['changed'], fields: ['territory'] },
    rules: [
      ...PEOPLE.map((to, at) => ({ name: `one_${at}`, to })),
      { name: 'many', to: PEOPLE, calendar: 'office' },
      { name: 'table', to: { table: 'account', match: ['territory'], take: 'owner' } },
    ],
    otherwise: { pool: 'public' },
    accept: { after: 'PT1H', calendar: 'office' },
  },
  ...PEOPLE.map((otherwise, at) => ({
    ...{ kind: 'assignment', name: `deals_${at}`, entity: 'deal', on: ['created'], rules: RULES },
    otherwise,
  })),
  {
    kind: 'assignment',
    name: 'deals_list',
    entity: 'deal',
    on: ['created'],
    rules: RULES,
    otherwise: PEOPLE,
  },
  {
    kind: 'approval',
    name: 'deal',
    entity: 'deal',
    levels: [
      ...PEOPLE.map((by, at) => ({ name: `one_${at}`, by })),
      { name: 'many', by: PEOPLE, limit: { after: 'P1D', calendar: 'office', [THEN]: 'remind' } },
    ],
    empty: PEOPLE,
  },
  ...PEOPLE.map((empty, at) => ({
    ...{ kind: 'approval', name: `deal_${at}`, entity: 'deal', levels: LEVELS, empty },
  })),
  { kind: 'connection', name: 'erp', connector: 'http', settings: {} },
  { kind: 'message', name: 'hello', entity: 'deal', subject: '{{name}}', body: '{{name}}' },
  { kind: 'document', name: 'offer', entity: 'deal', title: '{{name}}', body: '{{name}}' },
  {
    kind: 'flow',
    name: 'other',
    trigger: { event: 'erp.paid', gives: { sum: 'number' } },
    steps: [STEPS[10]],
  },
  {
    ...{ kind: 'flow', name: 'pressed' },
    trigger: { record: 'deal', button: { for: [{ role: 'sales' }] } },
    steps: [
      ...STEPS,
      ...TOLD,
      {
        ...{ name: 'c1', do: 'call', connection: 'erp', operation: 'send', with: {} },
        onError: { any: [...STEPS, ...TOLD] },
      },
      { name: 'c2', do: 'branch', when: true, [THEN]: [...STEPS, ...TOLD], else: [...STEPS, ...TOLD] },
      { name: 'c3', do: 'for_each', in: 'steps.a5.records', steps: [...STEPS, ...TOLD] },
      { name: 'c4', do: 'wait', until: { after: 'P1D' }, late: [...STEPS, ...TOLD] },
    ],
  },
  {
    ...{ kind: 'webform', name: 'ask', label: 'Ask', entity: 'deal' },
    fields: [{ field: 'level', options: ['a'] }],
    parameters: [{ name: 'utm_source', field: 'name' }],
  },
  { kind: 'layout', name: 'a_deal', entity: 'deal', where: [{ field: 'level', is: ['a'] }], form: [] },
  {
    ...{ kind: 'view', name: 'board', entity: 'deal', type: 'board', for: [{ role: 'sales' }] },
    ...{ group: 'level', lanes: 'stage', limits: { a: 3 }, columns: ['name'] },
  },
  {
    ...{ kind: 'report', name: 'won', entity: 'deal', measures: [{ fn: 'count' }] },
    ...{ rows: ['level'], columns: ['level'], funnel: { field: 'stage', stages: ['new', 'won'] } },
  },
  {
    ...{ kind: 'report', name: 'won_by_month', entity: 'deal', measures: [{ fn: 'count' }] },
    ...{ columns: [{ field: 'due', bucket: 'month' }] },
  },
  {
    ...{ kind: 'report', name: 'sums', entity: 'deal', rows: ['level'] },
    measures: [{ fn: 'sum', field: 'amount' }],
  },
  {
    kind: 'dashboard',
    name: 'home',
    tiles: [{ name: 'sum', report: 'sums', chart: { type: 'bar', measure: 'sum_amount' } }],
  },
  { kind: 'app', name: 'crm', home: [{ report: 'won' }, { dashboard: 'home' }], nav: [{ report: 'won' }] },
  { kind: 'app', name: 'two', home: { dashboard: 'home' }, nav: [] },
  { kind: 'app', name: 'three', home: { report: 'won' }, nav: [] },
  {
    ...{ kind: 'role', name: 'boss', default: { read: 'none' } },
    ...{ views: ['board'], apps: ['crm'], reports: ['won'], dashboards: ['home'] },
    entities: { deal: { read: 'all', transitions: { won: { by: [{ role: 'sales' }] } } } },
  },
  { kind: 'sharing', name: 'all', entity: 'deal', access: 'read', with: { role: 'sales' } },
  { kind: 'sharing', name: 'list', entity: 'deal', access: 'read', with: [{ role: 'sales' }] },
  {
    ...{ kind: 'scenario', name: 'story', given: { lily: { user: {} }, one: { deal: { name: 'x' } } } },
    steps: [
      { as: 'lily', read: 'one', [THEN]: { absent: ['amount'] } },
      {
        ...{ as: 'lily', summarise: 'deal', group: ['level'], measures: [{ fn: 'sum', field: 'amount' }] },
        [THEN]: { rows: [{ level: 'a', sum_amount: 3 }] },
      },
      { as: 'lily', report: 'sums', click: { level: 'a' }, [THEN]: { rows: [{ sum_amount: 3 }] } },
      { as: 'lily', import: { deal: [{ 'account:name': 'Acme' }] } },
    ],
  },
] as unknown as readonly Definition[]
