import { type Text, textIn } from '../../metadata/text.ts'
import type { Language } from '../errors.ts'

/**
 * What people read for a named thing. A definition without a label is compiled with its name in the label's
 * place: `close_date` is then shown as `Close date`.
 */
export function labelOf(item: { readonly name: string; readonly label?: Text }, language: Language): string {
  const label = item.label === item.name ? undefined : item.label
  return textIn(label, language, wordsOf(item.name))
}

function wordsOf(name: string): string {
  const words = name.replaceAll('_', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}
