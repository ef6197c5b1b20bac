import { useTranslation } from 'react-i18next'
import { textIn } from '../../metadata/text.ts'
import type { Entity } from '../../runtime-ui/api/types.ts'
import { useLanguage, useWork } from '../../runtime-ui/kit/model-context.tsx'
import { wordsOf } from '../inspector/schema.ts'
import { addressOf, definitionIn } from './draft.ts'
import { isObject, type Json } from './json-value.ts'
import { useStore } from './store.tsx'

type Text = Parameters<typeof textIn>[0]

/** Something that may be named. */
export interface Named {
  readonly value: string
  readonly label: string
}

/** What definitions, and the fields, options and stages of entities are called as the draft has them. */
export function useNames() {
  const { t } = useTranslation()
  const language = useLanguage()
  const { model } = useWork()
  const { index, fates, draft, items } = useStore()
  /** Undefined where the draft leaves it as it is in force, or takes it away. */
  const inDraft = (kind: string, name: string): Json | undefined =>
    definitionIn(draft, { kind, name }, items.get(`${kind}/${name}`)?.definition ?? undefined)
  const inForce = (entity: string): Entity | undefined => model.entities.find(({ name }) => name === entity)
  // What has no label is called as the engine calls it: by its name as words.
  const labelOf = (of: { readonly label?: unknown }, name: string): string =>
    textIn(of.label === name ? undefined : (of.label as Text), language, wordsOf(name))

  const called = (kind: string, name: string): string => {
    const known = inDraft(kind, name) ?? index.get(`${kind}/${name}`)
    return known === undefined ? name : labelOf(known, name)
  }

  const known = (entity: string, name: string): string | undefined => {
    const own = inForce(entity)?.fields.find((one) => one.name === name)?.label
    if (own !== undefined) return own
    if (name === 'owner') return t('layouts.owner')
    // What every entity has is called the same in all of them.
    return ENGINE_OWN.has(name)
      ? model.entities.flatMap(({ fields }) => fields).find((one) => one.name === name)?.label
      : undefined
  }
  const field = (entity: string, path: string): string => {
    const [first = '', ...rest] = path.split('.')
    const drafted = fieldIn(inDraft('entity', entity), first)
    const label = drafted === undefined ? (known(entity, first) ?? first) : labelOf(drafted, first)
    if (rest.length === 0) return label
    const found = inForce(entity)?.fields.find((one) => one.name === first)
    const to = typeof drafted?.to === 'string' ? drafted.to : found?.relation?.to[0]
    return [label, to === undefined ? rest.join(' › ') : field(to, rest.join('.'))].join(' › ')
  }

  /** The stages of a field that the draft writes otherwise. */
  const draftedStages = (entity: string, of: string): readonly Json[] | undefined => {
    const pipelines = [...fates.keys()].map(addressOf).filter(({ kind }) => kind === 'pipeline')
    const own = pipelines
      .map(({ kind, name }) => inDraft(kind, name))
      .find((one) => one?.entity === entity && one.field === of)
    return Array.isArray(own?.stages) ? own.stages.filter(isObject) : undefined
  }
  const draftedOptions = (entity: string, of: string): readonly Json[] | undefined => {
    const options = fieldIn(inDraft('entity', entity), of)?.options
    const list = typeof options === 'string' ? inDraft('option_set', options)?.options : options
    return Array.isArray(list) ? list.filter(isObject) : undefined
  }
  const options = (entity: string, of: string): readonly Named[] | undefined => {
    const drafted = draftedStages(entity, of) ?? draftedOptions(entity, of)
    if (drafted !== undefined)
      return drafted.map((one) => ({ value: String(one.name), label: labelOf(one, String(one.name)) }))
    const there = inForce(entity)
    const standing = there?.pipelines[of] ?? there?.fields.find(({ name }) => name === of)?.options
    return standing?.map(({ name, label }) => ({ value: name, label }))
  }

  return {
    called,
    /** A field by its path: one through a lookup with the names on the way. */
    field,
    /** The options or stages of a field; undefined for what has none. */
    options,
    /** Several of an entity. */
    plural(entity: string): string {
      const drafted = inDraft('entity', entity)
      if (drafted === undefined) return inForce(entity)?.plural ?? called('entity', entity)
      return labelOf({ label: drafted.plural ?? drafted.label }, entity)
    },
    icon(entity: string): string | undefined {
      const drafted = inDraft('entity', entity)?.icon
      return typeof drafted === 'string' ? drafted : inForce(entity)?.icon
    },
    /** A stage of any of an entity's fields. */
    stage(entity: string, stage: string): string {
      const fields = [
        ...fieldsIn(inDraft('entity', entity)).map(({ name }) => String(name)),
        ...Object.keys(inForce(entity)?.pipelines ?? {}),
      ]
      const found = fields.flatMap((one) => options(entity, one) ?? []).find(({ value }) => value === stage)
      return found?.label ?? stage
    },
    /** The entity that a definition is about. */
    about(kind: string, name: string): string | undefined {
      const entity = inDraft(kind, name)?.entity ?? index.get(`${kind}/${name}`)?.entity
      return typeof entity === 'string' ? entity : undefined
    },
    /** All definitions of a kind. */
    of(kind: string): readonly Named[] {
      const standing = [...index.values()].filter(
        (item) => item.kind === kind && fates.get(`${kind}/${item.name}`) !== 'removed',
      )
      const made = [...fates].flatMap(([key, fate]) => {
        const of = addressOf(key)
        return fate === 'new' && of.kind === kind ? [of] : []
      })
      return [...standing, ...made].map(({ name }) => ({ value: name, label: called(kind, name) }))
    },
  }
}

/** Fields that the engine gives every entity. */
export const ENGINE_OWN: ReadonlySet<string> = new Set([
  ...['id', 'created_at', 'created_by', 'updated_at', 'updated_by', 'version'],
])

const fieldsIn = (definition: Json | undefined): readonly Json[] =>
  Array.isArray(definition?.fields) ? definition.fields.filter(isObject) : []

const fieldIn = (definition: Json | undefined, name: string): Json | undefined =>
  fieldsIn(definition).find((one) => one.name === name)
