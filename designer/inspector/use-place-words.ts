import { useQueries } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { textIn } from '../../metadata/text.ts'
import { isLanguage, languageNamed } from '../../runtime-ui/i18n/languages.ts'
import { getSchema } from '../api.ts'
import { usePlace } from '../roles/ChangeLine.tsx'
import { isObject, type Json, type Path, valueAt } from '../store/json-value.ts'
import { useNames } from '../store/use-names.ts'
import { entityAround } from './references.ts'
import { type Schema, schemaAt, titleOf, wordsOf } from './schema.ts'
import { useReadable } from './use-readable.ts'

/** Between the steps of a place. */
export const STEP = ' › '

/** A schema changes with the product only. */
export const schemaQuery = (kind: string) => ({
  queryKey: ['meta', 'schema', kind],
  queryFn: async () => (await getSchema(kind)) as Schema,
  staleTime: 300_000,
})

/**
 * Places in definitions in words: “Stages › Won › Required fields”. Roles have words of their own, by entity and right.
 * @param kinds the kinds whose places will be asked for; of others the names of the steps are told
 */
export function usePlaceWords(
  kinds: readonly string[] = [],
): (kind: string, path: Path, definition?: unknown, entries?: Entries) => string {
  const { i18n } = useTranslation()
  const { field } = useNames()
  const readable = useReadable()
  const role = usePlace()
  const schemas = useQueries({ queries: kinds.map(schemaQuery) })
  return (kind, path, definition, entries) => {
    if (kind === 'role') return role(path)
    const schema = schemas[kinds.indexOf(kind)]?.data
    return toRule(schema, definition, path)
      .map((step, at) => {
        const here = path.slice(0, at + 1)
        return stepWord(schema, definition, here, {
          ...{ step, language: i18n.language, called: entryAt(path, at, entries) },
          usual:
            fieldLabel(field, kind, isObject(definition) ? readable(kind, definition) : undefined, here) ??
            wordsOf(step),
        })
      })
      .join(STEP)
  }
}

type Text = Parameters<typeof textIn>[0]
/** What entries of lists on the way are called, where the definition itself is not at hand. */
type Entries = readonly (Text | null)[]

interface StepAsked {
  readonly step: string
  readonly usual: string
  readonly language: string
  readonly called: Text
}

const isNumber = (step: string): boolean => /^\d+$/.test(step)

const entryAt = (path: Path, at: number, entries: Entries | undefined): Text =>
  entries?.[path.slice(0, at).filter(isNumber).length] ?? undefined

/** A path as far as it leads to a rule: what stands in it is told by its sentence. */
function toRule(schema: Schema | undefined, definition: unknown, path: Path): Path {
  if (schema === undefined) return path
  const at = path.findIndex(
    (_step, depth) => schemaAt(schema, definition, path.slice(0, depth + 1))?.shape === 'rule',
  )
  return at < 0 ? path : path.slice(0, at + 1)
}

function stepWord(
  schema: Schema | undefined,
  definition: unknown,
  path: Path,
  { step, usual, language, called }: StepAsked,
): string {
  if (isNumber(step)) {
    const entry = valueAt(definition, path)
    const { name, label } = isObject(entry) ? entry : { name: undefined, label: called }
    return textIn(label as Text, language, typeof name === 'string' ? name : `${Number(step) + 1}`)
  }
  if (isLanguage(step)) return languageNamed(step).name
  const found = schema === undefined ? undefined : schemaAt(schema, definition, path)
  return titleOf(found, language, usual)
}

/** What a field is called where a definition says something by the names of fields, as a step does that sets them. */
function fieldLabel(
  called: (entity: string, name: string) => string,
  kind: string,
  definition: Json | undefined,
  path: Path,
): string | undefined {
  const entity = definition === undefined ? undefined : entityAround(kind, '', definition, path)
  const name = path.at(-1) ?? ''
  const label = entity === undefined ? name : called(entity, name)
  return label === name ? undefined : label
}
