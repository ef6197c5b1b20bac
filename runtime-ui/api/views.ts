import { request } from './client.ts'
import type { BelongsTo, View } from './types.ts'

/** A view of one's own or of one's teams. */
export interface OwnView extends View {
  readonly entity: string
  readonly belongsTo: BelongsTo
}

export async function ownViews(signal?: AbortSignal): Promise<readonly OwnView[]> {
  const options = signal === undefined ? {} : { signal }
  return (await request<{ data: readonly OwnView[] }>('/api/views', options)).data
}

export interface SavedView extends Omit<View, 'type' | 'belongsTo'> {
  readonly type: Exclude<View['type'], 'tree'>
  readonly entity: string
  /** Absent for everybody's. */
  readonly belongsTo?: BelongsTo
}

const addressOf = (name: string): string => `/api/meta/content/view/${encodeURIComponent(name)}`

/** In force at once. */
export const saveView = (view: SavedView): Promise<unknown> =>
  request(addressOf(view.name), { method: 'PUT', body: { kind: 'view', ...view } })

export const removeView = (name: string): Promise<unknown> => request(addressOf(name), { method: 'DELETE' })

/** Tells that a view was looked at. */
export async function tellOpened(name: string): Promise<void> {
  try {
    await request(`/api/views/${encodeURIComponent(name)}/opened`, { method: 'POST', body: {} })
  } catch {
    // One look more or less says nothing: who reads a list need not hear of it.
  }
}
