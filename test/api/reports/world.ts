import type { Definition } from '../../../engine/model/compiled.ts'
import { startEngine, type TestEngine } from '../../support/engine.ts'
import type { Client } from '../../support/http.ts'
import { type Person, templateOf } from '../records/world.ts'

/** Deals of accounts in regions, with what a report can stumble over: masked cells, rules, related records out of sight. */
const DEFINITIONS: readonly Definition[] = [
  {
    kind: 'entity',
    name: 'account',
    owned: true,
    title: 'name',
    fields: [
      { name: 'name', type: 'text', required: true },
      {
        name: 'region',
        type: 'select',
        label: { en: 'Region', 'zh-CN': '区域' },
        options: [
          { name: 'north', label: { en: 'North', 'zh-CN': '北' } },
          { name: 'south', label: { en: 'South', 'zh-CN': '南' } },
        ],
      },
    ],
  },
  {
    kind: 'entity',
    name: 'deal',
    label: { en: 'Deal', 'zh-CN': '商机' },
    owned: true,
    title: 'name',
    fields: [
      { name: 'name', type: 'text', required: true },
      { name: 'account', type: 'lookup', to: 'account', onDelete: 'clear', inverse: 'deals' },
      { name: 'stage', type: 'stage' },
      { name: 'amount', type: 'currency' },
      { name: 'source', type: 'select', options: [{ name: 'web' }, { name: 'expo' }, { name: 'call' }] },
      { name: 'due', type: 'date' },
      { name: 'met_at', type: 'date_time' },
      { name: 'staff', type: 'integer' },
      { name: 'urgent', type: 'boolean' },
      { name: 'secret', type: 'text', personal: 'financial' },
    ],
  },
  {
    kind: 'pipeline',
    name: 'sales',
    entity: 'deal',
    field: 'stage',
    stages: [
      { name: 'talk', label: { en: 'Talk', 'zh-CN': '接触' }, type: 'open', next: ['offer', 'lost'] },
      { name: 'offer', label: { en: 'Offer', 'zh-CN': '报价' }, type: 'open', next: ['won', 'lost', 'talk'] },
      { name: 'won', label: { en: 'Won', 'zh-CN': '赢单' }, type: 'won' },
      { name: 'lost', label: { en: 'Lost', 'zh-CN': '输单' }, type: 'lost' },
    ],
  },
  {
    kind: 'role',
    name: 'seller',
    entities: {
      account: { read: 'own', create: true },
      deal: { read: 'own', create: true, update: 'own', export: 'own' },
      user: { read: 'all' },
    },
  },
  {
    kind: 'role',
    name: 'boss',
    personal: { financial: 'masked' },
    entities: {
      account: { read: 'all' },
      deal: {
        read: 'all',
        export: 'all',
        fields: {
          amount: { read: { '==': [{ var: 'owner' }, { var: 'actor.id' }] } },
          source: { read: { '!=': [{ var: 'stage' }, 'lost'] } },
          account: { read: { '!=': [{ var: 'source' }, 'expo'] } },
        },
      },
      user: { read: 'all' },
      team: { read: 'all' },
    },
  },
  {
    kind: 'role',
    name: 'leader',
    entities: { account: { read: 'team' }, deal: { read: 'team' }, user: { read: 'all' } },
  },
  { kind: 'role', name: 'outsider', entities: { account: { read: 'all' } } },
  {
    kind: 'report',
    name: 'by_region',
    label: { en: 'Deals by region', 'zh-CN': '各区域商机' },
    entity: 'deal',
    period: { field: 'due' },
    parameters: ['source'],
    rows: ['account.region'],
    columns: ['stage'],
    measures: [{ fn: 'count' }, { fn: 'sum', field: 'amount' }],
    trend: true,
    for: [{ role: 'boss' }, { role: 'seller' }, { role: 'administrator' }],
  },
  {
    kind: 'report',
    name: 'mine',
    entity: 'deal',
    filter: { '==': [{ var: 'owner' }, { var: 'actor.id' }] },
    list: ['name', 'account', 'amount'],
    sort: ['name'],
  },
  { kind: 'report', name: 'secrets', entity: 'deal', rows: ['secret'] },
  {
    kind: 'dashboard',
    name: 'home',
    label: { en: 'Home', 'zh-CN': '首页' },
    tiles: [
      { name: 'regions', report: 'by_region', width: 12 },
      { name: 'secrets', report: 'secrets' },
      { name: 'hello', text: { en: 'Hello', 'zh-CN': '你好' } },
    ],
  },
  {
    kind: 'app',
    name: 'desk',
    home: { dashboard: 'home' },
    nav: [{ dashboard: 'home' }, { report: 'by_region' }, { entity: 'deal' }],
  },
]

const template = templateOf('reports', DEFINITIONS)

export interface ReportWorld extends TestEngine {
  readonly admin: Client
  person(name: string, values: Readonly<Record<string, unknown>>): Promise<Person>
}

const PASSWORD = 'correct horse battery'

export async function startReports(): Promise<ReportWorld> {
  const engine = await startEngine({ template })
  const admin = await engine.loginAdmin()
  return {
    ...engine,
    admin,
    async person(name, values) {
      const email = `${name}@example.com`
      const made = await admin.post('/api/records/user', { name, email, password: PASSWORD, ...values })
      return { ...(await engine.client.login(email, PASSWORD)), id: made.record.id }
    },
  }
}
