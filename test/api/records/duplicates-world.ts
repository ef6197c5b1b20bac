import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { SYSTEM_ACTOR } from '../../../engine/access/actor.ts'
import { AppError } from '../../../engine/errors.ts'
import { registerBuiltInFields } from '../../../engine/fields/built-in.ts'
import { importFile } from '../../../engine/imports/import-file.ts'
import type { ImportRequest } from '../../../engine/imports/import-request.ts'
import { createModelStore } from '../../../engine/model/store.ts'
import { requestContext } from '../../../engine/records/context.ts'
import { createRegistry } from '../../../engine/registry/registry.ts'
import { createSearch } from '../../../engine/search/tokens.ts'
import type { TestEngine } from '../../support/engine.ts'
import { scratchFolder } from '../../support/scratch.ts'

const text = (name: string, more: object = {}) => ({ name, type: 'text', ...more })

/** A rule with what happens on a match: written out, such an object looks like a promise. */
export const rule = (name: string, entity: string, outcome: 'allow' | 'warn' | 'block', more: object) => ({
  ...{ kind: 'duplicate_rule', name, entity },
  ...Object.fromEntries([['then', outcome]]),
  ...more,
})

/** Firms, people in them and leads, each compared by something. */
export const DEFINITIONS = [
  {
    kind: 'entity',
    name: 'firm',
    label: { en: 'Firm', 'zh-CN': '客户' },
    title: 'name',
    owned: true,
    fields: [
      text('name', { required: true, label: { en: 'Name', 'zh-CN': '名称' } }),
      text('code', { unique: true }),
      text('tax_number'),
      { name: 'is_branch', type: 'boolean' },
      { name: 'phone', type: 'phone', personal: 'contact' },
    ],
  },
  {
    kind: 'entity',
    name: 'person',
    label: { en: 'Contact', 'zh-CN': '联系人' },
    title: 'name',
    owned: true,
    fields: [
      text('name', { required: true, label: { en: 'Name', 'zh-CN': '姓名' } }),
      { name: 'firm', type: 'lookup', to: 'firm', inverse: 'people', onDelete: 'cascade' },
      { name: 'mobile', type: 'phone', personal: 'contact', label: { en: 'Mobile', 'zh-CN': '手机' } },
      { name: 'email', type: 'email', personal: 'contact', label: { en: 'E-mail', 'zh-CN': '邮箱' } },
    ],
  },
  {
    kind: 'entity',
    name: 'lead',
    label: { en: 'Lead', 'zh-CN': '线索' },
    title: 'name',
    owned: true,
    fields: [
      text('name', { required: true }),
      text('code', { unique: true }),
      text('source'),
      { name: 'phone', type: 'phone', personal: 'contact', label: { en: 'Phone', 'zh-CN': '电话' } },
      { name: 'email', type: 'email', personal: 'contact' },
    ],
  },
  { kind: 'entity', name: 'note', title: 'name', fields: [text('name', { required: true })] },
  rule('same_firm', 'firm', 'block', {
    match: [
      { field: 'tax_number', as: 'credit_code' },
      { field: 'name', as: 'company', similar: 0.85 },
    ],
    when: { '!': [{ var: 'is_branch' }] },
  }),
  rule('known_lead', 'lead', 'warn', {
    label: { en: 'Known already', 'zh-CN': '已存在' },
    match: [{ field: 'phone', against: ['person.mobile', 'firm.phone'] }, { field: 'email' }],
    tell: 'owner',
  }),
  rule('same_mail', 'person', 'warn', { match: [{ field: 'email' }] }),
  rule('namesake', 'person', 'allow', { match: [{ field: 'name', as: 'person', within: 'firm' }] }),
  {
    kind: 'role',
    name: 'seller',
    default: { read: 'none' },
    personal: { contact: 'read' },
    entities: {
      firm: { create: true, read: 'own', update: 'own' },
      person: { create: true, read: 'own', update: 'own' },
      lead: { create: true, read: 'own', update: 'own' },
      user: { read: 'all' },
    },
  },
  {
    kind: 'role',
    name: 'clerk',
    default: { read: 'none' },
    personal: { contact: 'masked' },
    entities: { person: { create: true, read: 'all', update: 'all' }, lead: { create: true, read: 'all' } },
  },
]

/** Imports a file into the engine's workspace. @returns what was stored, and the codes of what was refused */
export async function importInto(
  { database: db }: TestEngine,
  entity: string,
  csv: string,
  options: Partial<ImportRequest> = {},
) {
  const registry = createRegistry()
  registerBuiltInFields(registry)
  registry.setSearch(createSearch())
  const models = await createModelStore(db, registry)
  const file = join(scratchFolder('import'), 'rows.csv')
  writeFileSync(file, csv)
  const refused: string[] = []
  try {
    const source = async () => {
      const model = await models.current('default')
      if (model === undefined) throw new AppError([])
      const actor = SYSTEM_ACTOR
      return requestContext({ db, search: registry.search(), model, actor, via: 'import' })
    }
    const request: ImportRequest = {
      ...{ entity, file, maps: [], values: [], errorFile: null, again: true, encoding: 'utf-8' },
      onRejected: (rows) =>
        refused.push(
          ...rows.map(
            ({ row, problems }) => `${row.index} ${[...new Set(problems.map(({ code }) => code))].join()}`,
          ),
        ),
      ...options,
    }
    const { stored } = await importFile(source, request)
    return { stored, refused }
  } finally {
    await models.close()
  }
}

/** Waits until no job of the workspace is on its way. */
export async function jobsDone({ database }: TestEngine): Promise<void> {
  for (;;) {
    const { rows } = await database.query<{ state: string }>({
      text: `SELECT state FROM ws_default.tenon_job WHERE state <> 'done'`,
    })
    if (rows.some(({ state }) => state === 'failed')) throw new Error('a job failed')
    if (rows.length === 0) return
    await setTimeout(50)
  }
}
