import { nearest } from '../../metadata/nearest.ts'
import { measureName, measuresOf, type ReportShape, shapeOf } from '../../metadata/report-shape.ts'
import { checkRule } from '../../metadata/rules/check-rule.ts'
import type { TypedRule } from '../../metadata/rules/types.ts'
import type { ReportDefinition, ReportMeasure } from '../../metadata/types.ts'
import { AppError, didYouMean, type Problem, problem } from '../errors.ts'
import type { CompiledEntity, CompiledField } from '../model/compiled.ts'
import { asGroup } from '../model/kinds/report-check.ts'
import { signedName } from '../model/signed-name.ts'
import { stagePartName } from '../model/stage-fields.ts'
import { sightScope } from '../records/cells.ts'
import { entityFor, type RequestContext } from '../records/context.ts'
import { todayOf } from '../records/parameters.ts'
import type { AggregateSort, GroupKey, MeasureFunction } from '../records/parse-aggregate.ts'
import { unknownField } from '../records/parse-selection.ts'
import { reachField } from '../records/row-source.ts'
import { filterCondition } from '../records/sealed-filter.ts'
import { allOf, rangeRule } from './drill.ts'
import type { ReportQuestion } from './parse-question.ts'
import { type Period, type PeriodName, periodOf } from './period.ts'

/** One figure of a report, for one viewer. */
export interface Figure {
  readonly name: string
  readonly fn: MeasureFunction | 'share'
  readonly path: string | undefined
  readonly field: CompiledField | undefined
  readonly value: TypedRule | undefined
  readonly filter: TypedRule | undefined
  readonly definition: ReportMeasure
}

/** A funnel's stages, and the field that tells which of them a record ever reached. */
export interface FunnelKey {
  readonly stages: readonly string[]
  readonly field: CompiledField
  readonly reached: CompiledField
}

/** A report as it is asked for by somebody: fields found, the time chosen, rules checked. */
export interface ParsedReport {
  readonly definition: ReportDefinition
  readonly entity: CompiledEntity
  readonly shape: ReportShape
  readonly rows: readonly GroupKey[]
  readonly columns: readonly GroupKey[]
  readonly figures: readonly Figure[]
  readonly funnel: FunnelKey | undefined
  readonly sort: readonly AggregateSort[]
  /** Which records it goes over, as the records API takes it; undefined: all. */
  readonly filter: unknown
  /** The same for the period before, where it is compared with that. */
  readonly filterBefore: unknown
  readonly period: Period | undefined
  readonly periodName: PeriodName | undefined
}

const MAX_ROWS = 1000

export function rowLimit({ limit = MAX_ROWS }: ReportDefinition): number {
  return limit
}

/**
 * @throws AppError with every problem: what the viewer may not know is unknown here as everywhere
 */
export function parseReport(
  context: RequestContext,
  definition: ReportDefinition,
  question: ReportQuestion,
): ParsedReport {
  const entity = entityFor(context, definition.entity)
  const problems: Problem[] = []
  const find = (path: string, at: string): CompiledField | undefined => {
    const field = reachField(context, entity, path)?.field
    if (field === undefined) problems.push(unknownField(context, entity, path, at))
    return field
  }
  const groupsOf = (key: 'rows' | 'columns'): GroupKey[] =>
    (definition[key] ?? []).flatMap((written, index) => {
      const { field: path, bucket } = asGroup(written)
      const field = find(path, `/${key}/${index}`)
      return field === undefined ? [] : [{ name: path, path, field, bucket }]
    })
  const rows = groupsOf('rows')
  const columns = groupsOf('columns')
  const figures = measuresOf(definition).flatMap((measure, index) =>
    parseFigure(context, entity, measure, `/measures/${index}`, problems, find),
  )
  for (const [index, path] of (definition.list ?? []).entries()) find(path, `/list/${index}`)
  const funnel = parseFunnel(entity, definition, find)
  const { settings } = context.model
  const periodName = question.period ?? definition.period?.default ?? 'all'
  const field = definition.period === undefined ? undefined : find(definition.period.field, '/period/field')
  const period =
    typeof periodName === 'string' ? periodOf(periodName, todayOf(context), settings) : periodName
  const within = (range: Period['range'] | undefined) =>
    field === undefined || range === undefined
      ? undefined
      : rangeRule(definition.period!.field, field, range, settings)
  const narrowed = parseNarrowing(definition, question, find, problems)
  if (problems.length > 0) throw new AppError(problems)
  const filter = allOf([definition.filter, within(period?.range), ...narrowed])
  filterCondition(context, entity, filter)
  const isCompared = definition.compare === true && field !== undefined && period !== undefined
  return {
    ...{ definition, entity, shape: shapeOf(definition), rows, columns, figures, funnel, filter },
    sort: (definition.sort ?? []).map((text) => {
      const { name, sign } = signedName(text)
      return { name, descending: sign === '-' }
    }),
    filterBefore: isCompared ? allOf([definition.filter, within(period.before), ...narrowed]) : undefined,
    period: field === undefined ? undefined : period,
    periodName: field === undefined || typeof periodName !== 'string' ? undefined : periodName,
  }
}

