import { pathSql } from '../access/row-test-sql.ts'
import type { CompiledEntity } from '../model/compiled.ts'
import { ruleSettings } from '../model/rule-settings.ts'
import { mainType } from '../model/sql/field-value.ts'
import { resolveField } from '../model/sql/rule-scope.ts'
import type { ColumnSql, RelatedRows, SqlTarget } from '../model/sql/sql-target.ts'
import type { SelectSource } from './select.ts'

/** The rows that a rule of a write looks at, by their aliases. */
export interface RuleRows {
  readonly after: string
  /** Undefined where nothing is stored yet. */
  readonly before: string | undefined
}

/** Where the SQL of a rule goes that sees what is stored, whatever the actor may see. */
export function recordTarget(source: SelectSource, entity: CompiledEntity, rows: RuleRows): SqlTarget {
  const { parameters } = source
  return {
    parameter: parameters.add,
    column: (path) =>
      path[0] === 'before'
        ? storedSql(source, entity, rows.before, path.slice(1))
        : pathSql(source, entity, rows.after, path),
    related: (path, alias) => relatedRows(source, entity, rows.after, path, alias),
    setting: (name) => parameters.add(ruleSettings(source.model.settings)[name], 'text'),
    today: parameters.today,
    now: parameters.now,
    timeZone: parameters.timeZone,
    actorId: parameters.actor,
    actorRoles: parameters.roles,
  }
}

/** A new record had nothing anywhere. */
function storedSql(
  source: SelectSource,
  entity: CompiledEntity,
  alias: string | undefined,
  path: readonly string[],
): ColumnSql {
  if (alias !== undefined) return pathSql(source, entity, alias, path)
  const field = resolveField(source.model, entity, path)?.field
  if (field === undefined) throw new Error(`"${entity.name}.${path.join('.')}" is no field`)
  const sqlType = field.relation?.kind === 'many' ? 'uuid[]' : mainType(field)
  return { sql: `NULL::${sqlType}`, sqlType }
}

/** The live records that point to the row, or to a relative of it. */
function relatedRows(
  source: SelectSource,
  entity: CompiledEntity,
  row: string,
  path: readonly string[],
  alias: string,
): RelatedRows {
  const way = path.slice(0, -1)
  const lookup = way.length === 0 ? undefined : resolveField(source.model, entity, way)?.field
  const holder = lookup?.relation?.kind === 'one' ? source.model.entities.get(lookup.relation.to) : entity
  const inverse = holder?.inverses.find((one) => one.name === path.at(-1))
  const pointing = inverse === undefined ? undefined : source.model.entities.get(inverse.from)
  const field = inverse === undefined ? undefined : pointing?.fields.get(inverse.field)
  if (pointing === undefined || field === undefined) throw new Error(`"${path.join('.')}" is no relation`)
  const id = way.length === 0 ? `${row}."id"` : pathSql(source, entity, row, way).sql
  const points =
    field.relation?.kind === 'many'
      ? `EXISTS (SELECT FROM ${field.linkTable} k WHERE k."record" = ${alias}."id" AND k."target" = ${id})`
      : `${alias}.${field.columns[0]} = ${id}`
  return {
    from: () => `${pointing.table} ${alias}`,
    where: `${points} AND ${alias}."deleted_at" IS NULL`,
    order: [`${alias}."created_at"`, `${alias}."id"`],
    id: `${alias}."id"`,
    column: (inner) => pathSql(source, pointing, alias, inner),
  }
}
