import { CHARTS } from '../../metadata/report-shape.ts'
import { textIn } from '../../metadata/text.ts'
import type { ReportDefinition } from '../../metadata/types.ts'
import type { CompiledField } from '../model/compiled.ts'
import type { RequestContext } from '../records/context.ts'
import { listRecords } from '../records/list.ts'
import type { GroupKey } from '../records/parse-aggregate.ts'
import { reachField } from '../records/row-source.ts'
import { figuresOf, funnelOf, totalOf } from './figures-of.ts'
import type { ReportQuestion } from './parse-question.ts'
import { type Figure, type ParsedReport, parseReport, rowLimit } from './parse-report.ts'
import type { ReportFigures } from './report-answer.ts'
import { timeAxis } from './time-axis.ts'

const LISTED = 200
const LISTED_AT_FIRST = 50

/** A report worked out for somebody, as the API answers it. */
export async function runReport(
  context: RequestContext,
  definition: ReportDefinition,
  question: ReportQuestion,
) {
  const report = parseReport(context, definition, question)
  const base = { ...presentReport(context, report), asOf: context.now().toISOString() }
  if (report.shape === 'list') return { ...base, ...(await listedRecords(context, report)) }
  const figures =
    report.shape === 'funnel' ? await funnelOf(context, report) : await figuresOf(context, report)
  const before =
    report.filterBefore === undefined ? undefined : await totalOf(context, report, report.filterBefore)
  return {
    ...base,
    ...figures,
    ...(before === undefined ? {} : { before: { ...before, ...report.period!.before } }),
    axis: isTruncated(report, figures) ? null : timeAxis(context, report, figures.rows),
    truncated: isTruncated(report, figures),
  }
}

export type ReportAnswer = Awaited<ReturnType<typeof runReport>>

function isTruncated({ definition, shape }: ParsedReport, { rowCount }: ReportFigures): boolean {
  return shape !== 'funnel' && rowCount > rowLimit(definition)
}

/** What a report is made of, in the viewer's language. */
export function presentReport(context: RequestContext, report: ParsedReport) {
  const { language } = context.actor
  const { definition, entity, shape } = report
  return {
    name: definition.name,
    label: textIn(definition.label, language, definition.name),
    entity: entity.name,
    shape,
    chart: { type: CHARTS[shape][0], ...definition.chart },
    rowGroups: report.rows.map((group) => presentGroup(context, report, group)),
    columnGroups: report.columns.map((group) => presentGroup(context, report, group)),
    figures: report.figures.map((figure) => presentFigure(context, report, figure)),
    parameters: (definition.parameters ?? []).map((path) => ({
      path,
      label: pathLabel(context, report, path),
    })),
    filter: report.filter ?? null,
    period:
      definition.period === undefined
        ? null
        : {
            field: definition.period.field,
            label: pathLabel(context, report, definition.period.field),
            name: report.periodName ?? null,
            from: report.period?.range.from ?? null,
            to: report.period?.range.to ?? null,
          },
    trend: definition.trend === true,
    belongsTo: definition.belongsTo ?? null,
  }
}

function presentGroup(context: RequestContext, report: ParsedReport, { path, bucket, field }: GroupKey) {
  const label = pathLabel(context, report, path)
  return { path, label, bucket: bucket ?? null, type: field.definition.type }
}

function presentFigure(context: RequestContext, report: ParsedReport, figure: Figure) {
  const { name, fn, definition } = figure
  const label = textIn(definition.label, context.actor.language, figureWords(context, report, figure))
  return { name, label, fn, format: definition.format ?? formatOf(figure) }
}

const COUNTED = {
  en: {
    count: 'Records',
    count_distinct: 'Different',
    sum: 'Sum of',
    avg: 'Average',
    min: 'Least',
    max: 'Most',
    share: 'Share',
  },
  'zh-CN': {
    count: '记录数',
    count_distinct: '去重',
    sum: '合计',
    avg: '平均',
    min: '最小',
    max: '最大',
    share: '占比',
  },
} as const

function figureWords(context: RequestContext, report: ParsedReport, { fn, path }: Figure): string {
  const { language } = context.actor
  const word = COUNTED[language][fn]
  if (path === undefined) return word
  const field = pathLabel(context, report, path)
  return language === 'en' ? `${word} ${field.toLowerCase()}` : `${field}${word}`
}

function formatOf({ fn, field }: Figure): 'number' | 'money' | 'percent' | 'value' {
  if (fn === 'share') return 'percent'
  if (fn === 'count' || fn === 'count_distinct' || field === undefined) return 'number'
  if (field.definition.type === 'currency') return 'money'
  if (field.definition.type === 'percent') return 'percent'
  return field.ruleType === 'number' ? 'number' : 'value'
}

/** The labels along a path: `Account / Region`. */
function pathLabel(context: RequestContext, { entity }: ParsedReport, path: string): string {
  const names = path.split('.')
  const labels = names.map((name, index) => {
    const field: CompiledField | undefined = reachField(
      context,
      entity,
      names.slice(0, index + 1).join('.'),
    )?.field
    return field === undefined ? name : textIn(field.label, context.actor.language, name)
  })
  return labels.join(' / ')
}

async function listedRecords(context: RequestContext, report: ParsedReport) {
  const { definition, entity, filter } = report
  const paths = definition.list ?? []
  const expand = paths.filter((path) => reachField(context, entity, path)?.field.relation?.kind === 'one')
  const answer = await listRecords(context, entity.name, {
    ...(filter === undefined ? {} : { filter }),
    ...(definition.sort === undefined ? {} : { sort: definition.sort.join(',') }),
    fields: ['id', ...paths].join(','),
    ...(expand.length === 0 ? {} : { expand: expand.join(',') }),
    limit: Math.min(definition.limit ?? LISTED_AT_FIRST, LISTED),
    count: 'exact',
  })
  const { data, count } = JSON.parse(answer.body) as { data: readonly unknown[]; count: number }
  const total = report.figures.length === 0 ? undefined : await totalOf(context, report, filter)
  return {
    fields: paths.map((path) => ({ path, label: pathLabel(context, report, path) })),
    records: data,
    total: total ?? { values: {}, filter },
    rowCount: count,
    truncated: count > data.length,
  }
}
