import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { sentenceLanguage } from '../../metadata/rules/sentence-words.ts'
import { entityOfStep, type Makers } from '../../metadata/scenarios/acts.ts'
import { tellStep } from '../../metadata/scenarios/story.ts'
import { type Labels, valuesText } from '../../metadata/scenarios/values-text.ts'
import { textIn } from '../../metadata/text.ts'
import type { Field } from '../../runtime-ui/api/types.ts'
import { useLanguage, useWork } from '../../runtime-ui/kit/model-context.tsx'
import { listWhole } from '../api.ts'
import type { Choice } from '../inspector/references.ts'
import { fieldsOf } from '../model/model-graph.ts'
import { useEntities } from '../model/use-entities.ts'
import { isObject, type Json } from '../store/json-value.ts'
import { useStore } from '../store/store.tsx'
import { type DraftGiven, namesBefore, stepsIn, toldStep } from './scenario-draft.ts'

type Text = Parameters<typeof textIn>[0]

/** A field as a scenario gives it values: as it is in force, and as the draft has it. */
export interface ValueField extends Choice {
  readonly type: string
  /** What may be chosen: options or stages. */
  readonly options: readonly Choice[] | undefined
  /** Whether it holds names of people or records of the scenario. */
  readonly isPointer: boolean
  readonly isMany: boolean
}

const MANY: ReadonlySet<string> = new Set(['multi_select', 'many_to_many', 'tags'])
const POINTERS: ReadonlySet<string> = new Set([
  'lookup',
  'dynamic_lookup',
  'many_to_many',
  'user',
  'users',
  'file',
])

/** What a scenario's parts are called and may name, on the model as the draft has it. */
export function useScenario(definition: Json) {
  const { t, i18n } = useTranslation()
  const language = useLanguage()
  const { model } = useWork()
  const { index } = useStore()
  const { cards } = useEntities()
  const webforms = useQuery({
    queryKey: ['meta', 'definitions', 'whole', 'webform', model.version],
    queryFn: () => listWhole('webform'),
  })
  const known = useMemo(() => {
    const drafts = new Map(cards.map(({ name, definition: one }) => [name, one]))
    const forms = new Map((webforms.data ?? []).map((one) => [one.name, one.definition]))
    const fields = (entity: string): ReadonlyMap<string, Json | Field> => {
      const inForce = model.entities.find(({ name }) => name === entity)?.fields ?? []
      const drafted = fieldsOf(drafts.get(entity)).map((field) => [String(field.name), field] as const)
      return new Map<string, Json | Field>([
        ...inForce.map((field) => [field.name, field] as const),
        ...drafted,
      ])
    }
    const labels: Labels = {
      entity: (name) =>
        (drafts.get(name)?.label as Text) ?? model.entities.find((one) => one.name === name)?.label,
      field: (entity, name) => fields(entity).get(name)?.label as Text,
      option(entity, name, value) {
        const inForce = model.entities.find((one) => one.name === entity)
        const raw = fields(entity).get(name)?.options
        const options =
          inForce?.pipelines[name] ??
          inForce?.fields.find((one) => one.name === name)?.options ??
          (Array.isArray(raw) ? (raw as readonly { name: string; label: Text }[]) : undefined)
        return options?.find((one) => one.name === value)?.label
      },
      connection: (name) => index.get(`connection/${name}`)?.label as Text,
    }
    const makers: Makers = {
      webform: {
        get(name) {
          const entity = forms.get(name)?.entity
          return typeof entity === 'string' ? { entity } : undefined
        },
      },
      entity: { get: (name) => drafts.get(name) as ReturnType<Makers['entity']['get']> },
    }
    return { drafts, fields, labels, makers }
  }, [cards, webforms.data, model, index])
  const { drafts, fields, labels, makers } = known
  const called = (text: Text, name: string): string => textIn(text, i18n.language, name)

  const fieldChoices = (entity: string): readonly ValueField[] =>
    [...fields(entity)].map(([name, field]) => {
      const inForce = model.entities.find((one) => one.name === entity)
      const resolved = inForce?.fields.find((one) => one.name === name)
      const raw = isObject(field) ? (field as Json) : {}
      const type = String(raw.type ?? '')
      const options =
        inForce?.pipelines[name] ??
        resolved?.options ??
        (Array.isArray(raw.options) ? raw.options : undefined)
      return {
        ...{ value: name, label: called(field.label as Text, name), type },
        options: options?.filter(isObject).map((one) => ({
          value: String(one.name),
          label: called(one.label as Text, String(one.name)),
        })),
        isPointer: POINTERS.has(type) || resolved?.relation !== undefined || name === 'owner',
        isMany: MANY.has(type),
      }
    })

  return {
    labels,
    makers,
    entities: [...drafts].map(
      ([name, one]): Choice => ({ value: name, label: called(one.label as Text, name) }),
    ),
    fieldChoices,
    entityLabel: (name: string) => called(labels.entity(name), name),
    /** Whether a field of that name, of any entity, holds names of the scenario. */
    pointsTo: (name: string) =>
      name === 'owner' ||
      [...drafts.keys()].some((entity) =>
        POINTERS.has(String((fields(entity).get(name) as Json | undefined)?.type)),
      ),
    /** Records and people with a name before a step. */
    named: (before: number): readonly (Choice & { readonly entity: string })[] =>
      [...namesBefore(definition, before, makers)].map(([name, entity]) => ({
        ...{ value: name, entity },
        label: `${name} · ${called(labels.entity(entity), entity)}`,
      })),
    /** The entity that a step is about. */
    entityOf(at: number): string {
      const step = toldStep(stepsIn(definition)[at] ?? {})
      return (step && entityOfStep(step, namesBefore(definition, at, makers), makers)) ?? ''
    },
    given: ({ entity, values }: DraftGiven): string =>
      valuesText(labels, entity, values, sentenceLanguage(language)),
    /** @returns undefined where it is not finished */
    step(at: number) {
      const step = toldStep(stepsIn(definition)[at] ?? {})
      if (step === undefined) return undefined
      return tellStep(labels, makers, step, namesBefore(definition, at, makers), sentenceLanguage(language))
    },
    unfinished: t('scenarios.unfinished'),
  }
}

export type ScenarioWords = ReturnType<typeof useScenario>
