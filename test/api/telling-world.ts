import { publishAll } from '../support/drafts.ts'
import { type EngineOptions, startEngine, type TestEngine } from '../support/engine.ts'
import type { Client } from '../support/http.ts'
import { loginAs } from '../support/http-model.ts'

export const SCHEMA = '"ws_default"'

/** Every connection of the tests may reach this machine. */
export const ALLOWED = ['wecom', 'erp', 'sms', 'dingtalk', 'post']
  .map((name) => `${name}=127.0.0.1,closed/${name}=127.0.0.1`)
  .join(',')

export const DEAL = {
  kind: 'entity',
  name: 'deal',
  title: 'name',
  owned: true,
  label: { en: 'Deal', 'zh-CN': '商机' },
  fields: [
    { name: 'name', type: 'text', required: true },
    { name: 'step', type: 'text' },
    { name: 'number', type: 'integer' },
    { name: 'reference', type: 'text' },
    { name: 'answer', type: 'text' },
    { name: 'amount', type: 'decimal' },
  ],
} as const

export const SELLER = {
  kind: 'role',
  name: 'seller',
  default: { read: 'none' },
  entities: { deal: { create: true, read: 'own', update: 'own' } },
} as const

/** A flow that a deal with this step sets off. */
export const flowOn = (step: string, steps: readonly object[], more: object = {}) => ({
  kind: 'flow',
  name: `on_${step}`,
  label: { en: `On ${step}`, 'zh-CN': `流程 ${step}` },
  trigger: { record: 'deal', on: ['created'], when: { '==': [{ var: 'step' }, step] } },
  runs: 'many',
  steps,
  ...more,
})

export interface TellingWorld {
  readonly engine: TestEngine
  readonly admin: Client
  readonly lily: Client & { readonly id: string }
  query<T extends object>(text: string, values?: unknown[]): Promise<T[]>
}

/** An engine that reaches servers of this machine, with deals, Lily who sells, and these definitions. */
export async function tellingWorld(
  definitions: readonly {
    readonly kind: string
    readonly name: string
    readonly [key: string]: unknown
  }[],
  options: EngineOptions = {},
): Promise<TellingWorld> {
  const engine = await startEngine({
    ...options,
    env: { TENON_ALLOWED_HOSTS: ALLOWED, TENON_PUBLIC_URL: 'https://crm.example.com', ...options.env },
  })
  const admin = await engine.loginAdmin()
  await publishAll(admin, [DEAL, SELLER, ...definitions])
  const lily = await loginAs(admin, 'lily', ['seller'])
  return {
    ...{ engine, admin, lily },
    query: async <T extends object>(text: string, values: unknown[] = []) =>
      (await engine.database.query<T>({ text, values })).rows,
  }
}

/** The receipts of what was told about a record, as the API gives them. */
export async function receiptsOf(admin: Client, record: string) {
  const { records } = await admin.get(`/api/deliveries?record=${record}`)
  return records as unknown as readonly {
    title: string
    ways: readonly { channel: string; state: string; fault: { code: string } | null; due_at: string | null }[]
  }[]
}
