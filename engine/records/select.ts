import { textIn } from '../../metadata/text.ts'
import { type Access, isKnownField } from '../access/access.ts'
import { rowTestSql } from '../access/row-test-sql.ts'
import type { CompiledEntity, CompiledField } from '../model/compiled.ts'
import { type CellSource, deciding, HIDDEN_RECORD, shownJson, shownValue } from './cells.ts'
import type { Selection } from './parse-selection.ts'

/** What a selection needs to become SQL. */
export type SelectSource = CellSource

/** The SQL that turns a row into its JSON: `joins` stand behind the row's own FROM item. */
export interface SelectSql {
  /** Select items with their names, for a sub-select whose row becomes the JSON object. */
  readonly items: readonly string[]
  readonly joins: readonly string[]
}

// json_build_object takes 100 arguments.
const MAX_BUILD_PAIRS = 50

/**
 * The select items and joins of a selection over a row with the given alias.
 * Related records pass the read predicate of their own entity; what does not pass comes out hidden.
 */
export function selectSql(source: SelectSource, selection: Selection, alias: string): SelectSql {
  const joins: string[] = []
  const items = selection.fields.map(
    (field) => `${fieldJson(source, field, selection, alias, joins)} AS ${quote(field.name)}`,
  )
  return { items, joins }
}

/** The JSON of a row as text, through a lateral sub-select so that names and order are kept. */
export function rowJson(select: SelectSql): string {
  return `CROSS JOIN LATERAL (SELECT ${select.items.join(', ')}) r`
}

/** The columns that a selection reads from its own row, and those that decide what of it is shown. */
export function columnsOf(access: Access, entity: CompiledEntity, selection: Selection): ReadonlySet<string> {
  const columns = new Set<string>(['"id"'])
  for (const field of selection.fields) {
    for (const column of [...field.columns, ...deciding(access, entity, field)]) columns.add(column)
  }
  if (entity.titleField !== undefined) for (const column of entity.titleField.columns) columns.add(column)
  return columns
}

/** The JSON of a field as the actor may see it in this row. */
function fieldJson(
  source: SelectSource,
  field: CompiledField,
  selection: Selection,
  alias: string,
  joins: string[],
): string {
  const whole = wholeJson(source, field, selection, alias, joins)
  return shownJson(source, selection.entity, field, alias, whole)
}

function wholeJson(
  source: SelectSource,
  field: CompiledField,
  selection: Selection,
  alias: string,
  joins: string[],
): string {
  const isExpanded = selection.expand.has(field.name)
  const relation = field.relation
  if (relation?.kind === 'many')
    return linkedJson(source, field, relation.to, alias, selection.expand.get(field.name))
  if (relation?.kind === 'children')
    return childrenJson(source, relation, alias, selection.expand.get(field.name))
  if (relation?.kind === 'dynamic') return dynamicJson(source, field, relation.to, alias, joins, isExpanded)
  if (relation?.kind === 'one') {
    const target = source.model.entities.get(relation.to)
    const inner = selection.expand.get(field.name)
    if (target !== undefined && inner !== undefined)
      return lookupJson(source, field, target, inner, alias, joins)
    if (target !== undefined && needsCover(source, target))
      return coveredJson(source, field, target, alias, joins)
  }
  return plainJson(field, alias)
}

/**
 * Whether an id itself must be hidden where its record is. Not for people: who owns or made a record is part of
 * the record, and an actor without any right on users still finds its own. Nor for files: who reads the record that
 * names one in a field reads the file.
 */
function needsCover(source: SelectSource, target: CompiledEntity): boolean {
  return target.name !== 'user' && !isHeld(target) && source.access.entity(target.name).read !== 'all'
}

/** Whether its records are read by the right of those that name them. */
function isHeld({ name }: CompiledEntity): boolean {
  return name === 'file'
}

