import { registerBuiltInActions } from '../../../engine/actions/built-in.ts'
import { registerBuiltInFields } from '../../../engine/fields/built-in.ts'
import { bootstrapWorkspace } from '../../../engine/model/bootstrap.ts'
import type { Definition } from '../../../engine/model/compiled.ts'
import { publishDefinitions } from '../../../engine/model/publish-definitions.ts'
import { createRegistry, type Registry } from '../../../engine/registry/registry.ts'
import { createReports } from '../../../engine/reports/reports-port.ts'
import { createSearch } from '../../../engine/search/tokens.ts'
import { type EngineOptions, startEngine, type TestEngine } from '../../support/engine.ts'
import type { Answer, ApiRecord, Client } from '../../support/http.ts'
import { type Template, workspaceTemplate } from '../../support/postgres.ts'

/** A small business with every kind of relation, and SQL's reserved words as names. */
export const DEFINITIONS: readonly Definition[] = [
  {
    kind: 'entity',
    name: 'campus',
    title: 'name',
    fields: [
      { name: 'name', type: 'text', required: true, unique: true },
      { name: 'city', type: 'text' },
    ],
  },
  {
    kind: 'entity',
    name: 'product',
    title: 'name',
    fields: [
      { name: 'name', type: 'text', required: true, unique: true, searchable: true },
      { name: 'price', type: 'currency' },
      { name: 'campus', type: 'lookup', to: 'campus', inverse: 'products' },
    ],
  },
  {
    kind: 'entity',
    name: 'account',
    owned: true,
    title: 'name',
    features: ['comments', 'files'],
    fields: [
      { name: 'name', type: 'text', required: true, max: 200, searchable: true },
      { name: 'code', type: 'text', unique: true, max: 500 },
      { name: 'email', type: 'email' },
      { name: 'phone', type: 'phone', searchable: true },
      { name: 'level', type: 'select', options: [{ name: 'a' }, { name: 'b' }, { name: 'c' }], default: 'c' },
      { name: 'amount', type: 'currency' },
      { name: 'discount', type: 'percent', max: 0.3 },
      { name: 'staff', type: 'integer' },
      { name: 'score', type: 'decimal', scale: 4 },
      { name: 'founded', type: 'date' },
      { name: 'seen_at', type: 'date_time' },
      { name: 'opens', type: 'time' },
      { name: 'active', type: 'boolean' },
      { name: 'tags', type: 'tags', max: 10, maxLength: 20 },
      { name: 'hobbies', type: 'multi_select', options: [{ name: 'go' }, { name: 'tea' }] },
      { name: 'note', type: 'long_text' },
      { name: 'extra', type: 'json' },
      { name: 'parent', type: 'lookup', to: 'account', onDelete: 'refuse', inverse: 'subsidiaries' },
      { name: 'campus', type: 'lookup', to: 'campus', onDelete: 'clear', inverse: 'accounts' },
      { name: 'manager', type: 'user', onDelete: 'clear', inverse: 'manages' },
      { name: 'products', type: 'many_to_many', to: 'product', inverse: 'buyers' },
    ],
    unique: [['email']],
  },
  {
    kind: 'entity',
    name: 'order',
    owned: true,
    title: 'number',
    fields: [
      { name: 'number', type: 'auto_number', pattern: 'O-{yyyy}-{####}', reset: 'year' },
      {
        name: 'account',
        type: 'lookup',
        to: 'account',
        required: true,
        onDelete: 'cascade',
        inverse: 'orders',
      },
      { name: 'group', type: 'text', max: 2000 },
      { name: 'case', type: 'select', options: [{ name: 'when' }, { name: 'then' }] },
      { name: 'user', type: 'user' },
      { name: 'select', type: 'integer' },
      { name: 'stage', type: 'stage' },
      { name: 'lines', type: 'child_list', of: 'order_line', by: 'order' },
    ],
    unique: [['account', 'group']],
  },
  {
    kind: 'entity',
    name: 'order_line',
    title: 'note',
    fields: [
      {
        name: 'order',
        type: 'lookup',
        to: 'order',
        required: true,
        onDelete: 'cascade',
        inverse: 'all_lines',
      },
      { name: 'product', type: 'lookup', to: 'product', onDelete: 'refuse', inverse: 'lines' },
      { name: 'quantity', type: 'integer', required: true, min: 1 },
      { name: 'note', type: 'text' },
      { name: 'parts', type: 'child_list', of: 'part', by: 'line' },
    ],
  },
  {
    kind: 'entity',
    name: 'part',
    title: 'name',
    fields: [
      {
        name: 'line',
        type: 'lookup',
        to: 'order_line',
        required: true,
        onDelete: 'cascade',
        inverse: 'all_parts',
      },
      { name: 'name', type: 'text', required: true },
    ],
  },
  {
    kind: 'entity',
    name: 'activity',
    owned: true,
    title: 'subject',
    fields: [
      { name: 'subject', type: 'text', required: true },
      {
        name: 'about',
        type: 'dynamic_lookup',
        to: ['account', 'order'],
        onDelete: 'cascade',
        inverse: 'activities',
      },
    ],
  },
  {
    kind: 'pipeline',
    name: 'order_flow',
    entity: 'order',
    field: 'stage',
    stages: [
      { name: 'draft', type: 'open', next: ['sent'] },
      { name: 'sent', type: 'open', next: ['won', 'lost', 'draft'] },
      { name: 'won', type: 'won' },
      { name: 'lost', type: 'lost' },
    ],
  },
  {
    kind: 'role',
    name: 'sales',
    default: { read: 'none' },
    entities: {
      account: { read: 'own', create: true, update: 'own', delete: 'own' },
      order: { read: 'own', create: true, update: 'own', delete: 'own' },
      order_line: { read: 'all', create: true, update: 'all', delete: 'all' },
      part: { read: 'all', create: true, update: 'all', delete: 'all' },
      product: { read: 'all' },
      activity: { read: 'all', create: true },
    },
  },
  {
    kind: 'role',
    name: 'giver',
    entities: { account: { read: 'own', create: true, update: 'own' }, user: { read: 'all' } },
  },
  {
    kind: 'role',
    name: 'reader',
    entities: {
      account: { read: 'all', create: true, update: 'own' },
      order: { read: 'all', update: 'all', create: true },
      activity: { read: 'all' },
    },
  },
]

