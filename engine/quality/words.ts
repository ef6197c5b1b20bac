import { textIn } from '../../metadata/text.ts'
import { type Language, type LocalText, type Problem, problemMessage } from '../errors.ts'
import type { CompiledModel } from '../model/compiled.ts'
import type { StagedRecord } from './stage.ts'

/** Both languages by one function. */
export function bothOf(tell: (language: Language) => string): LocalText {
  return { en: tell('en'), 'zh-CN': tell('zh-CN') }
}

const EMPTY: LocalText = { en: 'nothing', 'zh-CN': '空' }
const MAX_LENGTH = 300

/** A value as a person reads it. */
export function valueText(value: unknown, language: Language): string {
  if (value === null || value === undefined) return EMPTY[language]
  if (typeof value === 'string') return language === 'en' ? `“${cut(value)}”` : `「${cut(value)}」`
  if (Array.isArray(value)) {
    if (value.length === 0) return EMPTY[language]
    return cut(value.map((one) => valueText(one, language)).join(language === 'en' ? ', ' : '、'))
  }
  return cut(JSON.stringify(value))
}

function cut(text: string): string {
  const characters = [...text]
  return characters.length > MAX_LENGTH ? `${characters.slice(0, MAX_LENGTH).join('')}…` : text
}

/** The label of a field, or its name. */
export function fieldText(model: CompiledModel, entity: string, name: string, language: Language): string {
  return textIn(model.entities.get(entity)?.fields.get(name)?.label, language, name)
}

export function entityText(model: CompiledModel, name: string, language: Language): string {
  return textIn(model.entities.get(name)?.label, language, name)
}

/** `Name: “x”, Amount: 3` */
export function valuesText(
  model: CompiledModel,
  entity: string,
  values: Readonly<Record<string, unknown>>,
  language: Language,
): string {
  return Object.entries(values)
    .map(([name, value]) => {
      const label = fieldText(model, entity, name, language)
      return language === 'en'
        ? `${label}: ${valueText(value, language)}`
        : `${label}：${valueText(value, language)}`
    })
    .join(language === 'en' ? ', ' : '，')
}

/** Problems by code, place and message. */
export function problemsText(problems: readonly Problem[], language: Language): string {
  const told = problems.map((fault) => {
    const place = fault.path === '' ? '' : ` ${fault.path}`
    return `${fault.code}${place} ${problemMessage(fault, language)}`
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
