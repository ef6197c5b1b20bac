import { textIn } from '../../metadata/text.ts'
import { type LocalText, type Problem, problem } from '../errors.ts'
import type { CompiledEntity, CompiledField } from '../model/compiled.ts'
import type { Parameters } from './parameters.ts'

/** A field whose options depend on the value of another. */
interface Dependence {
  readonly field: CompiledField
  readonly parent: CompiledField
  /** By option, what it stands under; undefined where it fits everywhere. */
  readonly under: ReadonlyMap<string, string | undefined>
}

const known = new WeakMap<CompiledEntity, readonly Dependence[]>()

/** The fields of an entity whose options depend on another's value. */
function dependencesOf(entity: CompiledEntity): readonly Dependence[] {
  let found = known.get(entity)
  if (found === undefined) {
    found = [...entity.fields.values()].flatMap((field): readonly Dependence[] => {
      const name = field.definition.dependsOn
      const parent = typeof name === 'string' ? entity.fields.get(name) : undefined
      if (parent === undefined || field.options === undefined) return []
      return [{ field, parent, under: new Map(field.options.map((option) => [option.name, option.under])) }]
    })
    known.set(entity, found)
  }
  return found
}

type Values = ReadonlyMap<CompiledField, unknown>

/** The options that do not belong to what is chosen above them. @param values of the record as it will be stored */
export function unfitOptions(entity: CompiledEntity, values: Values): readonly Problem[] {
  return dependencesOf(entity).flatMap((dependence) => unfitOption(dependence, values))
}

function unfitOption({ field, parent, under }: Dependence, values: Values): readonly Problem[] {
  const value = values.get(field)
  if (typeof value !== 'string' || !under.has(value)) return []
  const above = under.get(value)
  if (above === undefined || above === values.get(parent)) return []
  const params = { field: labelIn(field), parent: labelIn(parent) }
  return [problem('FIELD_OPTION_UNFIT', `/${field.name}`, { params })]
}

function labelIn({ name, label }: CompiledField): LocalText {
  return { en: textIn(label, 'en', name), 'zh-CN': textIn(label, 'zh-CN', name) }
}

/** What of a change does not fit what is stored. @param stored at least `fieldsBeside` */
export function unfitWithStored(entity: CompiledEntity, change: Values, stored: Values): readonly Problem[] {
  const whole = new Map([...stored, ...change])
  return openSides(entity, [...change.keys()]).flatMap((dependence) => unfitOption(dependence, whole))
}

/** What of a change does not fit itself. */
export function unfitOfChange(entity: CompiledEntity, values: Values): readonly Problem[] {
  return dependencesOf(entity)
    .filter(({ field, parent }) => values.has(field) && values.has(parent))
    .flatMap((dependence) => unfitOption(dependence, values))
}

/** The fields that a change of these must be judged with. */
export function fieldsBeside(
  entity: CompiledEntity,
  fields: readonly CompiledField[],
): readonly CompiledField[] {
  return openSides(entity, fields).map(({ field, parent }) => (fields.includes(field) ? parent : field))
}

/** Dependences of which a change says one side alone: the other is what is stored. */
function openSides(entity: CompiledEntity, fields: readonly CompiledField[]): readonly Dependence[] {
  return dependencesOf(entity).filter(
    ({ field, parent }) => fields.includes(field) !== fields.includes(parent),
  )
}

/** The conditions under which the row `t` may get these fields. Open values: those of `fitSlots`. */
export function fitConditions(
  entity: CompiledEntity,
  fields: readonly CompiledField[],
  parameters: Parameters,
): readonly string[] {
  return openSides(entity, fields).map(({ field, parent }) => {
    const fitting = parameters.open(`fit ${field.name}`, 'text[]')
    const other = `t.${(fields.includes(field) ? parent : field).columns[0]}`
    const isEmpty = fields.includes(field) ? '' : `${other} IS NULL OR `
    return `(${isEmpty}${fitting} IS NULL OR (${other} = ANY(${fitting})) IS TRUE)`
  })
}

/** By open value, what the side that is stored may be: a list, or null where it may be anything. */
export function fitSlots(entity: CompiledEntity, values: Values): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    openSides(entity, [...values.keys()]).map(({ field, parent, under }) => {
      const key = `fit ${field.name}`
      if (!values.has(field)) {
        const above = values.get(parent)
        return [key, [...under].filter(([, at]) => at === undefined || at === above).map(([name]) => name)]
      }
      const above = under.get(String(values.get(field)))
      return [key, values.get(field) === null || above === undefined ? null : [above]]
    }),
  )
}