/** The id of a lookup, hidden where the actor may not read the record that it names. */
function coveredJson(
  source: SelectSource,
  field: CompiledField,
  target: CompiledEntity,
  alias: string,
  joins: string[],
): string {
  const column = `${alias}.${field.columns[0]}`
  const joined = `${alias}_${joins.length}`
  joins.push(lookupJoin(source, target, column, joined))
  return `CASE WHEN ${column} IS NOT NULL AND ${joined}."id" IS NULL THEN ${HIDDEN_RECORD} ELSE to_json(${column}) END`
}

/** The value of a field from its own columns. */
export function plainJson(field: CompiledField, alias: string): string {
  const columns = field.columns.map((column) => `${alias}.${column}`)
  return field.type.json?.(columns, field.definition, `${alias}."id"`) ?? columns[0]!
}

/** The join to the record that a lookup points to, in sight of the actor only. */
export function lookupJoin(
  source: SelectSource,
  target: CompiledEntity,
  column: string,
  alias: string,
): string {
  const scope = isHeld(target) ? 'all' : source.access.entity(target.name).read
  const predicate = rowTestSql(source, scope, target, alias)
  return `LEFT JOIN ${target.table} ${alias} ON ${alias}."id" = ${column} AND ${alias}."deleted_at" IS NULL AND ${predicate}`
}

function lookupJson(
  source: SelectSource,
  field: CompiledField,
  target: CompiledEntity,
  inner: Selection,
  alias: string,
  joins: string[],
): string {
  const column = `${alias}.${field.columns[0]}`
  const joined = `${alias}_${joins.length}`
  joins.push(lookupJoin(source, target, column, joined))
  const object = recordObject(source, target, inner, joined, joins)
  const pools = pooledJson(source, field, column)
  return `CASE WHEN ${column} IS NULL THEN NULL${pools} WHEN ${joined}."id" IS NULL THEN ${HIDDEN_RECORD} ELSE ${object} END`
}

/** An owner that is a pool goes by the pool's name, in the language of the workspace. */
function pooledJson({ model }: SelectSource, field: CompiledField, column: string): string {
  if (field.id !== 'owner') return ''
  const branches = [...model.translated.pool.values()].map(({ id, name, label }) => {
    const shown = literal(textIn(label, model.settings.language, name))
    return ` WHEN ${column} = '${id}'::uuid THEN json_build_object('id', ${column}, 'label', ${shown}, 'pool', ${literal(name)})`
  })
  return branches.join('')
}

/** `{"id","label",…}` of a related row. */
function recordObject(
  source: SelectSource,
  target: CompiledEntity,
  inner: Selection,
  alias: string,
  joins: string[],
): string {
  const pairs: [string, string][] = [
    ['id', `${alias}."id"`],
    ['label', labelSql(source, target, alias)],
  ]
  for (const field of inner.fields) {
    if (field.name === 'id' || field.name === 'label') continue
    pairs.push([field.name, fieldJson(source, field, inner, alias, joins)])
  }
  if (pairs.length <= MAX_BUILD_PAIRS) {
    return `json_build_object(${pairs.map(([name, sql]) => `${literal(name)}, ${sql}`).join(', ')})`
  }
  return `(SELECT row_to_json(x) FROM (SELECT ${pairs.map(([name, sql]) => `${sql} AS ${quote(name)}`).join(', ')}) x)`
}

/** The SQL text by which those know a record who see its title. */
export function plainLabel(entity: CompiledEntity, alias: string): string {
  const title = entity.titleField
  if (title === undefined) return `${alias}."id"::text`
  return `coalesce((${plainJson(title, alias)})::text, ${alias}."id"::text)`
}

/** The SQL text by which the actor knows a record. */
export function labelSql(source: SelectSource, entity: CompiledEntity, alias: string): string {
  const title = entity.titleField
  if (title === undefined) return `${alias}."id"::text`
  if (isHeld(entity)) return plainLabel(entity, alias)
  const text = shownValue(source, entity, title, alias, `(${plainJson(title, alias)})::text`)
  return `coalesce(${text}, ${alias}."id"::text)`
}

