import { useQueries } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { OPERATORS } from '../../metadata/rules/catalogue.ts'
import { textIn } from '../../metadata/text.ts'
import { isLanguage, languageNamed } from '../../runtime-ui/i18n/languages.ts'
import { getSchema } from '../api.ts'
import { usePlace } from '../roles/ChangeLine.tsx'
import { isObject, type Json, type Path, valueAt } from '../store/json-value.ts'
import { useNames } from '../store/use-names.ts'
import { faultWord } from './fault-word.ts'
import { isPeople } from './people.ts'
import { entityAround } from './references.ts'
import { type Schema, schemaAt, titleOf, wordsOf } from './schema.ts'
import { useEntryWord } from './use-entry-word.ts'
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
  const { t, i18n } = useTranslation()
  const { field } = useNames()
  const readable = useReadable()
  const role = usePlace()
  const schemas = useQueries({ queries: kinds.map(schemaQuery) })
  const entryWord = useEntryWord()
  return (kind, path, definition, entries) => {
    if (kind === 'role') return role(path)
    const schema = schemas[kinds.indexOf(kind)]?.data
    const read = isObject(definition) ? readable(kind, definition) : undefined
    const entry = (here: Path): string | undefined =>
      isObject(definition) && isNumber(here.at(-1) ?? '')
        ? entryWord({ kind, definition, path: here, one: valueAt(definition, here), root: schema })
        : undefined
    return toRule(schema, definition, path)
      .map((step, at) => {
        const here = path.slice(0, at + 1)
        return stepWord(schema, definition, here, {
          ...{ step, language: i18n.language, called: entry(here) ?? entryAt(path, at, entries) },
          usual:
            here.at(-2) === 'onError'
              ? faultWord(t, step)
              : (fieldLabel(field, kind, read, here) ?? wordsOf(step)),
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

/**
 * A path as far as it leads to a rule or to people: what stands there is told by a sentence. Where a value may be worked out
 * by a rule, the place is that of the value.
 */
function toRule(schema: Schema | undefined, definition: unknown, path: Path): Path {
  if (path.at(-1) === 'var') return toRule(schema, definition, path.slice(0, -1))
  if (schema === undefined) return path
  const at = path.findIndex((_step, depth) => {
    const here = schemaAt(schema, definition, path.slice(0, depth + 1))
    return here?.shape === 'rule' || (here !== undefined && isPeople(here))
  })
  if (at >= 0) return path.slice(0, at + 1)
  const inRule = path.findIndex((_step, depth) => isWorkedOut(valueAt(definition, path.slice(0, depth))))
  return inRule < 0 ? path : path.slice(0, inRule)
}

/** A rule where a value may stand as well: one operator with what it works on. */
function isWorkedOut(value: unknown): boolean {
  if (!isObject(value)) return false
  const [key = '', ...more] = Object.keys(value)
  return more.length === 0 && OPERATORS.has(key) && Array.isArray(value[key])
}

function stepWord(
  schema: Schema | undefined,
  definition: unknown,
  path: Path,
  { step, usual, language, called }: StepAsked,
): string {
  if (isNumber(step)) {
    return textIn(called, language, `${Number(step) + 1}`)
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
  const entity = definition === undefined ? undefined : setEntity(kind, definition, path)
  const name = path.at(-1) ?? ''
  const label = entity === undefined ? name : called(entity, name)
  return label === name ? undefined : label
}

/** Whose fields are set at a place: a conversion of leads sets those of what it makes. */
function setEntity(kind: string, definition: Json, path: Path): string | undefined {
  const made = path
    .map((_step, depth) => valueAt(definition, path.slice(0, path.length - 1 - depth)))
    .find((above) => isObject(above) && typeof above.entity === 'string')
  if (kind === 'entity' && isObject(made)) return String(made.entity)
  return entityAround(kind, String(definition.name), definition, path)
}