type Find = (path: string, at: string) => CompiledField | undefined

function parseFigure(
  context: RequestContext,
  entity: CompiledEntity,
  measure: ReportMeasure,
  at: string,
  problems: Problem[],
  find: Find,
): readonly Figure[] {
  const scope = sightScope(context, entity)
  const checked = (key: 'filter' | 'value', expected: 'condition' | 'number') => {
    const rule = measure[key]
    if (rule === undefined) return undefined
    const found = checkRule(rule, scope, expected)
    problems.push(...found.problems.map((fault) => ({ ...fault, path: `${at}/${key}${fault.path}` })))
    return found.typed
  }
  const { fn, field: path } = measure
  const field = path === undefined ? undefined : find(path, `${at}/field`)
  if (path !== undefined && field === undefined) return []
  const [filter, value] = [checked('filter', 'condition'), checked('value', 'number')]
  return [{ name: measureName(measure), fn, path, field, value, filter, definition: measure }]
}

function parseFunnel(
  entity: CompiledEntity,
  { funnel }: ReportDefinition,
  find: Find,
): FunnelKey | undefined {
  if (funnel === undefined) return undefined
  const field = find(funnel.field, '/funnel/field')
  const reached = find(stagePartName(funnel.field, 'ever_reached'), '/funnel/field')
  const stages = entity.pipelines.get(funnel.field)?.stages ?? []
  if (field === undefined || reached === undefined) return undefined
  const shown = stages.filter(({ name, type }) => funnel.stages?.includes(name) ?? type !== 'lost')
  const order = funnel.stages ?? shown.map(({ name }) => name)
  return { stages: order.filter((name) => shown.some((one) => one.name === name)), field, reached }
}

/** What the viewer narrows the report by: each a list of values of one of its parameters. */
function parseNarrowing(
  definition: ReportDefinition,
  { where }: ReportQuestion,
  find: Find,
  problems: Problem[],
): readonly unknown[] {
  const known = definition.parameters ?? []
  return Object.entries(where).flatMap(([path, values]) => {
    const at = `/where/${path}`
    if (!known.includes(path)) {
      const hint = didYouMean(nearest(path, known))
      problems.push(problem('QUERY_FIELD_UNKNOWN', at, { params: { name: path }, ...(hint && { hint }) }))
      return []
    }
    if (find(path, at) === undefined) return []
    return [narrowingRule(path, values)]
  })
}

/** The rule that a field has one of some values; null stands for none. */
export function narrowingRule(path: string, values: readonly unknown[]): unknown {
  const some = values.filter((value) => value !== null)
  const parts = [
    ...(some.length === 0 ? [] : [{ in: [{ var: path }, some] }]),
    ...(some.length === values.length ? [] : [{ '==': [{ var: path }, null] }]),
  ]
  return parts.length === 1 ? parts[0] : { or: parts }
}
