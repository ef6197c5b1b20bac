import { quoteName } from '../../db/values.ts'
import type { IndexPlace } from '../place.ts'

/** Builds the index; `concurrently` without stopping writers, outside any transaction. */
export function createIndexSql(schema: string, place: IndexPlace, concurrently = false): string {
  return [
    `CREATE ${place.unique ? 'UNIQUE ' : ''}INDEX ${concurrently ? 'CONCURRENTLY ' : ''}${quoteName(place.index)}`,
    `ON ${schema}.${quoteName(place.table)} USING ${place.method} (${place.keys.join(', ')})`,
    `WHERE ${place.where}`,
  ].join(' ')
}

export function dropIndexSql(schema: string, index: string, concurrently = false): string {
  return `DROP INDEX ${concurrently ? 'CONCURRENTLY ' : ''}IF EXISTS ${schema}.${quoteName(index)}`
}
