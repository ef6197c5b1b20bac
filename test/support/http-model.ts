import { registerBuiltInActions } from '../../engine/actions/built-in.ts'
import { registerBuiltInFields } from '../../engine/fields/built-in.ts'
import { bootstrapWorkspace } from '../../engine/model/bootstrap.ts'
import type { Definition } from '../../engine/model/compiled.ts'
import { publishDefinitions } from '../../engine/model/publish-definitions.ts'
import { createRegistry } from '../../engine/registry/registry.ts'
import type { Answer, Client } from './http.ts'
import { type Template, workspaceTemplate } from './postgres.ts'

/** A small model with a bit of everything that HTTP has to do with; names include words of SQL. */
const DEFINITIONS = [
  {
    kind: 'entity',
    name: 'company',
    label: { en: 'Company', 'zh-CN': '公司' },
    plural: { en: 'Companies', 'zh-CN': '公司' },
    owned: true,
    title: 'name',
    features: ['comments', 'files'],
    fields: [
      {
        name: 'name',
        type: 'text',
        required: true,
        max: 200,
        searchable: true,
        label: { en: 'Name', 'zh-CN': '名称' },
      },
      { name: 'code', type: 'text', unique: true, max: 60 },
      { name: 'description', type: 'long_text' },
      { name: 'amount', type: 'currency', min: 0 },
      { name: 'score', type: 'integer' },
      { name: 'rate', type: 'percent' },
      { name: 'founded', type: 'date' },
      { name: 'met_at', type: 'date_time' },
      { name: 'active', type: 'boolean', default: true },
      {
        name: 'level',
        type: 'select',
        options: [
          { name: 'a', label: { en: 'Best', 'zh-CN': '最好' }, color: 'blue' },
          { name: 'b', label: { en: 'Good', 'zh-CN': '良好' } },
        ],
      },
      { name: 'stage', type: 'stage' },
      { name: 'tags', type: 'tags' },
      { name: 'website', type: 'url' },
      { name: 'email', type: 'email' },
      { name: 'phone', type: 'phone' },
      { name: 'address', type: 'address' },
      { name: 'parent', type: 'lookup', to: 'company', onDelete: 'clear', inverse: 'subsidiaries' },
      { name: 'logo', type: 'image', onDelete: 'clear' },
      { name: 'extra', type: 'json' },
      { name: 'number', type: 'auto_number', pattern: 'C-{####}' },
    ],
  },
  {
    kind: 'translation',
    name: 'german',
    language: 'de',
    texts: {
      'entity/company': 'Firma',
      'entity/company#plural': 'Firmen',
      'entity/company/name': 'Firmenname',
      'entity/company/level/a': 'Am besten',
    },
  },
  {
    kind: 'assignment',
    name: 'orders',
    entity: 'order',
    on: ['created'],
    rules: [{ name: 'own', to: { field: 'owner' } }],
    accept: { after: 'P1D' },
  },
  {
    kind: 'pool',
    name: 'orders',
    entity: 'order',
    members: [{ role: 'administrator' }],
    recycle: [{ name: 'still', limit: { after: 'P30D' } }],
  },
  {
    kind: 'entity',
    name: 'order',
    owned: true,
    fields: [
      { name: 'select', type: 'text', required: true },
      { name: 'group', type: 'lookup', to: 'company', onDelete: 'refuse', inverse: 'orders' },
      { name: 'case', type: 'decimal' },
    ],
  },
  {
    kind: 'pipeline',
    name: 'courtship',
    entity: 'company',
    field: 'stage',
    stages: [
      { name: 'fresh', type: 'open', next: ['known'], label: { en: 'Fresh', 'zh-CN': '新' } },
      { name: 'known', type: 'open', next: ['gained', 'gone'], milestones: [{ name: 'packed' }] },
      { name: 'gained', type: 'won' },
      { name: 'gone', type: 'lost' },
    ],
  },
  {
    kind: 'role',
    name: 'clerk',
    default: { read: 'none' },
    entities: {
      company: { create: true, read: 'own', update: 'own', delete: 'own', share: 'own' },
      order: { create: true, read: 'own', update: 'own' },
      user: { read: 'all' },
      comment: { create: true, read: 'own' },
      file: { create: true, read: 'own' },
    },
  },
  { kind: 'role', name: 'reader', default: { read: 'none' }, entities: { company: { read: 'all' } } },
  {
    kind: 'role',
    name: 'integrator',
    default: { read: 'none' },
    entities: { company: { create: true, read: 'all' } },
    administration: ['tokens'],
  },
  {
    kind: 'layout',
    name: 'clerk_page',
    entity: 'company',
    for: [{ role: 'clerk' }],
    form: [
      {
        name: 'basics',
        label: { en: 'Basics', 'zh-CN': '基本' },
        columns: 2,
        fields: ['name', 'level', 'number', 'parent'],
      },
      { name: 'money', fields: ['amount'] },
    ],
    page: {
      highlights: ['amount'],
      tabs: [{ name: 'details' }, { name: 'subsidiaries', related: 'subsidiaries' }, { name: 'history' }],
    },
  },
  {
    kind: 'view',
    name: 'large',
    label: { en: 'Large', 'zh-CN': '大客户' },
    entity: 'company',
    type: 'table',
    filter: { '>': [{ var: 'amount' }, 1000] },
    sort: ['-amount'],
    columns: ['name', { field: 'amount', total: 'sum' }],
  },
  {
    ...{ kind: 'connection', name: 'chat', connector: 'sms' },
    settings: { gateway: 'json', url: 'https://sms.invalid/send' },
  },
  { kind: 'connection', name: 'erp', connector: 'http', settings: { url: 'https://erp.invalid' } },
  {
    kind: 'flow',
    name: 'greet',
    label: { en: 'Greet', 'zh-CN': '问候' },
    trigger: { record: 'company', button: { for: [{ role: 'administrator' }] } },
    steps: [{ do: 'update', set: { description: 'Greeted' } }],
  },
  {
    kind: 'approval',
    name: 'large_order',
    label: { en: 'Large order', 'zh-CN': '大额订单' },
    entity: 'order',
    when: { '>': [{ var: 'case' }, 100] },
    levels: [{ name: 'boss', by: { role: 'administrator' } }],
    self: 'allow',
  },
  {
    kind: 'webform',
    name: 'call_me',
    label: { en: 'Call me', 'zh-CN': '联系我' },
    entity: 'order',
    fields: [{ field: 'select' }],
    minimumSeconds: 0,
  },
  {
    kind: 'app',
    name: 'desk',
    label: { en: 'Desk', 'zh-CN': '工作台' },
    for: [{ role: 'clerk' }],
    nav: [{ entity: 'company', view: 'large' }, { entity: 'order' }],
  },
] as unknown as readonly Definition[]

