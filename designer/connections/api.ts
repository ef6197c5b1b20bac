import { request } from '../../runtime-ui/api/client.ts'

export interface ConnectionSecret {
  readonly name: string
  readonly label: string
  readonly description: string
  readonly required: boolean
  /** Null: not set. */
  readonly set_at: string | null
}

export interface Connection {
  readonly name: string
  readonly label: string
  readonly connector: string
  readonly connector_label: string
  readonly channel: string | null
  readonly operations: readonly string[]
  readonly secrets: readonly ConnectionSecret[]
  readonly ready: boolean
  readonly hook: string | null
  readonly calls: { readonly done: number; readonly failed: number; readonly waiting: number }
}

export interface Call {
  readonly id: string
  readonly operation: string
  readonly purpose: 'call' | 'message' | 'test'
  readonly state: 'waiting' | 'sending' | 'done' | 'failed' | 'cancelled'
  readonly input: Readonly<Record<string, unknown>>
  readonly output: Readonly<Record<string, unknown>> | null
  readonly fault: { readonly code: string; readonly text: string } | null
  readonly tries: number
  readonly run: string | null
  readonly created_at: string
  readonly begun_at: string | null
  readonly ended_at: string | null
  readonly duration_ms: number | null
}

export interface Way {
  readonly channel: string
  readonly state: 'later' | 'held' | 'sending' | 'sent' | 'read' | 'failed' | 'skipped'
  readonly due_at: string | null
  readonly at: string | null
  readonly fault: { readonly code: string; readonly text?: string } | null
}

export interface Told {
  readonly id: string
  readonly name: string | null
  readonly kind: string
  readonly title: string
  readonly created_at: string
  readonly ways: readonly Way[]
}

export interface Listed<T> {
  readonly data: readonly T[]
  readonly page: { readonly next: string | null }
}

const at = (name: string, rest: string): string => `/api/connections/${encodeURIComponent(name)}/${rest}`

export const listConnections = async (): Promise<readonly Connection[]> =>
  (await request<{ data: readonly Connection[] }>('/api/connections')).data

export const listCalls = (name: string, after: string): Promise<Listed<Call>> =>
  request(at(name, 'calls'), { query: { after, limit: 50 } })

export const setSecrets = (name: string, body: Readonly<Record<string, string | null>>): Promise<unknown> =>
  request(at(name, 'secrets'), { method: 'PUT', body })

export const testConnection = (name: string, to: string): Promise<unknown> =>
  request(at(name, 'test'), { method: 'POST', body: { to } })

export const listTold = (after: string): Promise<Listed<Told>> =>
  request('/api/deliveries', { query: { after, limit: 50 } })

export interface Preview {
  readonly subject: string
  readonly text: string
  readonly html: string
}

export const previewMessage = async (body: object): Promise<Preview> =>
  (await request<{ data: Preview }>('/api/meta/messages/preview', { method: 'POST', body })).data
