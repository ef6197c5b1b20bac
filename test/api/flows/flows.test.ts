import { expect } from 'chai'
import { publishAll } from '../../support/drafts.ts'
import { startEngine, type TestEngine } from '../../support/engine.ts'
import type { ApiRecord, Client } from '../../support/http.ts'
import { eventually, loginAs } from '../../support/http-model.ts'

const SCHEMA = '"ws_default"'

const DEFINITIONS = [
  {
    kind: 'entity',
    name: 'account',
    title: 'name',
    owned: true,
    fields: [
      { name: 'name', type: 'text', required: true },
      { name: 'level', type: 'select', options: [{ name: 'a' }, { name: 'b' }] },
      { name: 'touches', type: 'integer' },
      { name: 'note', type: 'text' },
      { name: 'tags', type: 'tags' },
    ],
  },
  {
    kind: 'entity',
    name: 'task',
    title: 'title',
    owned: true,
    fields: [
      { name: 'title', type: 'text', required: true },
      { name: 'status', type: 'select', options: [{ name: 'open' }, { name: 'done' }] },
      { name: 'account', type: 'lookup', to: 'account', inverse: 'tasks', onDelete: 'cascade' },
      { name: 'due_at', type: 'date_time' },
    ],
  },
  {
    kind: 'role',
    name: 'sales',
    default: { read: 'none' },
    entities: {
      account: { create: true, read: 'own', update: 'own' },
      task: { create: true, read: 'own', update: 'own' },
    },
  },
  {
    kind: 'flow',
    name: 'welcome',
    label: { en: 'Welcome', 'zh-CN': '欢迎' },
    trigger: {
      record: 'account',
      on: ['created', 'changed'],
      fields: ['level'],
      when: { '==': [{ var: 'level' }, 'a'] },
    },
    steps: [
      {
        name: 'call',
        do: 'create',
        entity: 'task',
        set: { title: 'Call', account: { var: 'id' }, owner: { field: 'owner' }, status: 'open' },
      },
      { name: 'count', do: 'update', add: { touches: 1, tags: ['vip'] } },
      { name: 'tell', do: 'notify', to: { field: 'owner' }, title: { en: 'A new one', 'zh-CN': '新客户' } },
    ],
  },
]

describe('flows', () => {
  let engine: TestEngine
  let admin: Client
  let lily: Client & { id: string }

  before(async () => {
    engine = await startEngine()
    admin = await engine.loginAdmin()
    await publishAll(admin, DEFINITIONS)
    lily = await loginAs(admin, 'lily', ['sales'])
  })
  after(() => engine.stop())

  const query = async <T extends object>(text: string, values: unknown[] = []) =>
    (await engine.database.query<T>({ text, values })).rows
  const list = async (client: Client, entity: string): Promise<readonly ApiRecord[]> =>
    (await client.get(`/api/records/${entity}`)).records

  it('does what a record sets off: makes, adds, tells its owner, in the name of the flow', async () => {
    const made = (await lily.post('/api/records/account', { name: 'Acme', level: 'a' })).record
    await eventually(async () => (await list(lily, 'notification')).length === 1)
    const [note] = await list(lily, 'notification')
    expect(note).to.include({
      title: '新客户',
      entity: 'account',
      record: made.id,
      read: false,
      flow: 'welcome',
    })
    expect(
      (await list(lily, 'task')).map(({ title, account, owner }) => ({ title, account, owner })),
    ).to.deep.equal([{ title: 'Call', account: made.id, owner: lily.id }])
    const stored = (await lily.get(`/api/records/account/${made.id}`)).record
    expect(stored).to.deep.include({ touches: 1, tags: ['vip'], version: 2 })
    const runs = await query(`SELECT state, steps FROM ${SCHEMA}.tenon_run`)
    expect(runs).to.deep.equal([{ state: 'done', steps: 3 }])
  })
})
