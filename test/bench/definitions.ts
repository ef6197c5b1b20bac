import type { Definition } from '../../engine/model/compiled.ts'

const options = (...names: string[]) => names.map((name) => ({ name }))

/** The floor's tables as definitions: the same fields, rules and rights, and the indexes that its work wants. */
export const benchDefinitions: readonly Definition[] = [
  {
    kind: 'entity',
    name: 'account',
    title: 'name',
    fields: [
      { name: 'name', type: 'text', required: true, max: 200 },
      { name: 'city', type: 'text' },
    ],
  },
  {
    kind: 'entity',
    name: 'customer',
    title: 'name',
    owned: true,
    fields: [
      { name: 'name', type: 'text', required: true, max: 200, searchable: true },
      { name: 'phone', type: 'phone', required: true, unique: true },
      { name: 'email', type: 'email', required: true },
      {
        name: 'status',
        type: 'select',
        options: options('new', 'open', 'won', 'lost', 'hold'),
        default: 'new',
      },
      { name: 'level', type: 'select', options: options('a', 'b', 'c', 'd') },
      { name: 'industry', type: 'text' },
      { name: 'region', type: 'text' },
      { name: 'source', type: 'text' },
      { name: 'amount', type: 'currency' },
      { name: 'score', type: 'integer', min: 0, max: 100 },
      { name: 'account', type: 'lookup', to: 'account' },
      { name: 'note', type: 'text', max: 2000 },
    ],
    indexes: [
      ['owner', 'status', '-created_at'],
      ['owner', 'status', '+amount'],
    ],
  },
  {
    kind: 'role',
    name: 'sales',
    default: { read: 'none' },
    entities: {
      customer: { create: true, read: 'own', update: 'own' },
      account: { read: 'all' },
      user: { read: 'all' },
    },
  },
]
