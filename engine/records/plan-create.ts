import type { TypedRule } from '../../metadata/rules/types.ts'
import { rowTestSql } from '../access/row-test-sql.ts'
import { trailCtes } from '../audit/trail.ts'
import type { Problem } from '../errors.ts'
import type { CompiledEntity, CompiledField } from '../model/compiled.ts'
import { computedOf } from '../model/computed.ts'
import { ruleToSql } from '../model/sql/rule-to-sql.ts'
import type { RequestContext } from './context.ts'
import { modelGuard } from './model-moved.ts'
import type { NumberSql } from './numbers.ts'
import { heldCtes } from './ownership.ts'
import { createParameters, keptPlan, type Parameters, type Plan, toPlan } from './parameters.ts'
import { parseSelection } from './parse-selection.ts'
import { recordTarget } from './record-target.ts'
import { groupsKey, type ReferenceGroup, referenceGuards } from './references.ts'
import { ruleTrailCtes } from './ruled-tags-sql.ts'
import { rowJson, type SelectSource, selectSql } from './select.ts'
import { begunCtes, begunStages } from './stage-columns.ts'
import { columnSpecs, isStored } from './store-value.ts'
import { subjectOf } from './webform-subject.ts'
import { brokenSql, isConditional, type WriteCondition, writeConditions } from './write-conditions.ts'
import { computedColumns, hasFormulas, type Relatives, type RowColumn, writtenRow } from './written-row.ts'

/**
 * The statement that creates records: a single one from one open value a column (`columnSlot`), several from `rows`
 * (a list of JSON objects by column). What the audit keeps is in `changes`: the object of the single record, or a
 * list of `{"id","changes"}`.
 * It holds what they point to, writes them, their audit rows, and gives nothing back when
 * the model moved or a referenced record is not there.
 * Open values besides: changes (JSON text), via, version, and those of `referenceGuards`.
 * @param answer whether the created records come back whole, or only their ids
 */
export function planCreate(
  context: RequestContext,
  entity: CompiledEntity,
  groups: readonly ReferenceGroup[],
  numbers: ReadonlyMap<CompiledField, NumberSql>,
  answer: 'record' | 'ids',
): Plan {
  const key = `create ${answer} ${entity.name} ${groupsKey(groups)} ${[...numbers.values()].join(' ')}`
  return keptPlan(context, key, () => buildCreate(context, entity, groups, numbers, answer))
}

function buildCreate(
  context: RequestContext,
  entity: CompiledEntity,
  groups: readonly ReferenceGroup[],
  numbers: ReadonlyMap<CompiledField, NumberSql>,
  answer: 'record' | 'ids',
): Plan {
  const parameters = createParameters()
  const source: SelectSource = { model: context.model, access: context.access, parameters }
  const guards = referenceGuards(source, groups)
  const columns = insertColumns(entity, parameters.actor(), numbers)
  const conditions = [
    modelGuard(context.model.schema, parameters.open('version', 'integer')),
    ...guards.conditions,
  ]
  const judged = judgedRows(source, entity, columns)
  const stored = storedColumnsOf(columns, judged.made)
  const written = [
    ...new Set([...stored.map(({ name }) => name), '"updated_at"', '"version"', '"created_at"']),
  ]
  const ctes = [
    ...guards.ctes,
    `w AS (INSERT INTO ${entity.table} (${stored.map((column) => column.name).join(', ')}) ` +
      `SELECT ${stored.map((column) => column.sql).join(', ')} FROM ${rowsSql(answer, columns, parameters)}${judged.from} ` +
      `WHERE ${[...conditions, ...judged.conditions.map((condition) => condition.sql())].join(' AND ')} RETURNING ${written.join(', ')})`,
    ...begunCtes(source, entity),
    ...heldCtes(source, entity),
    ...changesCtes(answer, parameters),
    // PostgreSQL runs the last of these first: what rules did is told after what brought it about.
    ...ruleTrailCtes(source, entity, {
      ...{ from: 'w', alias: 'w', before: () => undefined, actor: parameters.actor() },
      ...{ request: parameters.open('request', 'uuid'), address: parameters.open('address', 'text') },
    }),
    ...trailCtes({
      schema: context.model.schema,
      from: answer === 'record' ? 'w' : 'c',
      changes: answer === 'record' ? parameters.open('changes', 'json') : 'c.changes',
      entityId: entity.id,
      action: 'create',
      actor: parameters.actor(),
      via: parameters.open('via', 'text'),
      address: parameters.open('address', 'text'),
      request: parameters.open('request', 'uuid'),
      ...subjectOf(context),
      ...(answer === 'record' ? { salt: parameters.open('salt', 'uuid') } : {}),
    }),
  ]
  return toPlan(`WITH ${ctes.join(', ')} ${answerSql(source, entity, answer)}`, parameters)
}

