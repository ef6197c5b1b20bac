import { useQueries } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { durationWords, sentenceLanguage } from '../../metadata/rules/sentence-words.ts'
import { formatPercent } from '../../runtime-ui/kit/format.ts'
import { useLanguage } from '../../runtime-ui/kit/model-context.tsx'
import type { Path } from '../store/json-value.ts'
import { choiceWord, type Schema, schemaAt, titleOf, variantsOf } from './schema.ts'
import { schemaQuery } from './use-place-words.ts'

/**
 * What stands at a place, in words where its schema has some: a choice, the type of a field, a length of time. Where nothing
 * stands, what goes then.
 * @param kinds the kinds whose places will be asked for
 */
export function useValueWord(
  kinds: readonly string[],
): (kind: string, path: Path, definition: unknown, value: unknown) => string | undefined {
  const { t } = useTranslation()
  const language = useLanguage()
  const schemas = useQueries({ queries: kinds.map(schemaQuery) })
  return (kind, path, definition, value) => {
    const schema = schemas[kinds.indexOf(kind)]?.data
    if (schema === undefined) return undefined
    const own = schemaAt(schema, definition, path)
    const said = value ?? own?.default
    if (typeof said === 'number' && own?.['x-percent'] === true) return formatPercent(said, language)
    if (typeof said === 'boolean') return t(said ? 'drafts.yes' : 'drafts.no')
    return typeof said === 'string'
      ? valueWord(schema, { definition, path, value: said }, language)
      : undefined
  }
}

/** @returns undefined where the schema has no word for it */
export function valueWord(
  root: Schema,
  { definition, path, value }: { readonly definition: unknown; readonly path: Path; readonly value: string },
  language: string,
): string | undefined {
  const own = schemaAt(root, definition, path)
  if (own?.enum?.includes(value) === true) return choiceWord(own, value, language)
  if (own?.pattern?.startsWith('^P') === true) return durationWords(value, sentenceLanguage(language))
  // Of several shapes it is one of their names that is chosen.
  const items = schemaAt(root, definition, path.slice(0, -2))?.items
  const variant = items && variantsOf(root, items).find((one) => one.value === value)
  return variant?.schema.properties?.[path.at(-1) ?? '']?.const === value
    ? titleOf(variant.schema, language, value)
    : undefined
}
