import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { sentenceLanguage } from '../../metadata/rules/sentence-words.ts'
import { entityOfStep, type Makers } from '../../metadata/scenarios/acts.ts'
import { tellStep } from '../../metadata/scenarios/story.ts'
import { type Labels, valuesText } from '../../metadata/scenarios/values-text.ts'
import type { Text } from '../../metadata/text.ts'
import { useLanguage, useWork } from '../../runtime-ui/kit/model-context.tsx'
import { listWhole } from '../api.ts'
import { isObject, type Json } from '../store/json-value.ts'
import { type Named, useNames } from '../store/use-names.ts'
import { type DraftGiven, namesBefore, stepsIn, toldStep } from './scenario-draft.ts'
import { useValueFields } from './use-value-fields.ts'

/** What a scenario's parts are called and may name, on the model as the draft has it. */
export function useScenario(definition: Json) {
  const { t } = useTranslation()
  const language = sentenceLanguage(useLanguage())
  const { model } = useWork()
  const { drafts, typesOf, isPointer, of } = useValueFields()
  const names = useNames()
  const webforms = useQuery({
    queryKey: ['meta', 'definitions', 'whole', 'webform', model.version],
    queryFn: () => listWhole('webform'),
  })
  const pipelines = useQuery({
    queryKey: ['meta', 'definitions', 'whole', 'pipeline', model.version],
    queryFn: () => listWhole('pipeline'),
  })
  const reports = useQuery({
    queryKey: ['meta', 'definitions', 'whole', 'report', model.version],
    queryFn: () => listWhole('report'),
  })
  const labels: Labels = {
    entity: (name) => names.called('entity', name),
    field: (entity, name) => names.field(entity, name),
    option: (entity, field, value) => names.options(entity, field)?.find((one) => one.value === value)?.label,
    definition: (kind, name) => names.called(kind, name),
    milestone: (entity, name) => milestoneIn(pipelines.data, entity, name)?.label,
  }
  const makers: Makers = {
    webform: { get: (name) => aboutIn(webforms.data, name) },
    report: { get: (name) => aboutIn(reports.data, name) },
    entity: { get: (name) => drafts.get(name) as ReturnType<Makers['entity']['get']> },
  }
  return {
    makers,
    entities: names.of('entity'),
    of: names.of,
    fieldChoices: of,
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

type Whole = Awaited<ReturnType<typeof listWhole>>

/** The entity that a definition is about. */
function aboutIn(all: Whole | undefined, wanted: string): { readonly entity: string } | undefined {
  const entity = all?.find(({ name }) => name === wanted)?.definition.entity
  return typeof entity === 'string' ? { entity } : undefined
}

const objectsIn = (list: unknown): readonly Json[] => (Array.isArray(list) ? list.filter(isObject) : [])

/** A milestone of any stage that an entity's pipelines have. */
function milestoneIn(
  all: Whole | undefined,
  entity: string,
  wanted: string,
): { readonly label?: Text } | undefined {
  return (all ?? [])
    .filter(({ definition }) => definition.entity === entity)
    .flatMap(({ definition }) => objectsIn(definition.stages))
    .flatMap(({ milestones }) => objectsIn(milestones))
    .find(({ name }) => name === wanted)
}

export type ScenarioWords = ReturnType<typeof useScenario>