/** What the engine works out takes the place of what was given. */
function storedColumnsOf(given: readonly InsertColumn[], made: readonly RowColumn[]): readonly RowColumn[] {
  const worked = new Set(made.map(({ name }) => name))
  return [...given.filter(({ name }) => !worked.has(name)), ...made]
}

interface JudgedRows {
  /** What stands behind the rows `x`: their records as they will be stored, as `n`. */
  readonly from: string
  readonly conditions: readonly WriteCondition[]
  /** The columns that the engine works out. */
  readonly made: readonly RowColumn[]
}

/** What new records must meet. Links and children are written later: what looks at them is asked then. */
function judgedRows(
  source: SelectSource,
  entity: CompiledEntity,
  columns: readonly InsertColumn[],
  relatives: Relatives = 'held',
): JudgedRows {
  const made = madeColumns(source, entity)
  const isAsked = relatives === 'looked at' || isConditional(source, entity)
  if (!isAsked && !hasFormulas(source, entity)) {
    return { from: '', conditions: [], made: made.beginning }
  }
  // A number is taken once, for the row itself: to rules it is not there yet.
  const given = columns.map(({ name, sql, isNumber }) => ({
    name,
    sql: isNumber === true ? `x.${name}` : sql,
  }))
  const fixed = [
    { name: '"version"', sql: '1' },
    { name: '"deleted_at"', sql: 'NULL::timestamptz' },
  ]
  const said = (column: string) => `x.${column}`
  const rows = { after: 'n', before: undefined, isGiven: () => true, said }
  return {
    from: writtenRow(source, entity, [...given, ...fixed, ...made.beginning], relatives),
    made: [...made.beginning, ...made.formulas],
    conditions: writeConditions(source, entity, rows).filter((condition) => !condition.isDeferred),
  }
}

/** What a new record has where the engine works the value out: nothing points to it yet. */
function madeColumns(source: SelectSource, entity: CompiledEntity) {
  return {
    beginning: [
      ...computedOf(source.model, entity).rollUps.flatMap(({ field, fn }) =>
        columnSpecs(field).map(({ column, sqlType }, part): RowColumn => {
          const isNought = fn === 'average' ? part > 1 : part === 0 && (fn === 'count' || fn === 'sum')
          return { name: column, sql: `${isNought ? '0' : 'NULL'}::${sqlType}` }
        }),
      ),
      ...begunStages(entity),
    ],
    formulas: computedColumns(source, entity).map((name): RowColumn => ({ name, sql: `n.${name}` })),
  }
}

/**
 * The question which conditions new records do not meet: a row per record that misses any, with its id and what
 * `brokenBy` reads, in the order of `problems`. Open values as those of the create itself.
 */
export function planBroken(
  context: RequestContext,
  entity: CompiledEntity,
  answer: 'record' | 'ids',
): { readonly plan: Plan; readonly problems: readonly Problem[] } {
  const parameters = createParameters()
  const source: SelectSource = { model: context.model, access: context.access, parameters }
  const columns = insertColumns(entity, parameters.actor(), new Map())
  const judged = judgedRows(source, entity, columns)
  const text =
    `SELECT b.id, b.flags FROM (SELECT x."id"::text AS id, ${brokenSql(judged.conditions)} AS flags ` +
    `FROM ${rowsSql(answer, columns, parameters)}${judged.from}) b WHERE b.flags ~ '1'`
  return { plan: toPlan(text, parameters), problems: judged.conditions.map(({ problem }) => problem) }
}

/** The question which of some rules hold for a single new record that is not stored, as `w0`, `w1` …; open values as those of its create. */
export function planHolding(
  context: RequestContext,
  entity: CompiledEntity,
  rules: readonly TypedRule[],
): Plan {
  const parameters = createParameters()
  const source: SelectSource = { model: context.model, access: context.access, parameters }
  const columns = insertColumns(entity, parameters.actor(), new Map())
  const { from } = judgedRows(source, entity, columns, 'looked at')
  const target = recordTarget(source, entity, { after: 'n', before: undefined })
  const flags = rules.map((rule, index) => `((${ruleToSql(rule, target)}) IS TRUE) AS w${index}`)
  const text = `SELECT ${flags.join(', ')} FROM ${rowsSql('record', columns, parameters)}${from}`
  return toPlan(text, parameters)
}

