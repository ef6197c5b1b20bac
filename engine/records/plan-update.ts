import type { RowTest } from '../access/row-test.ts'
import { rowTestSql } from '../access/row-test-sql.ts'
import { trailCtes, trailKey } from '../audit/trail.ts'
import type { Problem } from '../errors.ts'
import type { CompiledEntity, CompiledField } from '../model/compiled.ts'
import { isConcealed } from '../registry/field-type.ts'
import type { RequestContext } from './context.ts'
import { modelGuard } from './model-moved.ts'
import { fitConditions } from './option-fit.ts'
import { passedCtes } from './ownership.ts'
import { createParameters, keptPlan, type Parameters, type Plan, toPlan } from './parameters.ts'
import { answerSql } from './plan-create.ts'
import { groupsKey, type ReferenceGroup, referenceGuards } from './references.ts'
import { isKeptElsewhere } from './relations.ts'
import { ruledFields, ruleTrailCtes } from './ruled-tags-sql.ts'
import { literal, plainJson, type SelectSource } from './select.ts'
import { movedCtes, movedStages, sinceColumns, stagesIn } from './stage-columns.ts'
import { entryConditions } from './stage-entries.ts'
import { columnSpecs, isStored, keyColumns } from './store-value.ts'
import { subjectOf } from './webform-subject.ts'
import { brokenSql, isConditional, type WriteCondition, writeConditions } from './write-conditions.ts'
import { computedColumns, formulaFields, hasFormulas, writtenRow } from './written-row.ts'

/** What shapes the statement of an update; values and ids stay open. */
export interface UpdateShape {
  readonly fields: readonly CompiledField[]
  readonly groups: readonly ReferenceGroup[]
  /** Whether the update replaces just one version (If-Match, or a check that read the stored record). */
  readonly isVersioned: boolean
  /** Whether the search tokens are written anew. */
  readonly hasTokens: boolean
  /** Links or children change too: the record counts as changed even where no own column does. */
  readonly elsewhere: readonly CompiledField[]
}

/**
 * The statement that changes one record: it takes the row as it stands now, writes what was given, leaves audit
 * and event with what was before and after, and gives nothing back when anything that it was planned on moved.
 * Open values: id, via, version, expected (when versioned), search (when tokens are written), value0.0, value0.1 …
 * by field and column, from0 … (stages from which the new one may be reached), links0 … by field kept elsewhere, and
 * those of `referenceGuards`.
 */
export function planUpdate(context: RequestContext, entity: CompiledEntity, shape: UpdateShape): Plan {
  const names = (fields: readonly CompiledField[]) => fields.map((field) => field.name).join(',')
  const key = `update ${entity.name} ${names(shape.fields)} ${groupsKey(shape.groups)} ${shape.isVersioned} ${shape.hasTokens}`
  return keptPlan(context, key, () => buildUpdate(context, entity, shape))
}

