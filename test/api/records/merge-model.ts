import type { Written } from '../../support/drafts.ts'

const name = { name: 'name', type: 'text', required: true, searchable: true }
// Not in so many words: an object with such a key is taken for a promise.
const WARN = Object.fromEntries([['then', 'warn']])
const pointing = (
  entity: string,
  inverse: string,
  fields: readonly object[],
  more: object = {},
): Written => ({
  kind: 'entity',
  name: entity,
  title: 'name',
  fields: [name, { name: 'company', type: 'lookup', to: 'company', inverse, ...more }, ...fields],
})

/** Companies with all that may point to one, and people of whom each may do something else to them. */
export const MERGE_MODEL: readonly Written[] = [
  {
    kind: 'entity',
    name: 'company',
    title: 'name',
    owned: true,
    features: ['comments', 'files'],
    fields: [
      name,
      { name: 'code', type: 'text', unique: true },
      { name: 'phone', type: 'text' },
      { name: 'note', type: 'text' },
      { name: 'score', type: 'integer' },
      { name: 'secret', type: 'text' },
      { name: 'vault', type: 'lookup', to: 'vault' },
      { name: 'level', type: 'select', options: [{ name: 'gold' }, { name: 'plain' }] },
      { name: 'kind', type: 'select', options: [{ name: 'firm' }, { name: 'person' }] },
      { name: 'tax', type: 'text', visibleWhen: { '!=': [{ var: 'kind' }, 'person'] } },
      { name: 'state', type: 'stage' },
      { name: 'tags', type: 'tags', max: 3 },
      { name: 'parent', type: 'lookup', to: 'company', inverse: 'subsidiaries', onDelete: 'cascade' },
      { name: 'partners', type: 'many_to_many', to: 'company', inverse: 'partner_of' },
      { name: 'products', type: 'many_to_many', to: 'product', inverse: 'buyers' },
      { name: 'deals', type: 'roll_up', over: 'company_deals', fn: 'count' },
      { name: 'worth', type: 'roll_up', over: 'company_deals.amount', fn: 'sum' },
      { name: 'invited', type: 'roll_up', over: 'fairs', fn: 'count' },
    ],
  },
  {
    kind: 'pipeline',
    name: 'company_state',
    entity: 'company',
    field: 'state',
    stages: [
      { name: 'begun', type: 'open', next: ['done'] },
      { name: 'done', type: 'won', requires: ['note'] },
    ],
  },
  { kind: 'entity', name: 'product', title: 'name', fields: [name] },
  { kind: 'entity', name: 'vault', title: 'name', fields: [name] },
  pointing('person', 'people', []),
  pointing('deal', 'company_deals', [{ name: 'amount', type: 'integer' }], { onDelete: 'refuse' }),
  pointing('badge', 'badges', [], { unique: true }),
  {
    kind: 'entity',
    name: 'call',
    title: 'name',
    fields: [
      name,
      {
        name: 'about',
        type: 'dynamic_lookup',
        to: ['company', 'person'],
        inverse: 'calls',
        onDelete: 'cascade',
      },
    ],
  },
  {
    kind: 'entity',
    name: 'fair',
    title: 'name',
    fields: [name, { name: 'guests', type: 'many_to_many', to: 'company', inverse: 'fairs' }],
  },
  {
    kind: 'duplicate_rule',
    name: 'company_known',
    entity: 'company',
    match: [{ field: 'phone', as: 'phone' }, { field: 'secret' }],
    ...WARN,
  },
  {
    kind: 'duplicate_rule',
    name: 'person_known',
    entity: 'person',
    match: [{ field: 'name', as: 'person', within: 'company' }],
    ...WARN,
  },
  {
    kind: 'validation',
    name: 'open_or_secret',
    entity: 'company',
    must: { or: [{ '!=': [{ var: 'level' }, 'plain'] }, { '==': [{ var: 'secret' }, null] }] },
    problem: { message: 'Plain companies have no secret.' },
  },
  {
    kind: 'approval',
    name: 'agreed',
    entity: 'company',
    levels: [{ name: 'keeper', by: { role: 'keeper' }, edit: ['note'] }],
    empty: { role: 'administrator' },
  },
  {
    kind: 'role',
    name: 'seller',
    default: { read: 'all' },
    entities: {
      company: {
        ...{ read: 'all', create: true, update: 'own', delete: 'own', share: 'own' },
        fields: { secret: { read: false }, vault: { read: false }, score: { edit: false } },
      },
      ...{ deal: { read: 'none' }, vault: { read: 'none' } },
    },
  },
  {
    kind: 'role',
    name: 'keeper',
    default: { read: 'all' },
    entities: { company: { read: 'all', update: 'all', delete: 'all' } },
  },
  { kind: 'role', name: 'looker', default: { read: 'all' } },
]
