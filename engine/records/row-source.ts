import { rowTestSql } from '../access/row-test-sql.ts'
import type { CompiledEntity, CompiledField } from '../model/compiled.ts'
import { fieldValueSql } from '../model/sql/field-value.ts'
import { resolveField } from '../model/sql/rule-scope.ts'
import type { ColumnSql } from '../model/sql/sql-target.ts'
import { knownFields, type Sight, shownValue } from './cells.ts'
import { lookupJoin, type SelectSource } from './select.ts'

/**
 * The field at the end of a dotted path (`stage`, `account.region`, `account.owner.name`), or undefined.
 * Fields that the actor may never read are unknown here as everywhere.
 */
export function reachField(
  { model, access }: Sight,
  entity: CompiledEntity,
  path: string,
): { readonly field: CompiledField; readonly entity: CompiledEntity } | undefined {
  return resolveField(model, entity, path.split('.'), knownFields(access))
}

/** The FROM part of a statement over one entity; lookups are joined as paths ask for them, each once. */
export interface RowSource {
  readonly alias: string
  /** What rules see of the field at the end of a path, as SQL. */
  value(path: string): ColumnSql
  /** The main column of the field at the end of a path, as it is stored: for sorting and paging. */
  column(path: string): string
  /** Whether the value at the end of a path is there for every row that the actor sees. */
  isNeverNull(path: string): boolean
  from(): string
}

export function createRowSource(source: SelectSource, entity: CompiledEntity, alias: string): RowSource {
  const joins = new Map<string, { alias: string; sql: string }>()
  const joined = (names: readonly string[]): { alias: string; entity: CompiledEntity } => {
    if (names.length === 0) return { alias, entity }
    const key = names.join('.')
    const parent = joined(names.slice(0, -1))
    const field = parent.entity.fields.get(names.at(-1)!)
    const target = field?.relation?.kind === 'one' ? source.model.entities.get(field.relation.to) : undefined
    if (field === undefined || target === undefined) throw new Error(`"${key}" does not lead to a record`)
    let join = joins.get(key)
    if (join === undefined) {
      const name = `j${joins.size}`
      const way = shownValue(
        source,
        parent.entity,
        field,
        parent.alias,
        `${parent.alias}.${field.columns[0]}`,
      )
      join = { alias: name, sql: lookupJoin(source, target, way, name) }
      joins.set(key, join)
    }
    return { alias: join.alias, entity: target }
  }
  const reach = (path: string): { alias: string; entity: CompiledEntity; field: CompiledField } => {
    const names = path.split('.')
    const end = joined(names.slice(0, -1))
    const field = end.entity.fields.get(names.at(-1)!)
    if (field === undefined) throw new Error(`"${path}" is no field`)
    return { alias: end.alias, entity: end.entity, field }
  }
  const isNeverNull = (path: string, field: CompiledField) =>
    field.notNull && !path.includes('.') && source.access.entity(entity.name).cell(field).see === 'all'
  return {
    alias,
    isNeverNull: (path) => isNeverNull(path, reach(path).field),
    value(path) {
      const { alias: at, entity: holder, field } = reach(path)
      const { sql, sqlType } = ruleValue(source, field, at)
      return { sql: shownValue(source, holder, field, at, sql), sqlType, notNull: isNeverNull(path, field) }
    },
    column(path) {
      const { alias: at, entity: holder, field } = reach(path)
      return shownValue(source, holder, field, at, `${at}.${field.columns[0]}`)
    },
    from: () => [`${entity.table} ${alias}`, ...[...joins.values()].map((join) => join.sql)].join(' '),
  }
}

/** What rules see of a field; a many-to-many is the list of the ids that it links, as far as they are in sight. */
function ruleValue(source: SelectSource, field: CompiledField, alias: string): ColumnSql {
  if (field.relation?.kind === 'many')
    return { sql: linkedIds(source, field, field.relation.to, alias), sqlType: 'uuid[]' }
  return fieldValueSql(field, alias)
}

function linkedIds(source: SelectSource, field: CompiledField, to: string, alias: string): string {
  const target = source.model.entities.get(to)
  if (target === undefined) return "'{}'::uuid[]"
  return (
    `(SELECT array_agg(l."target") FROM ${field.linkTable} l JOIN ${target.table} m ON m."id" = l."target" ` +
    `WHERE l."record" = ${alias}."id" AND ${sightPredicate(source, target, 'm', false)})`
  )
}

/** Live records, or those in the bin. */
export function binPredicate(alias: string, isBin: boolean): string {
  return `${alias}."deleted_at" IS ${isBin ? 'NOT NULL' : 'NULL'}`
}

/** Which rows a request may touch at all: live (or binned) ones within the actor's read scope. */
export function sightPredicate(
  source: SelectSource,
  entity: CompiledEntity,
  alias: string,
  isBin: boolean,
): string {
  const live = binPredicate(alias, isBin)
  const read = rowTestSql(source, source.access.entity(entity.name).read, entity, alias)
  return read === 'true' ? live : `${live} AND ${read}`
}
