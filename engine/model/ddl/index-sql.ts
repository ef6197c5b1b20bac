import { quoteName } from '../../db/values.ts'
import type { IndexPlace } from '../place.ts'

/** Builds the index; `concurrently` without stopping writers, outside any transaction. */
export function createIndexSql(schema: string, place: IndexPlace, concurrently = false): string {
  return [
    `CREATE ${place.unique ? 'UNIQUE ' : ''}INDEX ${concurrently ? 'CONCURRENTLY ' : ''}${quoteName(place.index)}`,
    `ON ${schema}.${quoteName(place.table)} USING ${place.method} (${place.keys.join(', ')})${carried(place)}${storage(place)}`,
    `WHERE ${place.where}`,
  ].join(' ')
}

function carried(place: IndexPlace): string {
  return place.carried === undefined ? '' : ` INCLUDE (${place.carried.join(', ')})`
}

// New entries of a GIN index wait in a list that every search reads through: short enough that nobody feels it,
// long enough that a write need not go down the tree for each token.
const PENDING_LIST_KB = 256

function storage(place: IndexPlace): string {
  return place.method === 'gin' ? ` WITH (gin_pending_list_limit = ${PENDING_LIST_KB})` : ''
}

export function dropIndexSql(schema: string, index: string, concurrently = false): string {
  return `DROP INDEX ${concurrently ? 'CONCURRENTLY ' : ''}IF EXISTS ${schema}.${quoteName(index)}`
}
