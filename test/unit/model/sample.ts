import { registerBuiltInActions } from '../../../engine/actions/built-in.ts'
import { registerBuiltInFields } from '../../../engine/fields/built-in.ts'
import { BUILT_IN } from '../../../engine/model/built-in.ts'
import type { Definition, DefinitionSet } from '../../../engine/model/compiled.ts'
import { listDefinitions, toDefinitionSet } from '../../../engine/model/definition-set.ts'
import { identify } from '../../../engine/model/identify.ts'
import { createRegistry, type Registry } from '../../../engine/registry/registry.ts'

/** A registry with the engine's own field types. */
export const registry: Registry = createRegistry()
registerBuiltInFields(registry)
registerBuiltInActions(registry)

/** A small CRM in which every kind mentions others in every way that there is. */
export const SAMPLE: readonly Definition[] = [
  {
    kind: 'option_set',
    name: 'region',
    label: { en: 'Region', 'zh-CN': '区域' },
    options: [{ name: 'east' }, { name: 'west' }],
  },
  {
    kind: 'entity',
    name: 'account',
    label: { en: 'Account', 'zh-CN': '客户' },
    title: 'name',
    owned: true,
    features: ['comments'],
    fields: [
      {
        name: 'name',
        type: 'text',
        label: { en: 'Name', 'zh-CN': '名称' },
        required: true,
        searchable: true,
      },
      { name: 'phone', type: 'phone' },
      { name: 'region', type: 'select', optionSet: 'region' },
      { name: 'parent', type: 'lookup', to: 'account', inverse: 'subsidiaries' },
    ],
    indexes: [['owner', '-created_at']],
  },
  {
    kind: 'entity',
    name: 'deal',
    label: { en: 'Deal', 'zh-CN': '商机' },
    title: 'name',
    owned: true,
    fields: [
      { name: 'name', type: 'text', required: true },
      { name: 'account', type: 'lookup', to: 'account', required: true },
      { name: 'stage', type: 'stage' },
      { name: 'amount', type: 'currency', min: 0 },
      {
        name: 'source',
        type: 'select',
        label: { en: 'Source', 'zh-CN': '来源' },
        options: [{ name: 'expo' }, { name: 'web' }],
        default: 'web',
      },
      { name: 'lines', type: 'child_list', of: 'deal_line', by: 'deal' },
    ],
    unique: [['account', 'name']],
    indexes: [['stage', '-amount']],
  },
  {
    kind: 'entity',
    name: 'deal_line',
    fields: [
      { name: 'deal', type: 'lookup', to: 'deal', required: true, onDelete: 'cascade' },
      { name: 'quantity', type: 'integer' },
    ],
  },
  {
    kind: 'entity',
    name: 'task',
    title: 'subject',
    fields: [
      { name: 'subject', type: 'text' },
      { name: 'about', type: 'dynamic_lookup', to: ['account', 'deal'], inverse: 'tasks' },
    ],
  },
  {
    kind: 'pipeline',
    name: 'sales',
    entity: 'deal',
    field: 'stage',
    stages: [
      { name: 'new', type: 'open', next: ['won', 'lost'] },
      { name: 'won', type: 'won' },
      { name: 'lost', type: 'lost' },
    ],
  },
  {
    kind: 'layout',
    name: 'account_page',
    entity: 'account',
    for: [{ role: 'sales' }],
    form: [{ name: 'basics', fields: ['name', 'phone', 'region'] }],
    page: {
      highlights: ['phone', 'owner'],
      tabs: [
        { name: 'details' },
        { name: 'deals', related: 'deal_account' },
        { name: 'tasks', related: 'tasks' },
        { name: 'comments' },
      ],
    },
  },
  {
    kind: 'view',
    name: 'open_deals',
    entity: 'deal',
    type: 'table',
    filter: {
      and: [
        { in: [{ var: 'stage' }, ['new', 'won']] },
        { '==': [{ var: 'account.region' }, 'east'] },
        { '!=': [{ var: 'source' }, 'expo'] },
        { '==': [{ var: 'owner' }, { var: 'actor.id' }] },
      ],
    },
    sort: ['-amount', 'account.name'],
    columns: ['name', 'account', 'account.phone', { field: 'amount', total: 'sum' }, 'account.owner.name'],
  },
  {
    kind: 'app',
    name: 'crm',
    for: [{ role: 'sales' }],
    nav: [{ entity: 'account' }, { entity: 'deal', view: 'open_deals' }],
  },
  {
    kind: 'role',
    name: 'sales',
    default: { read: 'none' },
    entities: { account: { create: true, read: 'own', update: 'own' }, deal: { read: 'all' } },
  },
  {
    kind: 'translation',
    name: 'french',
    language: 'fr',
    texts: {
      'entity/account': 'Compte',
      'entity/account#plural': 'Comptes',
      'entity/account/phone': 'Téléphone',
      'entity/account/phone#help': 'Avec indicatif',
      'entity/deal/source/expo': 'Salon',
      'pipeline/sales/won': 'Gagné',
      'option_set/region/east': 'Est',
      'layout/account_page/section/basics': 'Essentiel',
      'app/crm/deal/open_deals': 'Affaires',
    },
  },
]

/** The sample as it is once it is in force: with the engine's own definitions, and an id everywhere. */
export function sampleInForce(): DefinitionSet {
  return inForce(SAMPLE)
}

/** Definitions in force beside the engine's own, identified in turn. */
export function inForce(definitions: readonly Definition[]): DefinitionSet {
  const empty = toDefinitionSet(BUILT_IN)
  return toDefinitionSet([...BUILT_IN, ...definitions.map((one) => identify(one, empty).definition)])
}

/** The set with some definitions put in the place of those with the same id or else the same name. */
export function withDefinitions(set: DefinitionSet, ...definitions: readonly unknown[]): DefinitionSet {
  const added = definitions as readonly Definition[]
  const replaces = (old: Definition) =>
    added.some((one) =>
      one.id === undefined ? one.kind === old.kind && one.name === old.name : one.id === old.id,
    )
  return toDefinitionSet([...listDefinitions(set).filter((old) => !replaces(old)), ...added])
}

/** A deep copy to change freely. */
export function copyOf<T>(definition: T | undefined): Mutable<T> {
  return structuredClone(definition) as Mutable<T>
}

export type Mutable<T> = T extends readonly (infer E)[]
  ? Mutable<E>[]
  : T extends object
    ? { -readonly [K in keyof T]: Mutable<T[K]> }
    : T