/** The ids of the linked records in sight, or the records themselves. Aliases grow with the depth: none is shadowed. */
function linkedJson(
  source: SelectSource,
  field: CompiledField,
  to: string,
  alias: string,
  inner: Selection | undefined,
): string {
  const target = source.model.entities.get(to)
  if (target === undefined || field.linkTable === undefined) return 'NULL::json'
  const [link, linked] = [`${alias}l`, `${alias}m`]
  const predicate = rowTestSql(source, source.access.entity(to).read, target, linked)
  const joins: string[] = []
  const value = inner === undefined ? `${linked}."id"` : recordObject(source, target, inner, linked, joins)
  return (
    `(SELECT coalesce(json_agg(${value} ORDER BY ${linked}."id"), '[]'::json) FROM ${field.linkTable} ${link} ` +
    `JOIN ${target.table} ${linked} ON ${linked}."id" = ${link}."target" ${joins.join(' ')} ` +
    `WHERE ${link}."record" = ${alias}."id" AND ${linked}."deleted_at" IS NULL AND ${predicate})`
  )
}

const MAX_CHILDREN = 500

function childrenJson(
  source: SelectSource,
  relation: { readonly of: string; readonly by: string },
  alias: string,
  inner: Selection | undefined,
): string {
  const child = source.model.entities.get(relation.of)
  const by = child?.fields.get(relation.by)
  if (child === undefined || by === undefined) return 'NULL::json'
  const row = `${alias}c`
  const predicate = rowTestSql(source, source.access.entity(child.name).read, child, row)
  const known = [...child.fields.values()].filter(
    (field) => isPlain(field) && isKnownField(source.access, child, field),
  )
  const selection = inner ?? { entity: child, fields: known, expand: new Map() }
  const joins: string[] = []
  const object = recordObject(source, child, selection, row, joins)
  return (
    `(SELECT coalesce(json_agg(x.j), '[]'::json) FROM (SELECT ${object} AS j FROM ${child.table} ${row} ` +
    `${joins.join(' ')} WHERE ${row}.${by.columns[0]} = ${alias}."id" AND ${row}."deleted_at" IS NULL AND ${predicate} ` +
    `ORDER BY ${row}."id" LIMIT ${MAX_CHILDREN}) x)`
  )
}

function isPlain(field: CompiledField): boolean {
  return (
    field.type.writeOnly !== true && field.relation?.kind !== 'many' && field.relation?.kind !== 'children'
  )
}

/** `{"entity","id"}`, with the label when expanded. The second column holds the target entity's id. */
function dynamicJson(
  source: SelectSource,
  field: CompiledField,
  to: readonly string[],
  alias: string,
  joins: string[],
  isExpanded: boolean,
): string {
  const [id, kind] = field.columns.map((column) => `${alias}.${column}`)
  const targets = to.flatMap((name) => source.model.entities.get(name) ?? [])
  const branches = targets.map((target) => {
    const bare = `'entity', ${literal(target.name)}, 'id', ${id}`
    if (!isExpanded && !needsCover(source, target)) {
      return `WHEN ${literal(target.id)} THEN json_build_object(${bare})`
    }
    const joined = `${alias}_${joins.length}`
    joins.push(`${lookupJoin(source, target, id!, joined)} AND ${kind} = ${literal(target.id)}`)
    const label = isExpanded ? `, 'label', ${labelSql(source, target, joined)}` : ''
    const shown = `json_build_object(${bare}${label})`
    return `WHEN ${literal(target.id)} THEN CASE WHEN ${joined}."id" IS NULL THEN ${HIDDEN_RECORD} ELSE ${shown} END`
  })
  if (branches.length === 0) return 'NULL::json'
  return `CASE ${kind} ${branches.join(' ')} END`
}

function quote(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}

/** A text as an SQL literal; only for names and ids out of the model, never for what a client sent. */
export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}
