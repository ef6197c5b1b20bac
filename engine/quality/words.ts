import { placeText } from '../../metadata/scenarios/reasons.ts'
import { cut, figureIn, type Labels } from '../../metadata/scenarios/values-text.ts'
import { type Language, type Problem, problemMessage } from '../errors.ts'
import type { CompiledModel } from '../model/compiled.ts'
import { isKind } from '../model/definition-set.ts'
import type { StagedRecord } from './stage.ts'

/** What a model calls the things that scenarios mention. */
export const labelsOf = (model: CompiledModel): Labels => ({
  entity: (name) => model.entities.get(name)?.label,
  field: (entity, name) => model.entities.get(entity)?.fields.get(name)?.label,
  option: (entity, name, value) =>
    model.entities
      .get(entity)
      ?.fields.get(name)
      ?.options?.find((one) => one.name === value)?.label,
  definition: (kind, name) => (isKind(kind) ? model.definitions[kind].get(name)?.label : undefined),
  milestone: (entity, name) =>
    [...model.definitions.pipeline.values()]
      .filter((one) => one.entity === entity)
      .flatMap(({ stages }) => stages)
      .flatMap(({ milestones = [] }) => milestones)
      .find((one) => one.name === name)?.label,
  figure: (report, name) => figureIn(model.definitions.report.get(report), name),
})

/** Problems by their message, each with the field that it is about. */
export function problemsText(
  model: CompiledModel,
  entity: string,
  problems: readonly Problem[],
  language: Language,
): string {
  const labels = labelsOf(model)
  const told = problems.map((fault) => {
    const place = placeText(labels, entity, fault.path, language)
    const message = problemMessage(fault, language)
    if (place === '') return message
    return language === 'en' ? `${place}: ${message}` : `${place}：${message}`
  })
  return cut(told.join(language === 'en' ? ' ' : ''))
}

/** Ids in a value as the names by which the scenario knows their records. */
export function withNames(names: ReadonlyMap<string, StagedRecord>, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((one) => withNames(names, one))
  const id = typeof value === 'object' && value !== null && 'id' in value ? value.id : value
  for (const [name, record] of names) if (record.id === id) return name
  return value
}