function buildUpdate(context: RequestContext, entity: CompiledEntity, shape: UpdateShape): Plan {
  const parameters = createParameters()
  const source: SelectSource = { model: context.model, access: context.access, parameters }
  const guards = referenceGuards(source, shape.groups)
  const actor = parameters.actor()
  const stored = shape.fields.filter(isStored)
  const isJudged = isConditional(source, entity) || hasFormulas(source, entity)
  const worked = isJudged ? computedColumns(source, entity) : []
  const moved = stagesIn(entity, stored).flatMap(({ kept }) => Object.values(kept))
  const old = isJudged ? allColumns(entity) : new Set([...stored.flatMap((field) => field.columns), ...moved])
  const given = assignedColumns(entity, stored, parameters).filter(({ column }) => !worked.includes(column))
  const assignments = [
    ...given.map(({ column, place }) => `${column} = ${place}`),
    ...worked.map((column) => `${column} = n.${column}`),
    ...(shape.hasTokens ? [`"search" = ${parameters.open('search', 'text[]')}`] : []),
    '"updated_at" = now()',
    `"updated_by" = ${actor}`,
    '"version" = t."version" + 1',
  ]
  const conditions = [
    't."id" = o."id"',
    't."version" = o."version"',
    modelGuard(context.model.schema, parameters.open('version', 'integer')),
    ...guards.conditions,
    ...editConditions(source, entity, shape.fields),
    ...stageConditions(entity, stored, parameters),
    ...fitConditions(entity, shape.fields, parameters),
    ...stored.flatMap((field, at) => entryConditions(source, entity, field, at, parameters)),
    ...(isJudged ? changeConditions(source, entity, shape.fields).map((condition) => condition.sql()) : []),
  ]
  const returned = [...allColumns(entity)].map((column) => `t.${column}`)
  // What it makes of the formulas belongs to the write: what listens for one of them hears of it.
  const told = [...stored, ...formulaFields(source, entity)]
  const kept = new Set([...told, ...ruledFields(source, entity).map(({ field }) => field)])
  const compared = [...[...kept].flatMap((field) => field.columns), ...sinceColumns(entity, stored)]
  const before = [...new Set(compared)].map((column) => `o.${column} AS ${beforeName(column)}`)
  const ctes = [
    ...guards.ctes,
    `o AS (SELECT ${columnsOf('t', new Set(['"id"', '"version"', ...old])).join(', ')} FROM ${entity.table} t ` +
      `WHERE ${touchable(source, entity, 'update', shape.isVersioned).join(' AND ')})`,
    `w AS (UPDATE ${entity.table} t SET ${assignments.join(', ')} FROM o${isJudged ? changedRow(source, entity, stored) : ''} ` +
      `WHERE ${conditions.join(' AND ')} RETURNING ${[...returned, ...before].join(', ')})`,
    ...movedCtes(source, entity, stored, beforeName),
    ...passedCtes(source, entity, stored, beforeName),
    `c AS (SELECT w."id", w."version", ${changesSql(told, shape.elsewhere, parameters)} AS changes FROM w)`,
    // PostgreSQL runs the last of these first: what rules did is told after what brought it about.
    ...ruleTrailCtes(source, entity, {
      ...{ from: 'w', alias: 'w', before: (column) => `w.${beforeName(column)}`, actor },
      ...{ request: parameters.open('request', 'uuid'), address: parameters.open('address', 'text') },
    }),
    ...trailCtes({
      schema: context.model.schema,
      from: 'c',
      changes: 'c.changes',
      entityId: entity.id,
      action: 'update',
      actor,
      via: parameters.open('via', 'text'),
      address: parameters.open('address', 'text'),
      request: parameters.open('request', 'uuid'),
      ...subjectOf(context),
      salt: parameters.open('salt', 'uuid'),
    }),
  ]
  return toPlan(`WITH ${ctes.join(', ')} ${answerSql(source, entity, 'record')}`, parameters)
}

function columnsOf(alias: string, columns: Iterable<string>): readonly string[] {
  return [...columns].map((column) => `${alias}.${column}`)
}

/** Behind the stored row `o`: the row as it will be, as `n`. */
function changedRow(source: SelectSource, entity: CompiledEntity, stored: readonly CompiledField[]): string {
  const assigned = assignedColumns(entity, stored, source.parameters)
  const given = new Map(assigned.map(({ column, place }) => [column, place]))
  const columns = [...allColumns(entity)].map((name) => ({ name, sql: given.get(name) ?? `o.${name}` }))
  return writtenRow(source, entity, columns)
}

/** What a change must meet. Links and children are written later: what looks at them is asked then. */
function changeConditions(
  source: SelectSource,
  entity: CompiledEntity,
  fields: readonly CompiledField[],
): readonly WriteCondition[] {
  const places = new Map(
    assignedColumns(entity, fields.filter(isStored), source.parameters).map(({ column, place }) => [
      column,
      place,
    ]),
  )
  const rows = {
    after: 'n',
    before: 'o',
    isGiven: (field: CompiledField) => fields.includes(field),
    said: (column: string) => places.get(column) ?? 'NULL',
  }
  const isLate = fields.some(isKeptElsewhere)
  return writeConditions(source, entity, rows).filter(({ isDeferred }) => !(isDeferred && isLate))
}

/**
 * The question which conditions a change does not meet: one row with what `brokenBy` reads, in the order of `problems`,
 * none where the record is not there. Open values: id and those of the fields' new values.
 */
export function planBrokenChange(
  context: RequestContext,
  entity: CompiledEntity,
  fields: readonly CompiledField[],
): { readonly plan: Plan; readonly problems: readonly Problem[] } {
  const parameters = createParameters()
  const source: SelectSource = { model: context.model, access: context.access, parameters }
  const conditions = changeConditions(source, entity, fields)
  const text =
    `SELECT ${brokenSql(conditions)} AS flags FROM ` +
    `(SELECT ${columnsOf('t', allColumns(entity)).join(', ')} FROM ${entity.table} t ` +
    `WHERE t."id" = ${parameters.open('id', 'uuid')}) o${changedRow(source, entity, fields.filter(isStored))}`
  return { plan: toPlan(text, parameters), problems: conditions.map(({ problem }) => problem) }
}