/** A workspace with that model in force. */
export const httpTemplate: Template = {
  key: 'http',
  async build(database, url) {
    await workspaceTemplate.build(database, url)
    const registry = createRegistry()
    registerBuiltInFields(registry)
    registerBuiltInActions(registry)
    await bootstrapWorkspace(database, registry, 'default')
    await publishDefinitions(database, registry, 'default', DEFINITIONS, 'test')
  },
}

export const PASSWORD = 'correct horse battery'

/** Creates a user with these roles and signs in as them. */
export async function loginAs(
  admin: Client,
  name: string,
  roles: readonly string[],
): Promise<Client & { id: string }> {
  const email = `${name}@example.com`
  const made = await admin.post('/api/records/user', { name, email, roles, password: PASSWORD })
  if (made.status !== 201) throw new Error(`user ${name}: ${made.status} ${made.text}`)
  const client = await admin.as(undefined).login(email, PASSWORD)
  return { ...client, id: made.record.id }
}

/** Status and code of an answer in one text, such as `404 RECORD_NOT_FOUND`; a success has no code. */
export function outcome(answer: Answer): string {
  return [answer.status, answer.problems[0]?.code].filter((part) => part !== undefined).join(' ')
}

/** Waits for what another node or connection has to notice; fails after a minute, which a busy machine may need. */
export async function eventually(holds: () => Promise<boolean>): Promise<void> {
  const until = Date.now() + 60_000
  while (!(await holds())) {
    if (Date.now() > until) throw new Error('it did not become true within a minute')
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
