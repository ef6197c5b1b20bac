import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { sentenceLanguage } from '../../metadata/rules/sentence-words.ts'
import { entityOfStep, type Makers } from '../../metadata/scenarios/acts.ts'
import { tellStep } from '../../metadata/scenarios/story.ts'
import { type Labels, valuesText } from '../../metadata/scenarios/values-text.ts'
import { useLanguage, useWork } from '../../runtime-ui/kit/model-context.tsx'
import { listWhole } from '../api.ts'
import { fieldsOf } from '../model/model-graph.ts'
import { useEntities } from '../model/use-entities.ts'
import type { Json } from '../store/json-value.ts'
import { type Named, useNames } from '../store/use-names.ts'
import { type DraftGiven, namesBefore, stepsIn, toldStep } from './scenario-draft.ts'

/** A field as a scenario gives it values: as it is in force, and as the draft has it. */
export interface ValueField extends Named {
  readonly type: string
  /** What may be chosen: options or stages. */
  readonly options: readonly Named[] | undefined
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
  const { t } = useTranslation()
  const language = sentenceLanguage(useLanguage())
  const { model } = useWork()
  const { cards } = useEntities()
  const names = useNames()
  const webforms = useQuery({
    queryKey: ['meta', 'definitions', 'whole', 'webform', model.version],
    queryFn: () => listWhole('webform'),
  })
  const drafts = new Map(cards.map(({ name, definition: one }) => [name, one]))
  const labels: Labels = {
    entity: (name) => names.called('entity', name),
    field: (entity, name) => names.field(entity, name),
    option: (entity, field, value) => names.options(entity, field)?.find((one) => one.value === value)?.label,
    connection: (name) => names.called('connection', name),
  }
  const makers: Makers = {
    webform: {
      get(name) {
        const entity = webforms.data?.find((one) => one.name === name)?.definition.entity
        return typeof entity === 'string' ? { entity } : undefined
      },
    },
    entity: { get: (name) => drafts.get(name) as ReturnType<Makers['entity']['get']> },
  }
  const inForce = (entity: string) => model.entities.find(({ name }) => name === entity)
  /** The types of an entity's fields, by name: those in force, and the draft's. */
  const typesOf = (entity: string): ReadonlyMap<string, string> =>
    new Map([
      ...(inForce(entity)?.fields ?? []).map(({ name, type }) => [name, type] as const),
      ...fieldsOf(drafts.get(entity)).map(({ name, type }) => [String(name), String(type)] as const),
    ])
  const isPointer = (entity: string, name: string, type: string | undefined): boolean =>
    name === 'owner' ||
    POINTERS.has(type ?? '') ||
    inForce(entity)?.fields.find((one) => one.name === name)?.relation !== undefined

  return {
    makers,
    entities: names.of('entity'),
    of: names.of,
    fieldChoices: (entity: string): readonly ValueField[] =>
      [...typesOf(entity)].map(([name, type]) => ({
        ...{ value: name, label: names.field(entity, name), type },
        options: names.options(entity, name),
        isPointer: isPointer(entity, name, type),
        isMany: MANY.has(type),
      })),
    entityLabel: (name: string) => names.called('entity', name),
    /** Whether a field of that name, of any entity, holds names of the scenario. */
    pointsTo: (name: string) =>
      [...drafts.keys()].some((entity) => isPointer(entity, name, typesOf(entity).get(name))),
    /** Records and people with a name before a step. */
    named: (before: number): readonly (Named & { readonly entity: string })[] =>
      [...namesBefore(definition, before, makers)].map(([name, entity]) => ({
        ...{ value: name, entity },
        label: `${name} · ${names.called('entity', entity)}`,
      })),
    /** The entity that a step is about. */
    entityOf(at: number): string {
      const step = toldStep(stepsIn(definition)[at] ?? {})
      return (step && entityOfStep(step, namesBefore(definition, at, makers), makers)) ?? ''
    },
    given: ({ entity, values }: DraftGiven): string => valuesText(labels, entity, values, language),
    /** @returns undefined where it is not finished */
    step(at: number) {
      const step = toldStep(stepsIn(definition)[at] ?? {})
      if (step === undefined) return undefined
      return tellStep(labels, makers, step, namesBefore(definition, at, makers), language)
    },
    unfinished: t('scenarios.unfinished'),
  }
}

export type ScenarioWords = ReturnType<typeof useScenario>