/** The conditions under which the actor may do this to the record named by the open value `id`. */
export function touchable(
  source: SelectSource,
  entity: CompiledEntity,
  action: 'update' | 'delete',
  isVersioned: boolean,
): string[] {
  const access = source.access.entity(entity.name)
  const scopes = new Set<RowTest>([access.read, access[action]])
  return [
    `t."id" = ${source.parameters.open('id', 'uuid')}`,
    't."deleted_at" IS NULL',
    ...[...scopes].map((scope) => rowTestSql(source, scope, entity, 't')),
    ...(isVersioned ? [`t."version" = ${source.parameters.open('expected', 'integer')}`] : []),
  ]
}

function assignedColumns(
  entity: CompiledEntity,
  stored: readonly CompiledField[],
  parameters: Parameters,
): readonly { readonly column: string; readonly place: string }[] {
  const given = stored.flatMap((field, at) =>
    columnSpecs(field).map(({ column, sqlType }, part) => ({
      column,
      place: parameters.open(`value${at}.${part}`, sqlType),
    })),
  )
  const places = new Map(given.map(({ column, place }) => [column, place]))
  const moved = movedStages(entity, stored, (field) => places.get(field.columns[0]!)!)
  return [...given, ...moved.map(({ name, sql }) => ({ column: name, place: sql }))]
}

/** Each field must be one that the actor may change in this row as it stands. */
function editConditions(
  source: SelectSource,
  entity: CompiledEntity,
  fields: readonly CompiledField[],
): readonly string[] {
  const conditions = fields.map((field) => editableSql(source, entity, field))
  return [...new Set(conditions)].filter((condition) => condition !== 'true')
}

/** Whether the actor may change a field of the row `t`. */
export function editableSql(source: SelectSource, entity: CompiledEntity, field: CompiledField): string {
  return rowTestSql(source, source.access.entity(entity.name).cell(field).edit, entity, 't')
}

/** A stage may only be reached from where the pipeline says; from nowhere (null) it always may. */
function stageConditions(
  entity: CompiledEntity,
  stored: readonly CompiledField[],
  parameters: Parameters,
): readonly string[] {
  return stored.flatMap((field, at) => {
    if (!entity.pipelines.has(field.name)) return []
    const column = `o.${field.columns[0]}`
    return [`(${column} IS NULL OR ${column} = ANY(${parameters.open(`from${at}`, 'text[]')}))`]
  })
}

/** Every column of the entity's rows that a selection may read. */
function allColumns(entity: CompiledEntity): ReadonlySet<string> {
  return new Set([...entity.fields.values()].flatMap((field) => field.columns))
}

function beforeName(column: string): string {
  return `"before ${column.slice(1)}`
}

/** The jsonb of what really changed: `{"<trail key>": {"before": …, "after": …}}`. */
function changesSql(
  stored: readonly CompiledField[],
  elsewhere: readonly CompiledField[],
  parameters: Parameters,
): string {
  const parts = stored.map((field) => {
    const before = field.columns.map((column) => `w.${beforeName(column)}`)
    const differs = keyColumns(field)
      .map(({ column }, index) => `${before[index]} IS DISTINCT FROM w.${column}`)
      .join(' OR ')
    const change = isConcealed(field.type)
      ? `'{"before":null,"after":null}'::jsonb`
      : `jsonb_build_object('before', ${beforeJson(field, before)}, 'after', ${plainJson(field, 'w')})`
    return `CASE WHEN ${differs} THEN jsonb_build_object(${literal(trailKey(field))}, ${change}) ELSE '{}'::jsonb END`
  })
  const links = elsewhere.map((field, at) => linksSql(field, at, parameters))
  return [...parts, ...links].join(' || ') || `'{}'::jsonb`
}

/** Links before and after; a child list only as changed, since each child keeps its own history. */
function linksSql(field: CompiledField, at: number, parameters: Parameters): string {
  if (field.relation?.kind !== 'many') return `'{"${trailKey(field)}":{}}'::jsonb`
  const before =
    `(SELECT coalesce(jsonb_agg(l."target" ORDER BY l."target"), '[]'::jsonb) ` +
    `FROM ${field.linkTable} l WHERE l."record" = w."id")`
  const after = `to_jsonb(${parameters.open(`links${at}`, 'uuid[]')})`
  return `jsonb_build_object(${literal(trailKey(field))}, jsonb_build_object('before', ${before}, 'after', ${after}))`
}

function beforeJson(field: CompiledField, columns: readonly string[]): string {
  return field.type.json?.(columns, field.definition) ?? columns[0]!
}
