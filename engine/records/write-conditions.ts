import type { TypedRule } from '../../metadata/rules/types.ts'
import { textIn } from '../../metadata/text.ts'
import type { ValidationDefinition } from '../../metadata/types.ts'
import { type Problem, problem } from '../errors.ts'
import type { CompiledEntity, CompiledField } from '../model/compiled.ts'
import { type CompiledValidation, entityRules, hasRules } from '../model/entity-rules.ts'
import { ruleToSql } from '../model/sql/rule-to-sql.ts'
import { recordTarget } from './record-target.ts'
import { isKeptElsewhere } from './relations.ts'
import { addsNoneOfRules, ruledFields } from './ruled-tags-sql.ts'
import type { SelectSource } from './select.ts'
import { stageConditions } from './stage-conditions.ts'
import { keyColumns } from './store-value.ts'

/** The rows that the conditions of a write look at. */
export interface WrittenRows {
  /** The alias of the record as it will be stored. */
  readonly after: string
  /** The alias of the record as it is stored now; undefined for a new one. */
  readonly before: string | undefined
  /** Whether a field is given a value by this write. */
  isGiven(field: CompiledField): boolean
  /** SQL of what a given field's column is to hold, before the engine adds to it. */
  said(column: string): string
}

/** Something that a record must meet to be written. */
export interface WriteCondition {
  /** Writes it into the statement: true, false or NULL, which stands for no. */
  sql(): string
  /** What the writer is told otherwise; its path is relative to the record. */
  readonly problem: Problem
  /** Whether it looks at links or children, which are written after the record itself. */
  readonly isDeferred: boolean
}

/** Whether writes of the entity's records must meet any condition: those of others cost nothing. */
export function isConditional(source: Pick<SelectSource, 'model'>, entity: CompiledEntity): boolean {
  return hasRules(entityRules(source.model, entity)) || ruledFields(source, entity).length > 0
}

/**
 * What a write of one record must meet: rules of fields and validations, on the record as it will be stored. They see
 * what is stored, not what the actor sees.
 */
export function writeConditions(
  source: SelectSource,
  entity: CompiledEntity,
  rows: WrittenRows,
): readonly WriteCondition[] {
  const rules = entityRules(source.model, entity)
  const holds = (rule: TypedRule) => isTrue(conditionSql(source, entity, rule, rows))
  const fields = [...rules.conditions].flatMap(([field, said]): WriteCondition[] => {
    const { visible, required, readOnly } = said
    const at = `/${field.name}`
    const mentioned = [visible, required, readOnly].filter((rule) => rule !== undefined)
    const isDeferred = isKeptElsewhere(field) || mentioned.some((rule) => looksElsewhere(entity, rule))
    const asked = [visible, field.required ? undefined : required].filter((rule) => rule !== undefined)
    const conditions: WriteCondition[] = []
    if (field.required || required !== undefined) {
      // What is hidden is not asked for.
      const sql = () =>
        `(NOT (${asked.map(holds).join(' AND ') || 'true'}) OR ${filledSql(source, field, rows.after)})`
      conditions.push({ sql, problem: problem('FIELD_REQUIRED', at), isDeferred })
    }
    if (rows.isGiven(field) && visible !== undefined) {
      const sql = () => `(${holds(visible)} OR ${sameSql(field, rows)})`
      conditions.push({ sql, problem: problem('FIELD_HIDDEN', at), isDeferred })
    }
    if (rows.isGiven(field) && readOnly !== undefined) {
      const sql = () => `(NOT ${holds(readOnly)} OR ${sameSql(field, rows)})`
      conditions.push({ sql, problem: problem('FIELD_LOCKED', at), isDeferred })
    }
    return conditions
  })
  return [
    ...fields,
    ...tagConditions(source, entity, rows),
    ...rules.validations.map((one) => validationCondition(one, entity, holds)),
    ...stageConditions(source, entity, rows, {
      holds,
      isFilled: (field) => filledSql(source, field, rows.after),
      looksElsewhere: (rule) => looksElsewhere(entity, rule),
      isKeptElsewhere,
    }),
  ]
}

/** Nobody gives by hand what rules alone give. */
function tagConditions(
  source: SelectSource,
  entity: CompiledEntity,
  rows: WrittenRows,
): readonly WriteCondition[] {
  return ruledFields(source, entity)
    .filter(({ field }) => rows.isGiven(field))
    .map(({ field, tags }) => {
      const column = field.columns[0]!
      const before = rows.before === undefined ? undefined : `${rows.before}.${column}`
      return {
        sql: () => addsNoneOfRules(rows.said(column), tags, `${rows.after}.${column}`, before),
        problem: problem('FIELD_TAG_BY_RULE', `/${field.name}`, { params: { tags: tags.owned.join(', ') } }),
        isDeferred: false,
      }
    })
}