/** The rows to insert as a FROM item `x`. */
function rowsSql(answer: 'record' | 'ids', columns: readonly InsertColumn[], parameters: Parameters): string {
  if (answer === 'record') {
    const values = columns.map(
      ({ name, sqlType }) => `${parameters.open(columnSlot(name), sqlType)} AS ${name}`,
    )
    return `(SELECT ${values.join(', ')}) x`
  }
  const typed = columns.map(({ name, sqlType }) => `${name} ${sqlType}`)
  return `json_to_recordset(${parameters.open('rows', 'json')}) AS x(${typed.join(', ')})`
}

/** The open value of a column of a single new record. */
export function columnSlot(column: string): string {
  return `column ${column}`
}

/** A null for every column of a single new record: what is not said is not there. */
export function emptySlots(entity: CompiledEntity): Readonly<Record<string, unknown>> {
  let slots = slotsByEntity.get(entity)
  if (slots === undefined) {
    slots = Object.fromEntries(
      insertColumns(entity, '', new Map()).map(({ name }) => [columnSlot(name), null]),
    )
    slotsByEntity.set(entity, slots)
  }
  return slots
}
const slotsByEntity = new WeakMap<CompiledEntity, Readonly<Record<string, unknown>>>()

/** Several records find theirs by id; a single one has no need to. */
function changesCtes(answer: 'record' | 'ids', parameters: Parameters): readonly string[] {
  if (answer === 'record') return []
  const list = `json_to_recordset(${parameters.open('changes', 'json')}) AS x("id" uuid, "changes" json)`
  return [`c AS (SELECT w."id", w."version", x."changes" FROM w JOIN ${list} ON x."id" = w."id")`]
}

interface InsertColumn {
  /** Quoted. */
  readonly name: string
  /** What goes in, over the row `x`. */
  readonly sql: string
  /** The type under which the row holds it. */
  readonly sqlType: string
  /** Whether it takes the next number of a series. */
  readonly isNumber?: boolean
}

function insertColumns(
  entity: CompiledEntity,
  actor: string,
  numbers: ReadonlyMap<CompiledField, NumberSql>,
): readonly InsertColumn[] {
  const stored = [...entity.fields.values()].filter(
    (field) => isStored(field) && !field.system && field.type.computed === undefined,
  )
  const own = stored.flatMap((field) => columnSpecs(field).map((spec) => ({ field, ...spec })))
  return [
    { name: '"id"', sql: 'x."id"', sqlType: 'uuid' },
    { name: '"created_at"', sql: 'coalesce(x."created_at", now())', sqlType: 'timestamptz' },
    { name: '"updated_at"', sql: 'coalesce(x."updated_at", x."created_at", now())', sqlType: 'timestamptz' },
    { name: '"created_by"', sql: `coalesce(x."created_by", ${actor})`, sqlType: 'uuid' },
    { name: '"updated_by"', sql: `coalesce(x."updated_by", x."created_by", ${actor})`, sqlType: 'uuid' },
    ...own.map(({ field, column, sqlType }) => {
      const number = numbers.get(field)
      const sql = number === undefined ? `x.${column}` : `coalesce(x.${column}, ${number})`
      return { name: column, sql, sqlType, isNumber: number !== undefined }
    }),
    ...(entity.searchFields.length > 0 ? [{ name: '"search"', sql: 'x."search"', sqlType: 'text[]' }] : []),
  ]
}

/** What the client gets back: the record as it may see it; only the id where it is out of its own sight. */
export function answerSql(source: SelectSource, entity: CompiledEntity, answer: 'record' | 'ids'): string {
  if (answer === 'ids') return 'SELECT w."id"::text AS id FROM w'
  const { selection } = parseSelection(source, entity, undefined, undefined)
  const select = selectSql(source, selection, 'w')
  const sight = rowTestSql(source, source.access.entity(entity.name).read, entity, 'w')
  const whole = 'row_to_json(r)::text'
  const json =
    sight === 'true'
      ? whole
      : `CASE WHEN ${sight} THEN ${whole} ELSE json_build_object('id', w."id")::text END`
  return `SELECT w."id"::text AS id, ${json} AS j FROM w ${select.joins.join(' ')} ${rowJson(select)}`
}
