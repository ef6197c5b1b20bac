import { createHash } from 'node:crypto'
import { SYSTEM_COLUMNS } from './system-fields.ts'

/** Columns that PostgreSQL itself gives to every table. */
const POSTGRES_COLUMNS = ['ctid', 'xmin', 'xmax', 'cmin', 'cmax', 'tableoid'] as const

/** Column names that no field of any entity gets. */
export const RESERVED_COLUMNS: readonly string[] = [...POSTGRES_COLUMNS, ...SYSTEM_COLUMNS]

const MAX_IDENTIFIER_BYTES = 63

/** Sixteen hexadecimal digits that stand for an id or a specification, always the same for the same input. */
export function shortId(of: string): string {
  return digest(of).slice(0, 16)
}

/** A UUID made from a text, always the same for the same text (RFC 9562, version 8). */
export function uuidOf(text: string): string {
  const hex = digest(text)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

/** Under which id lies what the engine keeps beside a field of stages. */
export function stagePartId(fieldId: string, part: string): string {
  return uuidOf(`${fieldId} ${part}`)
}

/** The first of name, name_2, name_3 … for which nothing is taken. */
export function freeName(name: string, isTaken: (candidate: string) => boolean): string {
  for (let count = 1; ; count++) {
    const suffix = count === 1 ? '' : `_${count}`
    const candidate = `${name.slice(0, MAX_IDENTIFIER_BYTES - suffix.length)}${suffix}`
    if (!isTaken(candidate)) return candidate
  }
}

/** A table for an entity: its name, unless that is taken or looks like one of the engine's own. */
export function tableName(entity: string, isTaken: (candidate: string) => boolean): string {
  return freeName(entity.startsWith('tenon_') ? `entity_${entity}` : entity, isTaken)
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
