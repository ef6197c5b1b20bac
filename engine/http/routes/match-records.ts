import { decodePart } from '../parameters.ts'

/** The calls on records, by the shape of their address. */
export type RecordRoute =
  | 'collection'
  | 'query'
  | 'aggregate'
  | 'bulk'
  | 'export'
  | 'record'
  | 'restore'
  | 'history'
  | 'timeline'
  | 'duplicates'
  | 'duplicateGroups'
  | 'stages'
  | 'assignments'
  | 'milestone'
  | 'action'
  | 'actions'
  | 'approvals'
  | 'historyRestore'
  | 'comments'
  | 'comment'
  | 'commentRestore'
  | 'mentionable'
  | 'files'
  | 'lane'
  | 'shares'
  | 'share'
  | 'related'
  | 'unique'

export interface RecordMatch {
  readonly route: RecordRoute
  readonly entity: string
  /** What follows the entity in the address: id, field and value, relation, share. */
  readonly first: string
  readonly second: string
}

/** Words that stand where an id stands; ids are UUIDs, so none can be one. */
const COLLECTION_WORDS: ReadonlyMap<string, RecordRoute> = new Map([
  ['query', 'query'],
  ['aggregate', 'aggregate'],
  ['bulk', 'bulk'],
  ['export', 'export'],
  ['duplicates', 'duplicateGroups'],
])
const RECORD_WORDS: ReadonlyMap<string, RecordRoute> = new Map([
  ['restore', 'restore'],
  ['history', 'history'],
  ['timeline', 'timeline'],
  ['duplicates', 'duplicates'],
  ['stages', 'stages'],
  ['lane', 'lane'],
  ['assignments', 'assignments'],
  ['approvals', 'approvals'],
  ['actions', 'actions'],
  ['comments', 'comments'],
  ['mentionable', 'mentionable'],
  ['files', 'files'],
  ['shares', 'shares'],
])

/**
 * Which call an address means, undefined for none. By hand, since it stands before every call on records: one
 * split, at most two look-ups.
 * @param path the part of the address after `/api/records/`, still percent-encoded, without a query
 * @throws AppError HTTP_ADDRESS_INVALID
 */
export function matchRecords(path: string): RecordMatch | undefined {
  const parts = (path.endsWith('/') ? path.slice(0, -1) : path).split('/').map(decodePart)
  const [entity = '', first = '', second = '', third = ''] = parts
  if (parts.includes('')) return undefined
  if (parts.length === 1) return { route: 'collection', entity, first: '', second: '' }
  if (parts.length === 2) return { route: COLLECTION_WORDS.get(first) ?? 'record', entity, first, second: '' }
  if (parts.length === 3) {
    const route = RECORD_WORDS.get(second)
    return route === undefined ? undefined : { route, entity, first, second: '' }
  }
  if (parts.length === 5 && second === 'comments' && parts[4] === 'restore')
    return { route: 'commentRestore', entity, first, second: third }
  if (parts.length > 4) return undefined
  if (first === 'by') return { route: 'unique', entity, first: second, second: third }
  if (second === 'history' && third === 'restore')
    return { route: 'historyRestore', entity, first, second: '' }
  if (second === 'actions' && third === 'milestone') return { route: 'milestone', entity, first, second: '' }
  if (second === 'actions') return { route: 'action', entity, first, second: third }
  if (second === 'shares') return { route: 'share', entity, first, second: third }
  if (second === 'comments') return { route: 'comment', entity, first, second: third }
  return second === 'related' ? { route: 'related', entity, first, second: third } : undefined
}
