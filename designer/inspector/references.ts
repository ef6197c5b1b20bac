import { useTranslation } from 'react-i18next'
import { textIn } from '../../metadata/text.ts'
import type { Entity } from '../../runtime-ui/api/types.ts'
import { useWork } from '../../runtime-ui/kit/model-context.tsx'
import { entityAt, namedAt } from '../scenarios/scenario-draft.ts'
import { addressOf, definitionIn } from '../store/draft.ts'
import { isObject, type Json, type Path, valueAt } from '../store/json-value.ts'
import { useDefinition, useStore } from '../store/store.tsx'
import { useInspected } from './inspected.ts'

/** Something that a property may name. */
export interface Choice {
  readonly value: string
  readonly label: string
}

/** Keys that name definitions of a kind that is called otherwise. */
const KIND_OF_KEY: Readonly<Record<string, string>> = {
  record: 'entity',
  template: 'message',
  options: 'option_set',
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
  ...['sum', 'of', 'related', 'target', 'dependsOn', 'absent'],
])

/** What a property that is called so may name: definitions of a kind, fields, or nothing that is known. */
export function namedBy(
  path: Path,
  kinds: ReadonlySet<string>,
): { readonly kind: string } | 'field' | 'sibling' | 'option' | undefined {
  const key = path.findLast((step) => !/^\d+$/.test(step)) ?? ''
  if (key === 'next' || key === 'takes') return 'sibling'
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
  const { model } = useWork()
  const kinds = new Set([...index.keys()].map((key) => addressOf(key).kind))
  const named = namedBy(path, kinds)
  const ofKind = useKindChoices(typeof named === 'object' ? named.kind : '')
  const isAbout = named === 'field' || named === 'option'
  const entity = isAbout ? entityAround(kind, name, definition, path) : undefined
  const fields = useFieldChoices(entity)
  const inStory = kind === 'scenario' ? namedAt(definition, path) : undefined
  if (inStory !== undefined) return inStory.map((one) => ({ value: one, label: one }))
  if (named === undefined) return undefined
  if (named === 'field') return fields
  if (named === 'option') return optionsIn(model.entities, entity, fieldBeside(definition, path))
  if (named === 'sibling') {
    const list = valueAt(
      definition,
      path.slice(
        0,
        path.findIndex((step) => /^\d+$/.test(step)),
      ),
    )
    return Array.isArray(list) ? list.flatMap((one) => choiceOf(one, i18n.language)) : undefined
  }
  return ofKind
}

/** The definitions of a kind as the draft has them. */
export function useKindChoices(kind: string): readonly Choice[] {
  const { i18n } = useTranslation()
  const { index, fates, draft, items } = useStore()
  const made = [...fates].filter(([key, fate]) => fate === 'new' && addressOf(key).kind === kind)
  return [
    ...[...index.values()]
      .filter((item) => item.kind === kind && fates.get(`${item.kind}/${item.name}`) !== 'removed')
      .map((item) => ({ value: item.name, label: textIn(item.label, i18n.language, item.name) })),
    ...made.map(([key]) => {
      const of = addressOf(key)
      const now = definitionIn(draft, of, items.get(key)?.definition ?? undefined)
      return {
        value: of.name,
        label: textIn(now?.label as Parameters<typeof textIn>[0], i18n.language, of.name),
      }
    }),
  ]
}

/** The field that the same entry names: of `where/0/is`, what `where/0/field` says. */
function fieldBeside(definition: Json, path: Path): unknown {
  return valueAt(definition, [...path.slice(0, path.lastIndexOf('is')), 'field'])
}

/** The options or stages of a field in force. */
function optionsIn(
  entities: readonly Entity[],
  entity: string | undefined,
  field: unknown,
): readonly Choice[] | undefined {
  const found = entities.find(({ name }) => name === entity)
  const options = found?.pipelines[String(field)] ?? found?.fields.find(({ name }) => name === field)?.options
  return options?.map(({ name, label }) => ({ value: name, label }))
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
