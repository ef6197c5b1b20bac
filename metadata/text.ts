/** A text of a definition: one string for all languages, or one per language (BCP 47 tags such as en, zh-CN). */
export type Text = string | { readonly [language: string]: string }

/** A rule: a JSON Logic expression. Its shape is checked by rules/, not by the type system. */
export type Rule = unknown

/** How far a right reaches, from the narrowest to the widest; a rule finds its records by itself. */
export type Scope = 'none' | 'own' | 'team' | 'team_tree' | 'all' | Readonly<Record<string, unknown>>

/**
 * One field of an entity. The keys that every field has; the keys of its type (max, options, to …) come from
 * the type's own configuration schema and are read by that type alone.
 */
export interface FieldDefinition {
  readonly id?: string
  readonly name: string
  readonly was?: string
  readonly type: string
  readonly label?: Text
  readonly help?: Text
  readonly note?: string
  readonly requirement?: string | readonly string[]
  readonly required?: boolean
  readonly unique?: boolean
  readonly searchable?: boolean
  readonly default?: unknown
  readonly personal?: 'contact' | 'identity' | 'financial' | 'health' | 'other'
  readonly visibleWhen?: Rule
  readonly requiredWhen?: Rule
  readonly readOnlyWhen?: Rule
  readonly mask?: 'phone' | 'email' | 'id_number' | 'all'
  readonly [typeKey: string]: unknown
}

/** One step of a flow as it is written. The keys of its action are read by that action alone. */
export interface FlowStep {
  readonly name?: string
  readonly was?: string
  readonly id?: string
  readonly label?: Text
  readonly do: string
  readonly when?: Rule
  readonly retry?: { readonly times?: number; readonly for?: string }
  readonly onError?: Readonly<Record<string, readonly FlowStep[]>>
  readonly [actionKey: string]: unknown
}

/** The text in the asked language, else English, else the first there is, else the fallback. */
export function textIn(text: Text | undefined, language: string, fallback: string): string {
  if (text === undefined) return fallback
  if (typeof text === 'string') return text
  return text[language] ?? text.en ?? Object.values(text)[0] ?? fallback
}

/** The text in each language of messages, where the label of something stands in one. */
export function inBothLanguages(
  text: Text | undefined,
  fallback: string,
): { readonly en: string; readonly 'zh-CN': string } {
  return { en: textIn(text, 'en', fallback), 'zh-CN': textIn(text, 'zh-CN', fallback) }
}
