import { rowTestSql } from '../access/row-test-sql.ts'
import { actorTeamsSql } from '../access/team-sql.ts'
import type { CompiledEntity, CompiledField } from '../model/compiled.ts'
import { ruleSettings } from '../model/rule-settings.ts'
import { fieldValueSql } from '../model/sql/field-value.ts'
import { resolveField } from '../model/sql/rule-scope.ts'
import type { ColumnSql, RelatedRows } from '../model/sql/sql-target.ts'
import { knownFields, type Sight, seenSql, shownValue } from './cells.ts'
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
  /** Whether the actor sees what stands at the end of a path; also where nothing stands there. */
  seen(path: string): string
  /** The main column of the field at the end of a path, as it is stored: for sorting and paging. */
  column(path: string): string
  /** Whether the value at the end of a path is there for every row that the actor sees. */
  isNeverNull(path: string): boolean
  /** The records that point here by the relation at the end of a path, as the actor sees them. */
  related(path: readonly string[], alias: string): RelatedRows
  /** The teams that the actor is in or leads. */
  actorTeams(): ColumnSql
  /** A setting of the workspace. */
  setting(name: string): string
  /** @param table what stands for the rows of the entity: a query for some of them */
  from(table?: string): string
}

/** @param join what the names of joined tables begin with: no two sources of a statement share one */
export function createRowSource(
  source: SelectSource,
  entity: CompiledEntity,
  alias: string,
  join = 'j',
): RowSource {
  const joins = new Map<string, { alias: string; sql: string }>()
  const joined = (names: readonly string[]): { alias: string; entity: CompiledEntity } => {
    if (names.length === 0) return { alias, entity }
    const key = names.join('.')
    const parent = joined(names.slice(0, -1))
    const field = parent.entity.fields.get(names.at(-1)!)
    const target = field?.relation?.kind === 'one' ? source.model.entities.get(field.relation.to) : undefined
    if (field === undefined || target === undefined) throw new Error(`"${key}" does not lead to a record`)
    let found = joins.get(key)
    if (found === undefined) {
      const name = `${join}${joins.size}`
      const way = shownValue(
        source,
        parent.entity,
        field,
        parent.alias,
        `${parent.alias}.${field.columns[0]}`,
      )
      found = { alias: name, sql: lookupJoin(source, target, way, name) }
      joins.set(key, found)
    }
    return { alias: found.alias, entity: target }
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
    seen(path) {
      const names = path.split('.')
      return names
        .flatMap((name, index) => {
          const holder = joined(names.slice(0, index))
          const field = holder.entity.fields.get(name)!
          const seen = seenSql(source, holder.entity, field, holder.alias)
          const next = index < names.length - 1 ? joined(names.slice(0, index + 1)) : undefined
          const isThere =
            next && `(${holder.alias}.${field.columns[0]} IS NULL OR ${next.alias}."id" IS NOT NULL)`
          return [`(${holder.alias}."id" IS NULL OR ${seen})`, ...(isThere === undefined ? [] : [isThere])]
        })
        .join(' AND ')
    },
    column(path) {
      const { alias: at, entity: holder, field } = reach(path)
      return shownValue(source, holder, field, at, `${at}.${field.columns[0]}`)
    },
    related(path, name) {
      const holder = joined(path.slice(0, -1))
      return relatedRows(source, holder, path.at(-1)!, name)
    },
    actorTeams: () => ({ sql: `ARRAY(${actorTeamsSql(source)})`, sqlType: 'uuid[]', notNull: true }),
    setting: (name) => source.parameters.add(ruleSettings(source.model.settings)[name], 'text'),
    from: (table = entity.table) =>
      [`${table} ${alias}`, ...[...joins.values()].map((one) => one.sql)].join(' '),
  }
}

/** The rows that point to a row by one of its inverses; where the actor does not see that they do, they do not. */
function relatedRows(
  source: SelectSource,
  holder: { readonly alias: string; readonly entity: CompiledEntity },
  name: string,
  alias: string,
): RelatedRows {
  const inverse = holder.entity.inverses.find((one) => one.name === name)
  const pointing = inverse === undefined ? undefined : source.model.entities.get(inverse.from)
  const field = inverse === undefined ? undefined : pointing?.fields.get(inverse.field)
  if (pointing === undefined || field === undefined) throw new Error(`"${name}" is no relation`)
  const rows = createRowSource(source, pointing, alias, `${alias}j`)
  return {
    from: rows.from,
    where: `${pointsTo(source, pointing, field, alias, `${holder.alias}."id"`)} AND ${sightPredicate(source, pointing, alias, false)}`,
    order: [`${alias}."created_at"`, `${alias}."id"`],
    id: `${alias}."id"`,
    column: (path) => rows.value(path.join('.')),
  }
}

function pointsTo(
  source: SelectSource,
  pointing: CompiledEntity,
  field: CompiledField,
  alias: string,
  id: string,
): string {
  if (field.relation?.kind === 'one') {
    return `${shownValue(source, pointing, field, alias, `${alias}.${field.columns[0]}`)} = ${id}`
  }
  const linked = `EXISTS (SELECT FROM ${field.linkTable} k WHERE k."record" = ${alias}."id" AND k."target" = ${id})`
  return shownValue(source, pointing, field, alias, linked)
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
