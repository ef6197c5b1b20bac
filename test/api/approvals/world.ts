import { publishAll, type Written } from '../../support/drafts.ts'
import { startEngine, type TestEngine } from '../../support/engine.ts'
import type { Answer, ApiRecord, Client } from '../../support/http.ts'
import { loginAs, outcome } from '../../support/http-model.ts'

/** An object that has it as a plain key would look like a promise. */
export const THEN = 'then'
export const SCHEMA = '"ws_default"'

const DEAL = {
  kind: 'entity',
  name: 'deal',
  title: 'name',
  owned: true,
  features: ['comments', 'files'],
  fields: [
    { name: 'name', type: 'text', required: true, searchable: true },
    { name: 'amount', type: 'currency' },
    { name: 'terms', type: 'text' },
    { name: 'status', type: 'select', options: [{ name: 'draft' }, { name: 'agreed' }, { name: 'asked' }] },
    { name: 'parent', type: 'lookup', to: 'house', inverse: 'deals', onDelete: 'clear' },
  ],
}

export const ENTITIES = [
  DEAL,
  {
    kind: 'entity',
    name: 'house',
    title: 'name',
    owned: true,
    fields: [{ name: 'name', type: 'text', required: true }],
  },
  ...['sales', 'lead'].map((name) => ({
    kind: 'role',
    name,
    default: { read: 'none' },
    entities: {
      deal: { create: true, read: 'team_tree', update: 'team_tree', delete: 'team_tree' },
      house: { create: true, read: 'all', update: 'own', delete: 'own' },
      user: { read: 'all' },
      file: { create: true, read: 'own' },
    },
  })),
  {
    kind: 'role',
    name: 'finance',
    default: { read: 'none' },
    entities: { deal: { read: 'all' }, user: { read: 'all' } },
  },
  { kind: 'role', name: 'blind', default: { read: 'none' }, entities: { house: { read: 'all' } } },
]

/** The approval of LANGUAGE.md, over the entity `deal`. */
export const CONTRACT = {
  kind: 'approval',
  name: 'contract',
  label: { en: 'Contract', 'zh-CN': '合同审批' },
  entity: 'deal',
  when: { '>': [{ var: 'amount' }, 50000] },
  levels: [
    { name: 'leader', label: { en: 'Leader', 'zh-CN': '上级' }, by: { leaderOf: 'owner' } },
    {
      name: 'finance',
      label: { en: 'Finance', 'zh-CN': '财务' },
      by: { role: 'finance' },
      decide: 'all',
      edit: ['terms'],
      limit: { after: 'P1D', [THEN]: 'remind' },
    },
  ],
  repeat: 'first_only',
  empty: { role: 'administrator' },
}

export type Person = Client & { readonly id: string }

export interface ApprovalScene {
  readonly engine: TestEngine
  readonly admin: Client
  /** Sells; Tom leads her team, Ann all teams; Wang and Li are finance. */
  readonly lily: Person
  readonly tom: Person
  readonly ann: Person
  readonly wang: Person
  readonly li: Person
  submitted(values?: object): Promise<ApiRecord>
  act(who: Client, act: string, deal: { readonly id: string }, body?: object): Promise<Answer>
  /** What came of it, such as `200` or `409 APPROVAL_TURN_OVER`. */
  said(who: Client, act: string, deal: { readonly id: string }, body?: object): Promise<string>
  trail(deal: { readonly id: string }, who?: Client): Promise<readonly ApiRecord[]>
  inbox(who: Client, state?: string): Promise<readonly ApiRecord[]>
  query<T extends object>(text: string, values?: readonly unknown[]): Promise<readonly T[]>
}

export async function approvalScene(definitions: readonly Written[]): Promise<ApprovalScene> {
  const engine = await startEngine()
  const admin = await engine.loginAdmin()
  await publishAll(admin, [...ENTITIES, ...definitions])
  const [lily, tom, ann] = [
    await loginAs(admin, 'lily', ['sales']),
    await loginAs(admin, 'tom', ['lead']),
    await loginAs(admin, 'ann', ['lead']),
  ]
  const [wang, li] = [await loginAs(admin, 'wang', ['finance']), await loginAs(admin, 'li', ['finance'])]
  const all = (await admin.post('/api/records/team', { name: 'All', leader: ann.id })).record
  const east = (await admin.post('/api/records/team', { name: 'East', leader: tom.id, parent: all.id }))
    .record
  for (const [person, team] of [
    [lily, east],
    [tom, east],
    [ann, all],
  ] as const)
    await admin.patch(`/api/records/user/${person.id}`, { team: team.id })
  const act: ApprovalScene['act'] = (who, name, { id }, body) =>
    who.post(`/api/records/deal/${id}/actions/${name}`, body)
  return {
    ...{ engine, admin, lily, tom, ann, wang, li, act },
    async submitted(values = {}) {
      const body = { name: 'Big', amount: 60000, terms: '30 days', ...values }
      const deal = (await lily.post('/api/records/deal', body)).record
      const answer = await act(lily, 'submit', deal)
      if (answer.status !== 200) throw new Error(answer.text)
      return deal
    },
    said: async (who, name, deal, body) => outcome(await act(who, name, deal, body)),
    trail: async ({ id }, who = admin) => (await who.get(`/api/records/deal/${id}/approvals`)).records,
    inbox: async (who, state = 'waiting') => (await who.get(`/api/approvals?state=${state}`)).records,
    query: async <T extends object>(text: string, values: readonly unknown[] = []) =>
      (await engine.database.query<T>({ text, values })).rows,
  }
}
