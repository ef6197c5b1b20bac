import { pathSql } from '../access/row-test-sql.ts'
import type { CompiledEntity, CompiledField } from '../model/compiled.ts'
import { type CompiledFormula, computedOf } from '../model/computed.ts'
import { type FaultTarget, faultToSql } from '../model/sql/fault-to-sql.ts'
import { resolveField } from '../model/sql/rule-scope.ts'
import { ruleToSql, ruleValueToSql } from '../model/sql/rule-to-sql.ts'
import { allTags, givenByRules } from './ruled-tags-sql.ts'
import type { SelectSource } from './select.ts'
import { columnSpecs } from './store-value.ts'

/** A column of a row under construction: quoted, with the SQL of its value. */
export interface RowColumn {
  readonly name: string
  readonly sql: string
}

/** Whether the engine works out any of the entity's values from others of the same record or its relatives. */
export function hasFormulas(source: Pick<SelectSource, 'model'>, entity: CompiledEntity): boolean {
  return computedOf(source.model, entity).formulas.length > 0
}

/** The fields whose values formulas give; tags that rules give are told of by themselves. */
export function formulaFields(
  source: Pick<SelectSource, 'model'>,
  entity: CompiledEntity,
): readonly CompiledField[] {
  const { formulas } = computedOf(source.model, entity)
  return formulas.flatMap(({ field, tags }) => (tags === undefined ? [field] : []))
}

/** What becomes of the relatives that formulas look at: nothing is held by who does not write. */
export type Relatives = 'held' | 'looked at'

/**
 * The record as it will be stored as a FROM item `n` behind others: the columns given, and the entity's formulas, each
 * worked out once. Relatives are held, so that one who changes them meanwhile works this record out anew afterwards.
 */
export function writtenRow(
  source: SelectSource,
  entity: CompiledEntity,
  columns: readonly RowColumn[],
  relatives: Relatives = 'held',
): string {
  const { formulas } = computedOf(source.model, entity)
  // Tags are given by people as well: what they said stands in the row until the rules' tags come to it.
  const computed = new Set(formulas.flatMap(({ field, tags }) => (tags === undefined ? field.columns : [])))
  const given = columns.filter(({ name }) => !computed.has(name))
  const items = given.map(({ name, sql }) => `${sql} AS ${name}`)
  let names = given.map(({ name }) => name)
  let text = ` CROSS JOIN LATERAL (SELECT ${items.join(', ')}) ${formulas.length === 0 ? 'n' : 'n0'}`
  for (const [index, formula] of formulas.entries()) {
    const [from, made] = [`n${index}`, `r${index}`]
    const to = index === formulas.length - 1 ? 'n' : `n${index + 1}`
    const { raw, own } = formulaSql(source, entity, formula, from, made, relatives)
    const others = names.filter((name) => !own.some((column) => column.name === name))
    const kept = others.map((name) => `${from}.${name}`)
    const worked = own.map(({ name, sql }) => `${sql} AS ${name}`)
    // OFFSET keeps the planner from writing a formula's text wherever its value is asked for.
    text += ` CROSS JOIN LATERAL (SELECT ${raw} OFFSET 0) ${made}`
    text += ` CROSS JOIN LATERAL (SELECT ${[...kept, ...worked].join(', ')} OFFSET 0) ${to}`
    names = [...others, ...own.map(({ name }) => name)]
  }
  return text
}

/** The columns that the engine works out itself, quoted. @param only of these fields; undefined: of all */
export function computedColumns(
  source: Pick<SelectSource, 'model'>,
  entity: CompiledEntity,
  only?: ReadonlySet<CompiledField>,
): readonly string[] {
  const { formulas } = computedOf(source.model, entity)
  return formulas.flatMap(({ field }) => (only === undefined || only.has(field) ? field.columns : []))
}

/**
 * A formula over the row `alias`: what its rule gives, with why it gives nothing, and over that as `made` the columns of
 * its field.
 */
function formulaSql(
  source: SelectSource,
  entity: CompiledEntity,
  formula: CompiledFormula,
  alias: string,
  made: string,
  relatives: Relatives,
): { readonly raw: string; readonly own: readonly RowColumn[] } {
  const target = formulaTarget(source, entity, alias, relatives)
  if (formula.tags !== undefined) {
    const name = formula.field.columns[0]!
    const sql = allTags(`${alias}.${name}`, `${made}.v`, formula.tags)
    return { raw: `${givenByRules(formula.tags, target)} AS v`, own: [{ name, sql }] }
  }
  const { field, rule } = formula
  const [value, error] = columnSpecs(field)
  const given =
    field.ruleType === 'boolean' ? `((${ruleToSql(rule, target)}) IS TRUE)` : ruleValueToSql(rule, target).sql
  const fault = faultToSql(rule, target) ?? 'NULL::text'
  const { sql, beyond } = fitted(source, entity, field, `${made}.v`, value!.sqlType)
  const range = beyond === undefined ? '' : ` WHEN ${beyond} THEN 'out_of_range'`
  const reason = `(CASE WHEN ${made}.e IS NOT NULL THEN ${made}.e${range} END)`
  return {
    raw: `${given} AS v, ${fault} AS e`,
    own: [
      { name: value!.column, sql: `(CASE WHEN ${reason} IS NULL THEN ${sql} END)` },
      { name: error!.column, sql: reason },
    ],
  }
}

/** JSON numbers of more digits do not come back as they went out. */
const MOST_DIGITS = 15

/** A value as its column takes it, and when it does not: numbers are rounded, halves away from zero. */
function fitted(
  source: SelectSource,
  entity: CompiledEntity,
  field: CompiledField,
  raw: string,
  sqlType: string,
): { readonly sql: string; readonly beyond: string | undefined } {
  if (field.ruleType !== 'number') return { sql: `(${raw})::${sqlType}`, beyond: undefined }
  const schema = field.type.valueSchema(field.definition, source.model.fieldContext(entity.name))
  const scale = typeof schema['x-decimals'] === 'number' ? schema['x-decimals'] : 0
  const rounded = `round((${raw})::numeric, ${scale})`
  return {
    sql: `${rounded}::${sqlType}`,
    beyond: `abs(${rounded}) >= 1e${MOST_DIGITS - scale}`,
  }
}

function formulaTarget(
  source: SelectSource,
  entity: CompiledEntity,
  alias: string,
  relatives: Relatives,
): FaultTarget {
  const { parameters } = source
  return {
    parameter: parameters.add,
    column: (path) => pathSql(source, entity, alias, path, relatives === 'held' ? 'FOR SHARE' : undefined),
    today: parameters.today,
    now: parameters.now,
    timeZone: parameters.timeZone,
    actorId: parameters.actor,
    actorRoles: parameters.roles,
    fault(path) {
      const found = resolveField(source.model, entity, path)
      if (found?.field.type.computed === undefined) return undefined
      return pathSql(source, entity, alias, path, undefined, 1).sql
    },
  }
}
