import { useTranslation } from 'react-i18next'
import { textIn } from '../../metadata/text.ts'
import { useOperations } from '../connections/use-operations.ts'
import { entityAt, namedAt } from '../scenarios/scenario-draft.ts'
import { addressOf } from '../store/draft.ts'
import { isObject, type Json, type Path, valueAt } from '../store/json-value.ts'
import { useDefinition, useStore } from '../store/store.tsx'
import { type Named, useNames } from '../store/use-names.ts'
import { useInspected } from './inspected.ts'
import { wordsOf } from './schema.ts'
import { useReadable } from './use-readable.ts'

/** Something that a property may name. */
export type Choice = Named

/** Keys that name definitions of a kind that is called otherwise. */
const KIND_OF_KEY: Readonly<Record<string, string>> = {
  record: 'entity',
  template: 'message',
  options: 'option_set',
  optionSet: 'option_set',
  views: 'view',
  reports: 'report',
  dashboards: 'dashboard',
  apps: 'app',
  entities: 'entity',
}

/** Keys that name fields of the entity at hand. */
const FIELD_KEYS: ReadonlySet<string> = new Set([
  ...[
    'field',
    'fields',
    'title',
    'group',
    'requires',
    'highlights',
    'unique',
    'indexes',
    'by',
    'lanes',
    'date',
    'until',
  ],
  ...[
    'sum',
    'of',
    'related',
    'target',
    'dependsOn',
    'absent',
    'through',
    'since',
    'hide',
    'edit',
    'currencyField',
  ],
  ...['at', 'outcome', 'words', 'status'],
])

/** What a property that is called so may name: definitions of a kind, fields, or nothing that is known. */
export function namedBy(
  path: Path,
  kinds: ReadonlySet<string>,
): { readonly kind: string } | 'field' | 'sibling' | 'option' | undefined {
  const key = path.findLast((step) => !/^\d+$/.test(step)) ?? ''
  if (key === 'next' || key === 'takes' || key === 'under') return 'sibling'
  // Whereto a field leads, whose records are summed up; elsewhere people and fields stand there.
  if (key === 'to' && path[0] === 'fields') return { kind: 'entity' }
  if (key === 'of' && (path[0] === 'fields' || path[0] === 'page')) return { kind: 'entity' }
  if (key === 'is') return 'option'
  const kind = KIND_OF_KEY[key] ?? key
  if (kinds.has(kind)) return { kind }
  return FIELD_KEYS.has(key) ? 'field' : undefined
}

/** The entity that a place of a definition is about: the nearest that is named above it. */
export function entityAround(kind: string, name: string, definition: Json, path: Path): string | undefined {
  if (kind === 'entity') return name
  if (kind === 'scenario') return entityAt(definition, path)
  for (let depth = path.length - 1; depth >= 0; depth--) {
    const here = valueAt(definition, path.slice(0, depth))
    if (!isObject(here)) continue
    // Whether a step is done at all depends on the record of its flow, whatever it then does to another.
    if (kind === 'flow' && path.at(-1) === 'when' && typeof here.do === 'string') continue
    for (const key of ['entity', 'record']) if (typeof here[key] === 'string') return here[key]
    const trigger = here.trigger
    if (isObject(trigger) && typeof trigger.record === 'string') return trigger.record
  }
  return undefined
}

/** What may be named at a place, with labels; undefined where anything may stand. */
export function useChoices(path: Path): readonly Choice[] | undefined {
  const { i18n } = useTranslation()
  const { index } = useStore()
  const { kind, name, definition } = useInspected()
  const names = useNames()
  const readable = useReadable()
  const kinds = new Set([...index.keys()].map((key) => addressOf(key).kind))
  const named = namedBy(path, kinds)
  const isAbout = named === 'field' || named === 'option'
  // Of records of another entity, by a field of theirs.
  const of = path.at(-1) === 'by' ? valueAt(definition, [...path.slice(0, -1), 'of']) : undefined
  const entity = !isAbout
    ? undefined
    : typeof of === 'string'
      ? of
      : entityAround(kind, name, readable(kind, definition), path)
  const fields = useFieldChoices(entity)
  const called =
    path.at(-1) === 'operation' ? valueAt(definition, [...path.slice(0, -1), 'connection']) : undefined
  const operations = useOperations(typeof called === 'string' ? called : undefined)
  if (typeof called === 'string') return operations.map((one) => ({ value: one, label: wordsOf(one) }))
  const inStory = kind === 'scenario' ? namedAt(definition, path) : undefined
  if (inStory !== undefined) return inStory.map((one) => ({ value: one, label: one }))
  if (named === undefined) return undefined
  if (named === 'field') return fields
  if (named === 'option')
    return entity === undefined ? undefined : names.options(entity, String(fieldBeside(definition, path)))
  if (named === 'sibling') {
    const isPlace = (step: string): boolean => /^\d+$/.test(step)
    // Options are below other options of the same field.
    const depth = path.includes('under') ? path.findLastIndex(isPlace) : path.findIndex(isPlace)
    const list = valueAt(definition, path.slice(0, depth))
    return Array.isArray(list) ? list.flatMap((one) => choiceOf(one, i18n.language)) : undefined
  }
  return names.of(named.kind)
}

/** The field that the same entry names: of `where/0/is`, what `where/0/field` says. */
function fieldBeside(definition: Json, path: Path): unknown {
  return valueAt(definition, [...path.slice(0, path.lastIndexOf('is')), 'field'])
}

/** The fields of an entity as the draft has it, those of the engine included. */
export function useFieldChoices(entity: string | undefined): readonly Choice[] | undefined {
  const { i18n } = useTranslation()
  const { now } = useDefinition({ kind: 'entity', name: entity ?? '' })
  if (entity === undefined || now === undefined) return undefined
  const fields = Array.isArray(now.fields) ? now.fields : []
  return fields.flatMap((one) => choiceOf(one, i18n.language))
}

function choiceOf(one: unknown, language: string): readonly Choice[] {
  if (!isObject(one) || typeof one.name !== 'string') return []
  return [{ value: one.name, label: textIn(one.label as Parameters<typeof textIn>[0], language, one.name) }]
}
