import { request } from './client.ts'
import { listRecords } from './records.ts'
import type { ListPage } from './types.ts'

/** One's own, whatever else one may read. */
const MINE = { '==': [{ var: 'owner' }, { var: 'actor.id' }] }
const UNREAD = { and: [MINE, { '==': [{ var: 'read' }, false] }] }
const PATH = '/api/records/notification'

export async function countUnread(signal?: AbortSignal): Promise<number> {
  const question = { filter: UNREAD, fields: 'id', limit: 1, count: 'exact' } as const
  return (await listRecords('notification', question, signal)).count ?? 0
}

/** The newest first. @param after the `next` of the page before */
export function listNotifications(
  {
    onlyUnread,
    after,
    limit,
  }: { readonly onlyUnread: boolean; readonly after?: string; readonly limit: number },
  signal?: AbortSignal,
): Promise<ListPage> {
  const question = { filter: onlyUnread ? UNREAD : MINE, sort: '-created_at', limit }
  return listRecords('notification', after === undefined ? question : { ...question, after }, signal)
}

export const markRead = (id: string, read: boolean): Promise<unknown> =>
  request(`${PATH}/${encodeURIComponent(id)}`, { method: 'PATCH', body: { read } })

export const markAllRead = (): Promise<unknown> =>
  request(`${PATH}/bulk`, { method: 'POST', body: { filter: UNREAD, set: { read: true } } })

/** How one wants to be told. */
export interface Preference {
  readonly quiet?: { readonly from: string; readonly until: string; readonly weekend?: boolean }
  readonly gather?: number
  readonly off?: Readonly<Record<string, readonly string[]>>
}

export interface OwnPreference {
  readonly preference: Preference
  /** Those that there are besides the bell. */
  readonly channels: readonly string[]
  readonly kinds: readonly { readonly name: string; readonly label: string }[]
}

const PREFERENCE = '/api/auth/notifications'

export const getPreference = async (): Promise<OwnPreference> =>
  (await request<{ data: OwnPreference }>(PREFERENCE)).data

export const savePreference = async (body: Preference): Promise<OwnPreference> =>
  (await request<{ data: OwnPreference }>(PREFERENCE, { method: 'PUT', body })).data