/** Which conditions are not met, as the text that `brokenBy` reads: a 1 for each that is not, a 0 for each that is. */
export function brokenSql(conditions: readonly WriteCondition[]): string {
  const flags = conditions.map((condition) => `CASE WHEN ${condition.sql()} THEN '0' ELSE '1' END`)
  return `(${flags.join(' || ') || "''"})`
}

/** The problems of the conditions that are not met. @param flags of `brokenSql`; undefined where no row was found */
export function brokenBy(problems: readonly Problem[], flags: string | undefined): readonly Problem[] {
  return problems.filter((_, index) => flags?.[index] === '1')
}

/** Whether a validation looks at links or children. */
export function isDeferred(entity: CompiledEntity, { when, must }: CompiledValidation): boolean {
  return [when, must].some((rule) => rule !== undefined && looksElsewhere(entity, rule))
}

/** What the writer is told who does not meet a validation. */
export function validationProblem(definition: ValidationDefinition): Problem {
  const { field, message } = definition.problem
  const params = {
    validation: definition.name,
    message: {
      en: textIn(message, 'en', definition.name),
      'zh-CN': textIn(message, 'zh-CN', definition.name),
    },
  }
  return problem('RECORD_VALIDATION_FAILED', field === undefined ? '' : `/${field}`, { params })
}

function validationCondition(
  validation: CompiledValidation,
  entity: CompiledEntity,
  holds: (rule: TypedRule) => string,
): WriteCondition {
  const { definition, when, must } = validation
  return {
    sql: () => (when === undefined ? holds(must) : `(NOT ${holds(when)} OR ${holds(must)})`),
    problem: validationProblem(definition),
    isDeferred: isDeferred(entity, validation),
  }
}

function isTrue(sql: string): string {
  return `((${sql}) IS TRUE)`
}

/** Whether a field has a value; a text of blanks is none. */
function filledSql({ model }: SelectSource, field: CompiledField, alias: string): string {
  const { relation } = field
  if (relation?.kind === 'many') {
    return `EXISTS (SELECT 1 FROM ${field.linkTable} fl WHERE fl."record" = ${alias}."id")`
  }
  if (relation?.kind === 'children') {
    const child = model.entities.get(relation.of)
    const by = child?.fields.get(relation.by)?.columns[0]
    const live = `fc."deleted_at" IS NULL AND fc.${by} = ${alias}."id"`
    return child === undefined ? 'false' : `EXISTS (SELECT 1 FROM ${child.table} fc WHERE ${live})`
  }
  const column = `${alias}.${field.columns[0]}`
  const sqlType = field.type.columns(field.definition)[0]?.sqlType ?? ''
  if (sqlType.endsWith('[]')) return `(cardinality(${column}) > 0) IS TRUE`
  return sqlType.startsWith('text') ? `(${column} ~ '\\S') IS TRUE` : `${column} IS NOT NULL`
}

/** Whether a write leaves a field as it is; a new record's as it begins. */
function sameSql(field: CompiledField, rows: WrittenRows): string {
  if (isKeptElsewhere(field)) return 'false'
  const columns = keyColumns(field).map(({ column }) => {
    const before = rows.before === undefined ? 'NULL' : `${rows.before}.${column}`
    return `${rows.after}.${column} IS NOT DISTINCT FROM ${before}`
  })
  return columns.length === 1 ? columns[0]! : `(${columns.join(' AND ')})`
}

function conditionSql(
  source: SelectSource,
  entity: CompiledEntity,
  rule: TypedRule,
  rows: Pick<WrittenRows, 'after' | 'before'>,
): string {
  return ruleToSql(rule, recordTarget(source, entity, rows))
}

function looksElsewhere(entity: CompiledEntity, rule: TypedRule): boolean {
  switch (rule.kind) {
    case 'path': {
      if (rule.type === 'records') return true
      const field = entity.fields.get(rule.path[0]!)
      return field !== undefined && isKeptElsewhere(field)
    }
    case 'fallback':
      return looksElsewhere(entity, rule.value)
    case 'call':
      return rule.arguments.some((argument) => looksElsewhere(entity, argument))
    default:
      return false
  }
}
