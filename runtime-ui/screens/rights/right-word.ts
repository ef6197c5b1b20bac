import type { TFunction } from 'i18next'

/**
 * A right on records in a word; one that the pages do not know yet by what its schema calls it, else by its name.
 * @param title as the JSON Schema has it
 */
export function rightWord(right: string, t: TFunction, title?: string): string {
  const words = right.replaceAll('_', ' ')
  return t(`rights.right.${right}`, { defaultValue: title ?? words.charAt(0).toUpperCase() + words.slice(1) })
}
