import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { sentenceLanguage } from '../../metadata/rules/sentence-words.ts'
import { entityOfStep, type Makers } from '../../metadata/scenarios/acts.ts'
import { tellStep } from '../../metadata/scenarios/story.ts'
import { type Labels, valuesText } from '../../metadata/scenarios/values-text.ts'
import { useLanguage, useWork } from '../../runtime-ui/kit/model-context.tsx'
import { listWhole } from '../api.ts'
import type { Json } from '../store/json-value.ts'
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

export type ScenarioWords = ReturnType<typeof useScenario>
