import { request } from '../../runtime-ui/api/client.ts'

/** What is said of a draft; an empty text takes away. */
export interface DraftWords {
  readonly label?: string
  readonly description?: string
  readonly announcement?: string
}

export const describeDraft = (id: string, body: DraftWords): Promise<unknown> =>
  request(`/api/meta/changesets/${encodeURIComponent(id)}`, { method: 'PATCH', body })
