import { describeRule } from '../../metadata/rules/describe-rule.ts'
import type { TypedRule } from '../../metadata/rules/types.ts'
import { type Text, textIn } from '../../metadata/text.ts'
import { type LocalText, problem } from '../errors.ts'
import type { CompiledEntity, CompiledField } from '../model/compiled.ts'
import { entityRules } from '../model/entity-rules.ts'
import type { PipelineChoice, StageGate, WayBack } from '../model/stage-gates.ts'
import { literal, type SelectSource } from './select.ts'
import type { WriteCondition, WrittenRows } from './write-conditions.ts'

/** What the conditions of an entity's writes give to those of its stages. */
export interface ConditionWriting {
  holds(rule: TypedRule): string
  isFilled(field: CompiledField): string
  looksElsewhere(rule: TypedRule): boolean
  isKeptElsewhere(field: CompiledField): boolean
}

/** What a record must meet to move on, to be won or lost, or to be brought back. */
export function stageConditions(
  source: SelectSource,
  entity: CompiledEntity,
  rows: WrittenRows,
  writing: ConditionWriting,
): readonly WriteCondition[] {
  const rules = entityRules(source.model, entity)
  return [
    ...rules.gates
      .filter(({ field }) => rows.isGiven(field))
      .flatMap((gate) => gateConditions(source, entity, gate, rows, writing)),
    ...rules.back
      .filter(({ field }) => rows.isGiven(field))
      .flatMap((back) => (rows.before === undefined ? [] : [backCondition(source, back, rows)])),
    ...rules.choices
      .filter(({ field }) => rows.isGiven(field))
      .map((choice) => choiceCondition(choice, rows, writing)),
  ]
}

/** A record comes into a pipeline only where that is its own by rule; within one it is not asked again. */
function choiceCondition(
  { field, pipeline, stages, must }: PipelineChoice,
  { after, before }: WrittenRows,
  { holds, looksElsewhere }: ConditionWriting,
): WriteCondition {
  const isIn = (alias: string) =>
    `(${alias}.${field.columns[0]} IN (${stages.map(literal).join(', ')})) IS TRUE`
  const comes = before === undefined ? isIn(after) : `(${isIn(after)} AND NOT (${isIn(before)}))`
  return {
    sql: () => `(NOT (${comes}) OR ${holds(must)})`,
    problem: problem('STAGE_PIPELINE_OTHER', `/${field.name}`, {
      params: { pipeline: bothTexts(pipeline.label, pipeline.name) },
    }),
    isDeferred: looksElsewhere(must),
  }
}

function gateConditions(
  source: SelectSource,
  entity: CompiledEntity,
  gate: StageGate,
  rows: WrittenRows,
  { holds, isFilled, looksElsewhere, isKeptElsewhere }: ConditionWriting,
): readonly WriteCondition[] {
  const { field, stage, must } = gate
  const { conditions } = entityRules(source.model, entity)
  const isAsked = () => askedSql(gate, rows)
  const of = { stage: bothTexts(stage.label, stage.name) }
  const fields = gate.requires.map((required): WriteCondition => {
    const visible = conditions.get(required)?.visible
    // What is hidden is not asked for.
    const asked = () => [isAsked(), ...(visible === undefined ? [] : [holds(visible)])].join(' AND ')
    return {
      sql: () => `(NOT (${asked()}) OR ${isFilled(required)})`,
      problem: problem('STAGE_REQUIRES', `/${required.name}`, {
        params: { ...of, field: bothTexts(required.label, required.name) },
      }),
      isDeferred: isKeptElsewhere(required) || (visible !== undefined && looksElsewhere(visible)),
    }
  })
  const milestones = gate.milestones.map((milestone): WriteCondition => {
    const done =
      `EXISTS (SELECT 1 FROM ${source.model.schema}.tenon_milestone ms ` +
      `WHERE ms.record = ${rows.after}."id" AND ms.milestone = ${literal(String(milestone.id))}::uuid)`
    return {
      // A record that is being made has none yet.
      sql: () => (rows.before === undefined ? 'true' : `(NOT ${isAsked()} OR ${done})`),
      problem: problem('STAGE_MILESTONE_OPEN', `/${field.name}`, {
        params: { ...of, milestone: milestone.name, label: bothTexts(milestone.label, milestone.name) },
      }),
      isDeferred: false,
    }
  })
  const musts = must === undefined ? [] : [mustCondition(entity, gate, must)]
  function mustCondition(holder: CompiledEntity, { stage: at }: StageGate, rule: TypedRule): WriteCondition {
    return {
      sql: () => `(NOT ${isAsked()} OR ${holds(rule)})`,
      problem: problem('STAGE_CONDITION_UNMET', `/${field.name}`, {
        params: { ...of, name: at.name, rule: ruleTexts(holder, rule) },
      }),
      isDeferred: looksElsewhere(rule),
    }
  }
  return [...fields, ...milestones, ...musts]
}

/**
 * Whether the write takes the record through the gate. One that begins in a later stage, or comes into the pipeline
 * there, is taken to have passed all open ones that stand before.
 */
function askedSql({ field, stage, into, isLeaving }: StageGate, { after, before }: WrittenRows): string {
  const column = field.columns[0]
  const comes = `${after}.${column} IN (${into.map(literal).join(', ')})`
  if (into.length === 0) return 'false'
  if (before === undefined) return `((${comes}) IS TRUE)`
  const was = `${before}.${column}`
  const goes = isLeaving
    ? `(${was} = ${literal(stage.name)} OR ${was} IS NULL)`
    : `${was} IS DISTINCT FROM ${after}.${column}`
  return `((${comes} AND ${goes}) IS TRUE)`
}

function backCondition(
  { parameters }: SelectSource,
  { field, roles, moves }: WayBack,
  { after, before }: WrittenRows,
): WriteCondition {
  const column = field.columns[0]
  const isMove = moves.map(
    ({ from, to }) =>
      `(${before}.${column} = ${literal(from)} AND ${after}.${column} IN (${to.map(literal).join(', ')}))`,
  )
  return {
    sql: () =>
      `(((${isMove.join(' OR ') || 'false'}) IS NOT TRUE) OR ${parameters.roles()} && ARRAY[${roles.map(literal).join(', ')}]::text[])`,
    problem: problem('STAGE_BACK_DENIED', `/${field.name}`),
    isDeferred: false,
  }
}

export function bothTexts(text: Text | undefined, name: string): LocalText {
  return { en: textIn(text, 'en', name), 'zh-CN': textIn(text, 'zh-CN', name) }
}

/** A rule as a sentence; fields of relatives go by their paths. */
export function ruleTexts(entity: CompiledEntity, rule: TypedRule): LocalText {
  const inLanguage = (language: 'en' | 'zh-CN') =>
    describeRule(
      rule,
      {
        field: (path) => textIn(entity.fields.get(path[0]!)?.label, language, path.join('.')),
        option: (path, option) => {
          const found = entity.fields.get(path[0]!)?.options?.find(({ name }) => name === option)
          return textIn(found?.label, language, option)
        },
      },
      language,
    )
  return { en: inLanguage('en'), 'zh-CN': inLanguage('zh-CN') }
}
