import { textIn } from '../../metadata/text.ts'
import type { Entity, View, ViewColumn } from '../../runtime-ui/api/types.ts'
import { fieldAt } from '../../runtime-ui/values/references.ts'
import { asObject } from '../canvas/short-form.ts'
import { isObject, type Json } from '../store/json-value.ts'
import { entriesOf, namesIn, typeOf } from './view-edit.ts'

const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined

/** A view as the lists draw it, of its definition; what is half written is left out. */
export function viewIn(definition: Json, language: string): View {
  const name = textOf(definition.name) ?? ''
  const texts = Array.isArray(definition.sort) ? definition.sort : []
  const [group, lanes] = [textOf(definition.group), textOf(definition.lanes)]
  const [date, until] = [textOf(definition.date), textOf(definition.until)]
  return {
    name,
    label: textIn(definition.label as Parameters<typeof textIn>[0], language, name),
    type: typeOf(definition),
    columns: entriesOf(definition).map((entry) => asObject(entry) as unknown as ViewColumn),
    sort: texts.filter((one) => typeof one === 'string'),
    ...(group === undefined ? {} : { group }),
    ...(lanes === undefined ? {} : { lanes }),
    ...(date === undefined ? {} : { date }),
    ...(until === undefined ? {} : { until }),
    ...(isObject(definition.limits) ? { limits: definition.limits as Record<string, number> } : {}),
    ...(typeof definition.frozen === 'number' ? { frozen: definition.frozen } : {}),
    ...(isObject(definition.filter) ? { filter: definition.filter } : {}),
  }
}

/** What records are asked for, and what of the view has none yet. */
export interface Asked {
  readonly view: View
  /** Columns that no record has: shown empty. */
  readonly fresh: readonly string[]
  /** The filter asks for what no record has: all are shown. */
  readonly isUnfiltered: boolean
}

/**
 * The part of a view that can be asked of the records in force: fields that only the draft has are no question yet.
 * @param known the entity in force, as the person may know it
 * @param drawn the same as the draft has it
 */
export function askedOf(view: View, entities: readonly Entity[], known: Entity, drawn: Entity): Asked {
  const isKnown = (path: string): boolean => fieldAt(entities, known, path) !== undefined
  const inForce = new Set(known.fields.map(({ name }) => name))
  const drafted = new Set(drawn.fields.map(({ name }) => name).filter((name) => !inForce.has(name)))
  const isUnfiltered = namesIn(view.filter).some((path) => drafted.has(path.split('.')[0] ?? ''))
  const { filter: _filter, group, lanes, date, until, ...rest } = view
  return {
    view: {
      ...rest,
      columns: view.columns.filter(({ field }) => isKnown(field)),
      sort: view.sort.filter((text) => isKnown(text.replace(/^-/, ''))),
      ...(group !== undefined && isKnown(group) ? { group } : {}),
      ...(lanes !== undefined && isKnown(lanes) ? { lanes } : {}),
      ...(date !== undefined && isKnown(date) ? { date } : {}),
      ...(until !== undefined && isKnown(until) ? { until } : {}),
      ...(view.filter === undefined || isUnfiltered ? {} : { filter: view.filter }),
    },
    fresh: view.columns.map(({ field }) => field).filter((field) => !isKnown(field)),
    isUnfiltered,
  }
}
