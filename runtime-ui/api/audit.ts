import { request } from './client.ts'
import type { HistoryChange } from './history.ts'
import type { ListPage } from './types.ts'

/** What can be done, as the audit names it. */
export const ACTIONS = [
  ...(['create', 'update', 'delete', 'restore'] as const),
  ...([
    'sign_in',
    'sign_in_failed',
    'sign_out',
    'sessions_ended',
    'invited',
    'token_made',
    'token_revoked',
  ] as const),
  ...(['definition_changed', 'published', 'downloaded', 'exported'] as const),
  ...(['denied', 'view_begun', 'view_ended', 'retention_changed'] as const),
  ...(['backup_asked', 'secrets_changed'] as const),
  ...(['shared', 'share_changed', 'unshared', 'merged'] as const),
  ...(['duplicates_accepted', 'duplicates_asked', 'approval', 'change_request'] as const),
  ...(['sandbox_made', 'sandbox_entered', 'sandbox_removed'] as const),
  ...(['agreement', 'pilot', 'silent_run'] as const),
] as const
export type AuditAction = (typeof ACTIONS)[number]

export interface AuditEntry {
  readonly id: string
  readonly at: string
  readonly actor: { readonly id: string; readonly label: string | null } | null
  readonly via: string
  readonly action: AuditAction
  readonly entity: { readonly name: string; readonly label: string } | null
  readonly record: { readonly id: string | null; readonly label: string | null } | null
  readonly version: number | null
  readonly subject: string | null
  readonly address: string | null
  readonly erased: boolean
  readonly changes: readonly HistoryChange[]
  readonly details: Readonly<Record<string, unknown>>
}

/** What is asked of the audit; days are the workspace's. */
export interface AuditQuestion {
  readonly user?: string
  readonly entity?: string
  readonly record?: string
  readonly field?: string
  readonly action?: string
  readonly from?: string
  readonly until?: string
}

/** @param filter a rule over the entries; undefined for all */
export const searchAudit = (
  filter: unknown,
  after: string | undefined,
  signal: AbortSignal,
): Promise<ListPage<AuditEntry>> =>
  request('/api/records/audit_entry', {
    query: { filter: filter === undefined ? undefined : JSON.stringify(filter), limit: 50, after },
    signal,
  })

/** How many whole months are kept besides the present one; null: for ever. */
export async function getRetention(): Promise<number | null> {
  return (await request<{ data: { months: number | null } }>('/api/audit/retention')).data.months
}

export const setRetention = (months: number | null): Promise<unknown> =>
  request('/api/audit/retention', { method: 'PUT', body: { months } })
