import { plainRecord, type RuleEnvironment } from './environment.ts'
import { namedScope, SETTINGS_SCOPE, withPrefix } from './scopes.ts'
import type { RuleScope, ScopeEntry } from './types.ts'

/** The record over which the examples of the catalogue run; docs/rules.md shows it. */
export const SAMPLE_RECORD = {
  name: '华兴机械 Crane',
  stage: 'proposal',
  amount: 120000.5,
  discount: 0.1,
  budget: null,
  active: true,
  close_date: '2026-03-31',
  created_at: '2026-03-02T01:30:00.000Z',
  opens: '09:30:00',
  term: 'P1M',
  owner: '0190a000-0000-7000-8000-000000000001',
  tags: ['vip', 'expo'],
  account: { region: 'east' },
  quotes: [
    { status: 'draft', total: 1000, sent_on: null },
    { status: 'sent', total: 2500.5, sent_on: '2026-03-01' },
    { status: 'sent', total: 1800, sent_on: '2026-03-05' },
  ],
} as const

/** Its stored state before the write that a rule judges. */
export const SAMPLE_BEFORE = { ...SAMPLE_RECORD, stage: 'requirement', amount: 100000 } as const

const STAGES = ['first_contact', 'requirement', 'proposal', 'won', 'lost'] as const

const quoteScope = namedScope(
  new Map<string, ScopeEntry>([
    ['status', { type: 'text', options: ['draft', 'sent'] }],
    ['total', { type: 'number' }],
    ['sent_on', { type: 'date' }],
  ]),
)

const ownEntries: readonly (readonly [string, ScopeEntry])[] = [
  ['name', { type: 'text' }],
  ['stage', { type: 'text', options: STAGES }],
  ['amount', { type: 'number' }],
  ['discount', { type: 'number' }],
  ['budget', { type: 'number' }],
  ['active', { type: 'boolean' }],
  ['close_date', { type: 'date' }],
  ['created_at', { type: 'datetime' }],
  ['opens', { type: 'time' }],
  ['term', { type: 'duration' }],
  ['owner', { type: 'id' }],
  ['tags', { type: 'texts' }],
  ['account.region', { type: 'text' }],
]
const stored = namedScope(new Map(ownEntries))
const own = namedScope(new Map([...ownEntries, ['quotes', { type: 'records', items: quoteScope }]]))
const actor = namedScope(
  new Map<string, ScopeEntry>([
    ['region', { type: 'text' }],
    ['teams', { type: 'ids' }],
  ]),
)

/** The names that the examples may use. */
export const SAMPLE_SCOPE: RuleScope = withPrefix(
  withPrefix(withPrefix(own, 'before', stored), 'actor', actor),
  'settings',
  SETTINGS_SCOPE,
)

/** Tuesday, 10 March 2026, ten in the morning in Shanghai. */
export const SAMPLE_ENVIRONMENT: RuleEnvironment = {
  record: plainRecord(SAMPLE_RECORD),
  before: plainRecord(SAMPLE_BEFORE),
  actor: plainRecord({
    id: SAMPLE_RECORD.owner,
    roles: ['sales'],
    region: 'east',
    teams: ['0190a000-0000-7000-8000-000000000009'],
  }),
  settings: plainRecord({ currency: 'CNY', time_zone: 'Asia/Shanghai', language: 'zh-CN' }),
  now: Date.parse('2026-03-10T02:00:00.000Z'),
  today: '2026-03-10',
  timeZone: 'Asia/Shanghai',
}
