import { cut, type Labels } from '../../metadata/scenarios/values-text.ts'
import { type Language, type Problem, problemMessage } from '../errors.ts'
import type { CompiledModel } from '../model/compiled.ts'
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
  connection: (name) => model.definitions.connection.get(name)?.label,
})

/** Problems by their message; code and place, by which a scenario expects them, stand behind it. */
export function problemsText(problems: readonly Problem[], language: Language): string {
  const told = problems.map((fault) => {
    const place = fault.path === '' ? '' : ` ${fault.path}`
    const message = problemMessage(fault, language)
    return language === 'en' ? `${message} (${fault.code}${place})` : `${message}（${fault.code}${place}）`
  })
  return cut(told.join(language === 'en' ? ' · ' : '；'))
}

/** Ids in a value as the names by which the scenario knows their records. */
export function withNames(names: ReadonlyMap<string, StagedRecord>, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((one) => withNames(names, one))
  const id = typeof value === 'object' && value !== null && 'id' in value ? value.id : value
  for (const [name, record] of names) if (record.id === id) return name
  return value
}
