import { request } from './client.ts'

/** A record that answers a search. */
export interface SearchHit {
  readonly entity: string
  readonly id: string
  readonly label: string
  /** To what it belongs. */
  readonly note: string | null
  /** Where the words stand, if not in the label. */
  readonly matched: { readonly field: string; readonly label: string; readonly value: string } | null
}

export interface SearchAnswer {
  readonly data: readonly SearchHit[]
  /** Entities of which further records answer. */
  readonly more: readonly string[]
}

/** Looks for a text in all that the person may read, or in one entity. */
export function search(q: string, entity: string | undefined, signal?: AbortSignal): Promise<SearchAnswer> {
  return request('/api/search', {
    query: { q, entities: entity, limit: entity === undefined ? 5 : 20 },
    ...(signal === undefined ? {} : { signal }),
  })
}
