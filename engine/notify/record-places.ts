import { textIn } from '../../metadata/text.ts'
import type { Language } from '../errors.ts'
import type { CompiledEntity, CompiledField, CompiledModel, InverseRelation } from '../model/compiled.ts'
import { type Place, type Places, placeOf } from './places.ts'

/** A record as the API gives it, lookups on the way expanded. */
export type RecordData = Readonly<Record<string, unknown>>

/** The places that a message about records of an entity needs: the fields that it mentions, as a person reads them. */
export function recordPlaces(
  model: CompiledModel,
  entity: CompiledEntity,
  record: RecordData,
  language: Language,
): Places {
  const places = [...entity.fields.values()].flatMap((field): [string, Place][] =>
    Object.hasOwn(record, field.name)
      ? [[field.name, placeIn(model, field, record[field.name], language)]]
      : [],
  )
  return Object.fromEntries(places)
}

/** Places that show the field's label, to look at a message without a record. */
export function samplePlaces(
  model: CompiledModel,
  paths: readonly string[],
  entity: CompiledEntity,
  language: Language,
): Places {
  const first = [...new Set(paths.map((path) => path.split('.')[0] ?? path))]
  const samples = first.flatMap((name): [string, Place][] => {
    const field = entity.fields.get(name)
    if (field === undefined) return []
    const further = paths.flatMap((path) =>
      path.startsWith(`${name}.`) ? [path.slice(name.length + 1)] : [],
    )
    const target = targetOf(model, field)
    const behind = target === undefined ? {} : samplePlaces(model, further, target, language)
    return [[name, { ...placeOf(`[${textIn(field.label, language, name)}]`), behind }]]
  })
  return Object.fromEntries(samples)
}

/** Records that a list shows where there is no record to look at. */
const SAMPLE_ITEMS = 2

/** The same for lists of related records. */
export function sampleLists(
  model: CompiledModel,
  lists: ReadonlyMap<string, readonly string[]>,
  entity: CompiledEntity,
  language: Language,
): Places {
  const places = [...lists].flatMap(([name, paths]): [string, Place][] => {
    const target = model.entities.get(wayOfList(entity, name)?.from ?? '')
    if (target === undefined) return []
    const item = samplePlaces(model, paths, target, language)
    return [[name, listPlace(Array.from({ length: SAMPLE_ITEMS }, () => item))]]
  })
  return Object.fromEntries(places)
}

/** By which field the records of a list point at this one: children, or those of a relation. */
export function wayOfList({ fields, inverses }: CompiledEntity, name: string): InverseRelation | undefined {
  const relation = fields.get(name)?.relation
  if (relation?.kind === 'children')
    return inverses.find(({ from, field }) => from === relation.of && field === relation.by)
  return inverses.find((inverse) => inverse.name === name)
}

/** A list of related records, which has no text of its own. */
export function listPlace(items: readonly Places[]): Place {
  return { text: '', filled: items.length > 0, items }
}

function targetOf(model: CompiledModel, { relation }: CompiledField): CompiledEntity | undefined {
  return relation?.kind === 'one' ? model.entities.get(relation.to) : undefined
}

function placeIn(model: CompiledModel, field: CompiledField, value: unknown, language: Language): Place {
  if (value === null || value === undefined) return placeOf('')
  const target = targetOf(model, field)
  const behind = target === undefined || !isRecord(value) ? {} : recordPlaces(model, target, value, language)
  const text = textOf(model, field, value, language)
  return { text, filled: text !== '' && value !== false && value !== 0, behind }
}

function textOf(model: CompiledModel, field: CompiledField, value: unknown, language: Language): string {
  if (Array.isArray(value)) {
    const separator = language === 'zh-CN' ? '、' : ', '
    return value.map((one) => textOf(model, field, one, language)).join(separator)
  }
  if (isRecord(value)) return typeof value.label === 'string' ? value.label : ''
  const option = field.options?.find(({ name }) => name === value)
  if (option !== undefined) return textIn(option.label, language, option.name)
  return FORMATS[field.type.name]?.(value, language, model) ?? String(value)
}

type Format = (value: unknown, language: Language, model: CompiledModel) => string

const FORMATS: Readonly<Record<string, Format>> = {
  boolean: (value, language) => (language === 'en' ? (value ? 'yes' : 'no') : value ? '是' : '否'),
  date: (value, language) => dateText(`${String(value)}T00:00:00Z`, language, { timeZone: 'UTC' }),
  date_time: (value, language, { settings }) =>
    dateText(String(value), language, { timeStyle: 'short', timeZone: settings.timeZone }),
  percent: (value, language) => numberText(value, language, { style: 'percent', maximumFractionDigits: 2 }),
  currency: (value, language, { settings }) =>
    numberText(value, language, { style: 'currency', currency: settings.currency }),
  integer: (value, language) => numberText(value, language, {}),
  decimal: (value, language) => numberText(value, language, { maximumFractionDigits: 10 }),
}

function dateText(instant: string, language: Language, options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(language, { dateStyle: 'long', ...options }).format(new Date(instant))
}

/** From the digits as they are: a float would round what has more. */
function numberText(value: unknown, language: Language, options: Intl.NumberFormatOptions): string {
  return new Intl.NumberFormat(language, options).format(String(value) as Intl.StringNumericLiteral)
}

function isRecord(value: unknown): value is RecordData {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
