import { textIn } from '../../../metadata/text.ts'
import type { Text } from '../../../metadata/types.ts'
import type { Language, LocalText } from '../../errors.ts'
import type { ModelContext } from './kind-spec.ts'

interface Labelled {
  readonly name: string
  readonly label?: Text
}

/** How a definition or item is called in a language: its label in quotes, or its name. */
export function called(item: Labelled, language: Language): string {
  return language === 'en'
    ? `“${textIn(item.label, 'en', item.name)}”`
    : `“${textIn(item.label, 'zh-CN', item.name)}”`
}

/** The same sentence in both languages, told by one function. */
export function sentenceOf(
  definition: Labelled,
  tell: (name: string, language: Language) => string,
): LocalText {
  return { en: tell(called(definition, 'en'), 'en'), 'zh-CN': tell(called(definition, 'zh-CN'), 'zh-CN') }
}

const SHOWN = 6

/**
 * The first few of a list by label, and how many more there are.
 * @param isCounted how many there are has been said: Chinese says it of all of them, and need not say it twice
 */
export function listNames(items: readonly Labelled[], language: Language, isCounted = false): string {
  const shown = items.slice(0, SHOWN).map((item) => textIn(item.label, language, item.name))
  const more = items.length - shown.length
  if (language === 'en') return shown.join(', ') + (more > 0 ? ` and ${more} more` : '')
  return shown.join('、') + (more === 0 ? '' : isCounted ? '等' : `等 ${items.length} 项`)
}

/** “1 field”, “3 fields”. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`
}

/** How an entity named by another definition is called: its label, or the bare name when it is unknown. */
export function entityCalled(context: ModelContext, name: string, language: Language): string {
  return called(context.definitions.entity.get(name) ?? { name }, language)
}

/** “ for sales, supervisor”, or nothing where everybody is meant. */
export function forWhom(
  context: ModelContext,
  people: readonly { readonly role: string }[] | undefined,
  language: Language,
): string {
  if (people === undefined) return ''
  const roles = people.map((who) => context.definitions.role.get(who.role) ?? { name: who.role })
  const names = listNames(roles, language)
  return language === 'en' ? ` for ${names}` : `（适用于${names}）`
}
