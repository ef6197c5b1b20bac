import { useTranslation } from 'react-i18next'
import { sentenceLanguage } from '../../metadata/rules/sentence-words.ts'
import { entityOfStep, type Makers } from '../../metadata/scenarios/acts.ts'
import { tellStep } from '../../metadata/scenarios/story.ts'
import { figureIn, type Labels, valuesText } from '../../metadata/scenarios/values-text.ts'
import { type Text, textIn } from '../../metadata/text.ts'
import { useLanguage } from '../../runtime-ui/kit/model-context.tsx'
import { isObject, type Json } from '../store/json-value.ts'
import { type Named, useNames } from '../store/use-names.ts'
import { useWhole, type WholeNow } from '../store/use-whole.ts'
import { type DraftGiven, namesBefore, stepsIn, toldStep } from './scenario-draft.ts'
import { useValueFields, type ValueField } from './use-value-fields.ts'

/** What a scenario's parts are called and may name, on the model as the draft has it. */
export function useScenario(definition: Json) {
  const { t } = useTranslation()
  const language = sentenceLanguage(useLanguage())
  const { drafts, typesOf, isPointer, of } = useValueFields()
  const names = useNames()
  const webforms = useWhole('webform')
  const pipelines = useWhole('pipeline')
  const reports = useWhole('report')
  const flows = useWhole('flow')
  const reported = (name: string) =>
    reports.find((one) => one.name === name)?.definition as Reported | undefined
  const labels: Labels = {
    entity: (name) => names.called('entity', name),
    // What no field is called so is a figure or a key of its own.
    field: (entity, name) => {
      const called = names.field(entity, name)
      return called === name ? undefined : called
    },
    option: (entity, field, value) => names.options(entity, field)?.find((one) => one.value === value)?.label,
    definition: (kind, name) => names.called(kind, name),
    milestone: (entity, name) =>
      milestonesIn(pipelines, entity).find((one) => one.name === name)?.label as Text,
    figure: (report, name) => figureIn(reported(report), name),
  }
  const makers: Makers = {
    webform: { get: (name) => aboutIn(webforms, name) },
    report: { get: (name) => aboutIn(reports, name) },
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
    /** The milestones of all stages that records of an entity pass. */
    milestones: (entity: string): readonly Named[] =>
      milestonesIn(pipelines, entity).map(({ name, label }) => namedIn(name, label, language)),
    /** The flows that have a button on records of an entity. */
    buttons: (entity: string): readonly Named[] =>
      flows
        .filter(({ definition: { trigger } }) => isObject(trigger) && trigger.button !== undefined)
        .filter(({ definition: { trigger } }) => entity === '' || (trigger as Json).record === entity)
        .map(({ name, definition: { label } }) => namedIn(name, label, language)),
    /** What tells the rows of a report apart. */
    groups(name: string): readonly ValueField[] {
      const report = reported(name)
      if (report === undefined) return []
      const entity = typeof report.entity === 'string' ? report.entity : ''
      const fields = of(entity)
      return groupsIn(report).map(
        (path) =>
          fields.find(({ value }) => value === path) ?? {
            ...{ value: path, label: names.field(entity, path), type: 'text', options: undefined, to: [] },
            ...{ isPointer: false, isMany: false, isPerson: false, required: false, isSettable: true },
          },
      )
    },
    unfinished: t('scenarios.unfinished'),
  }
}

/** A report as far as stories speak of it. */
type Reported = Json & Parameters<typeof figureIn>[0]

/** By what the rows of a report are told apart: a field, or what is made of one, as it is called in the row. */
const groupsIn = ({ rows, columns }: Json): readonly string[] =>
  [rows ?? [], columns ?? []]
    .flat()
    .flatMap((one) => (typeof one === 'string' ? [one] : isObject(one) ? [String(one.field)] : []))

const namedIn = (name: string, label: unknown, language: string): Named => ({
  value: name,
  label: textIn(label as Text | undefined, language, name),
})

/** The entity that a definition is about. */
function aboutIn(all: readonly WholeNow[], wanted: string): { readonly entity: string } | undefined {
  const entity = all.find(({ name }) => name === wanted)?.definition.entity
  return typeof entity === 'string' ? { entity } : undefined
}

const objectsIn = (list: unknown): readonly Json[] => (Array.isArray(list) ? list.filter(isObject) : [])

/** The milestones of all stages that an entity's pipelines have. */
function milestonesIn(
  pipelines: readonly WholeNow[],
  entity: string,
): readonly (Json & { readonly name: string })[] {
  return pipelines
    .filter(({ definition }) => definition.entity === entity)
    .flatMap(({ definition }) => objectsIn(definition.stages))
    .flatMap(({ milestones }) => objectsIn(milestones))
    .flatMap((one) => (typeof one.name === 'string' ? [{ ...one, name: one.name }] : []))
}

export type ScenarioWords = ReturnType<typeof useScenario>
