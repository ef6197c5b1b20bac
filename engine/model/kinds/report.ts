import { measureName, measuresOf, shapeOf } from '../../../metadata/report-shape.ts'
import schema from '../../../metadata/schema/report.schema.json' with { type: 'json' }
import type { ReportDefinition, ReportGroup } from '../../../metadata/types.ts'
import { partWith, pipelineOn } from '../pipelines.ts'
import { asName, isRecord, own, pointer } from '../pointer.ts'
import { signedName } from '../signed-name.ts'
import { defineKind, type ModelContext, type Reference, type RulePlace } from './kind-spec.ts'
import { pathReferences, whoReferences } from './mentions.ts'
import { checkReport } from './report-check.ts'
import { ruleReferences } from './rule-mentions.ts'
import { bundleSchema } from './schema.ts'
import { counted, entityCalled, forWhom, sentenceOf } from './sentences.ts'

export const reportKind = defineKind({
  kind: 'report',
  content: true,
  label: { en: 'report', 'zh-CN': '报表' },
  schema: () => bundleSchema(schema),
  lists: [],
  rules: rulePlaces,
  references: (definition, context) => [
    { path: '/entity', to: { kind: 'entity', name: definition.entity } },
    ...whoReferences(definition.for, '/for'),
    ...pathsIn(definition).flatMap(({ field, at, offset = 0 }) =>
      pathReferences(context, definition.entity, field, { at, offset }),
    ),
    ...funnelReferences(definition, context),
    ...ruleReferences(context, definition.entity, definition.filter, '/filter'),
    ...(definition.measures ?? []).flatMap(({ filter, value }, index) => [
      ...ruleReferences(context, definition.entity, filter, pointer('measures', index, 'filter')),
      ...ruleReferences(context, definition.entity, value, pointer('measures', index, 'value')),
    ]),
  ],
  check: checkReport,
  sentence: (definition, context) =>
    sentenceOf(definition, (name, language) => {
      const entity = entityCalled(context, definition.entity, language)
      const people = forWhom(context, definition.for, language)
      const isFiltered = definition.filter !== undefined
      const [rows, columns] = [definition.rows?.length ?? 0, definition.columns?.length ?? 0]
      const figures = definition.measures?.length ?? 1
      const shape = shapeOf(definition)
      if (language === 'en') {
        const of = `${entity}${isFiltered ? ', filtered' : ''}`
        const told = {
          list: `lists ${of}`,
          funnel: `shows how far ${of} came, stage by stage`,
          number: `tells ${counted(figures, 'figure')} about ${of}`,
          summary: `tells ${counted(figures, 'figure')} about ${of} in groups by ${counted(rows, 'field')}`,
          matrix: `tells ${counted(figures, 'figure')} about ${of} in rows by ${counted(rows, 'field')} and columns by ${counted(columns, 'field')}`,
        }
        return `${name} ${told[shape]}${people}.`
      }
      const of = `${isFiltered ? '符合条件的' : ''}${entity}`
      const told = {
        list: `列出${of}记录`,
        funnel: `逐阶段统计${of}曾达的进度`,
        number: `统计${of}的 ${figures} 项数字`,
        summary: `按 ${rows} 个字段分组统计${of}的 ${figures} 项数字`,
        matrix: `按 ${rows} 个行字段和 ${columns} 个列字段统计${of}的 ${figures} 项数字`,
      }
      return `${name}${told[shape]}${people}。`
    }),
})

/** Where a report holds rules; `having` speaks of its own figures and is no rule over records. */
function rulePlaces(definition: unknown): readonly RulePlace[] {
  const entity = asName(own(definition, 'entity'))
  const measures = own(definition, 'measures')
  const count = Array.isArray(measures) ? measures.length : 0
  return [
    { at: ['filter'], entity },
    ...Array.from({ length: count }, (_, index) => [
      { at: ['measures', String(index), 'filter'], entity },
      { at: ['measures', String(index), 'value'], entity },
    ]).flat(),
  ]
}

export interface PlacedPath {
  readonly field: string
  /** JSON pointer to the string. */
  readonly at: string
  /** Where in the string it begins. */
  readonly offset?: number
}