export function recordsRegistry(): Registry {
  const registry = createRegistry()
  registerBuiltInFields(registry)
  registerBuiltInActions(registry)
  registry.setSearch(createSearch())
  registry.setReports(createReports())
  return registry
}

/** A database whose first workspace has these definitions in force. */
export const templateOf = (key: string, definitions: readonly Definition[]): Template => ({
  key,
  async build(database, url) {
    await workspaceTemplate.build(database, url)
    const registry = recordsRegistry()
    await bootstrapWorkspace(database, registry, 'default')
    await publishDefinitions(database, registry, 'default', definitions, key)
  },
})

const recordsTemplate = templateOf('records', DEFINITIONS)

export interface World extends TestEngine {
  readonly admin: Client
  /** A new user with these roles, signed in. */
  person(name: string, ...roles: readonly string[]): Promise<Person>
}

export interface Person extends Client {
  readonly id: string
}

const PASSWORD = 'correct horse battery'

/** An engine with the business above and its administrator. */
export async function startWorld(options: EngineOptions = {}): Promise<World> {
  const engine = await startEngine({ template: recordsTemplate, ...options })
  const admin = await engine.loginAdmin()
  return {
    ...engine,
    admin,
    async person(name, ...roles) {
      const email = `${name}@example.com`
      const made = await admin.post('/api/records/user', { name, email, roles, password: PASSWORD })
      return { ...(await engine.client.login(email, PASSWORD)), id: made.record.id }
    },
  }
}

/** Creates a record and gives it; throws with the whole answer where that is refused. */
export async function make(client: Client, entity: string, body: object): Promise<ApiRecord> {
  return (await client.post(`/api/records/${entity}`, body)).record
}

/** `status` and the problems as `CODE path`: the whole outcome of a refusal in one line each. */
export function outcome(answer: Answer): readonly (number | string)[] {
  return [answer.status, ...answer.problems.map(({ code, path }) => `${code} ${path}`.trim())]
}

/** The path of a list. */
export function listPath(entity: string, question: Readonly<Record<string, unknown>>): string {
  const pairs = Object.entries(question).map(
    ([name, value]) =>
      `${name}=${encodeURIComponent(typeof value === 'string' ? value : JSON.stringify(value))}`,
  )
  return `/api/records/${entity}?${pairs.join('&')}`
}

/** A UUID that is nobody's. */
export const NOBODY = '00000000-0000-7000-8000-00000000dead'
