import type { CompiledField } from '../model/compiled.ts'
import { PHONE_NUMBER } from './phone-number.ts'

export type Mask = 'phone' | 'email' | 'id_number' | 'numbers' | 'all'

/** Types of texts in which people write phone numbers down. */
export const PROSE: ReadonlySet<string> = new Set(['long_text', 'rich_text'])

const ALL_HIDDEN = '***'
const HIDDEN = `'${ALL_HIDDEN}'`

/** How values of a field look to those who see them masked: as its definition says, else as its type suggests. */
export function maskOf(field: CompiledField): Mask {
  const { mask } = field.definition
  if (mask !== undefined) return mask
  if (PROSE.has(field.type.name)) return 'numbers'
  return field.type.name === 'phone' || field.type.name === 'email' ? field.type.name : 'all'
}

/** The SQL of a masked value, a text; null stays null. What is too short to hide a part of it is hidden whole. */
export function maskSql(field: CompiledField, column: string): string {
  const text = `${column}::text`
  return `CASE WHEN ${column} IS NOT NULL THEN ${shownPart(maskOf(field), text)} END`
}

/** The same for a text that only the engine can read. */
export function maskText(mask: Mask, text: string): string {
  const { length } = [...text]
  switch (mask) {
    case 'phone':
      return text.replace(/\D/g, '').length < 8 ? ALL_HIDDEN : text.replace(/\d(?=(\D*\d){4})/g, '*')
    case 'email': {
      const first = /^(.)[^@]+@/su.exec(text)?.[1]
      const domain = /@[^@]*$/.exec(text)?.[0]
      return first === undefined || domain === undefined ? ALL_HIDDEN : `${first}***${domain}`
    }
    case 'id_number':
      return length < 12 ? ALL_HIDDEN : '*'.repeat(length - 4) + [...text].slice(-4).join('')
    case 'numbers':
      return text.replace(new RegExp(PHONE_NUMBER, 'g'), ALL_HIDDEN)
    case 'all':
      return ALL_HIDDEN
  }
}

function shownPart(mask: Mask, text: string): string {
  switch (mask) {
    // The last four digits stay, and all that is no digit; of a short number nothing does.
    case 'phone':
      return (
        `CASE WHEN length(regexp_replace(${text}, '\\D', '', 'g')) < 8 THEN ${HIDDEN} ` +
        `ELSE regexp_replace(${text}, '\\d(?=(\\D*\\d){4})', '*', 'g') END`
      )
    case 'email':
      return `coalesce(substring(${text} from '^(.)[^@]+@') || '***' || substring(${text} from '@[^@]*$'), ${HIDDEN})`
    case 'id_number':
      return `CASE WHEN length(${text}) < 12 THEN ${HIDDEN} ELSE repeat('*', length(${text}) - 4) || right(${text}, 4) END`
    case 'numbers':
      return `regexp_replace(${text}, '${PHONE_NUMBER}', ${HIDDEN}, 'g')`
    case 'all':
      return HIDDEN
  }
}