/** Every path of fields that a report names outside its rules. */
function pathsIn(definition: ReportDefinition): readonly PlacedPath[] {
  const plain = (key: 'list' | 'parameters') =>
    (definition[key] ?? []).map((field, index) => ({ field, at: pointer(key, index) }))
  return [
    ...plain('list'),
    ...plain('parameters'),
    ...groupPaths(definition.rows, 'rows'),
    ...groupPaths(definition.columns, 'columns'),
    ...(definition.measures ?? []).flatMap(({ field }, index) =>
      field === undefined ? [] : [{ field, at: pointer('measures', index, 'field') }],
    ),
    ...(definition.period === undefined ? [] : [{ field: definition.period.field, at: '/period/field' }]),
    ...(definition.funnel === undefined ? [] : [{ field: definition.funnel.field, at: '/funnel/field' }]),
    ...sortPaths(definition),
    ...havingPaths(definition),
    ...(definition.chart?.measure === undefined
      ? []
      : mentioned(definition, definition.chart.measure, '/chart/measure')),
  ]
}

function groupPaths(
  groups: readonly (string | ReportGroup)[] | undefined,
  key: string,
): readonly PlacedPath[] {
  return (groups ?? []).map((group, index) =>
    typeof group === 'string'
      ? { field: group, at: pointer(key, index) }
      : { field: group.field, at: pointer(key, index, 'field') },
  )
}

/** A list is sorted by fields; groups by what they are grouped by, or by figures, whose names may be made of a field's. */
function sortPaths(definition: ReportDefinition): readonly PlacedPath[] {
  return (definition.sort ?? []).flatMap((text, index) => {
    const { name, offset } = signedName(text)
    return mentioned(definition, name, pointer('sort', index), offset)
  })
}

/** As much of a report as says what its figures are called. */
export type ReportFigures = Pick<ReportDefinition, 'list' | 'rows' | 'columns' | 'measures'>

/** What the name of a group, a figure or a column of a list says of fields. */
function mentioned(definition: ReportFigures, name: string, at: string, offset = 0): readonly PlacedPath[] {
  const groups = [...groupPaths(definition.rows, 'rows'), ...groupPaths(definition.columns, 'columns')].map(
    ({ field }) => field,
  )
  const measure = measuresOf(definition).find((one) => measureName(one) === name)
  if (measure?.field !== undefined && measure.name === undefined)
    return [{ field: measure.field, at, offset: offset + measure.fn.length + 1 }]
  return measure === undefined && (definition.list !== undefined || groups.includes(name))
    ? [{ field: name, at, offset }]
    : []
}

/** The same from elsewhere: whether there is such a figure is judged there. */
export function figureReferences(
  context: ModelContext,
  entity: string,
  report: ReportFigures,
  name: string,
  place: Pick<Reference, 'inKey'> & { readonly at: string },
): readonly Reference[] {
  const { at, inKey } = place
  return mentioned(report, name, at).flatMap(({ field, offset = 0 }) =>
    pathReferences(context, entity, field, { at, offset, inRule: true }).map((one) => ({
      ...one,
      ...(inKey === undefined ? {} : { inKey }),
    })),
  )
}

/** The mentions in the rule over a report's own figures. */
function havingPaths(definition: ReportDefinition): readonly PlacedPath[] {
  const walk = (node: unknown, at: string): readonly PlacedPath[] => {
    if (Array.isArray(node)) return node.flatMap((part, index) => walk(part, at + pointer(index)))
    if (!isRecord(node)) return []
    const { var: name } = node
    if (typeof name === 'string') return mentioned(definition, name, `${at}/var`)
    return Object.entries(node).flatMap(([key, part]) => walk(part, at + pointer(key)))
  }
  return walk(definition.having, '/having')
}

function funnelReferences(
  { entity, funnel }: ReportDefinition,
  { definitions }: ModelContext,
): readonly Reference[] {
  const pipeline = funnel === undefined ? undefined : pipelineOn(definitions, entity, funnel.field)
  if (pipeline === undefined) return []
  return (funnel?.stages ?? []).map((stage, index) => ({
    path: pointer('funnel', 'stages', index),
    to: { kind: 'pipeline', name: partWith(pipeline, stage).name, item: stage },
  }))
}
