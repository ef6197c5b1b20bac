import { nearest } from '../../../metadata/nearest.ts'
import { CHARTS, measureName, measuresOf, shapeOf } from '../../../metadata/report-shape.ts'
import { checkRule } from '../../../metadata/rules/check-rule.ts'
import { namedScope } from '../../../metadata/rules/scopes.ts'
import type { RuleScope, RuleType, ScopeEntry } from '../../../metadata/rules/types.ts'
import type { ReportDefinition, ReportGroup, ReportMeasure } from '../../../metadata/types.ts'
import { didYouMean, type LocalText, type Problem, problem } from '../../errors.ts'
import { pipelineOn } from '../pipelines.ts'
import { pointer } from '../pointer.ts'
import { signedName } from '../signed-name.ts'
import { endOfPath, followPath, type PlacedField } from './follow.ts'
import type { ModelContext } from './kind-spec.ts'
import { filterScope } from './rule-scope.ts'

/** Faults of a report beyond shape and references. */
export function checkReport(definition: ReportDefinition, context: ModelContext): readonly Problem[] {
  if (!context.definitions.entity.has(definition.entity)) return []
  return [
    ...checkKeys(definition),
    ...checkGroups(definition, context),
    ...checkList(definition, context),
    ...checkPeriod(definition, context),
    ...checkParameters(definition, context),
    ...checkFunnel(definition, context),
    ...measuresOf(definition).flatMap((measure, index) =>
      checkMeasure(measure, definition.entity, context, pointer('measures', index)),
    ),
    ...checkNames(definition),
    ...ruleProblems(definition.filter, filterScope(context, definition.entity), 'condition', '/filter'),
    ...checkHaving(definition, context),
    ...checkSort(definition, context),
    ...checkChart(definition),
  ]
}

/** Keys of one shape that another does not have. */
function checkKeys(definition: ReportDefinition): readonly Problem[] {
  const shape = shapeOf(definition)
  const unfit: Readonly<Record<typeof shape, readonly (keyof ReportDefinition)[]>> = {
    list: ['rows', 'columns', 'funnel', 'having', 'compare', 'trend'],
    number: ['having', 'sort', 'limit'],
    summary: [],
    matrix: definition.rows === undefined ? ['columns'] : [],
    funnel: ['rows', 'columns', 'having', 'sort', 'limit', 'compare'],
  }
  const needsPeriod = definition.compare === true && definition.period === undefined
  return [
    ...unfit[shape]
      .filter((key) => definition[key] !== undefined)
      .map((key) =>
        invalid(pointer(key), {
          en: `a report of the shape “${shape}” has no “${key}”`,
          'zh-CN': `“${shape}”类报表没有“${key}”`,
        }),
      ),
    ...(needsPeriod
      ? [
          invalid(
            '/compare',
            { en: 'without a period there is none before', 'zh-CN': '未设时间段，无从对比' },
            { en: 'Say “period”.', 'zh-CN': '请设置 period。' },
          ),
        ]
      : []),
  ]
}

function checkGroups({ entity, rows, columns }: ReportDefinition, context: ModelContext): readonly Problem[] {
  const seen = new Set<string>()
  const places = [
    ...(rows ?? []).map((group, index) => ({ group, at: pointer('rows', index) })),
    ...(columns ?? []).map((group, index) => ({ group, at: pointer('columns', index) })),
  ]
  return places.flatMap(({ group, at }) => {
    const { field, bucket } = asGroup(group)
    const twice = seen.has(field)
    seen.add(field)
    const where = typeof group === 'string' ? at : `${at}/field`
    const place = endOfPath(context, entity, field)
    return [
      ...(twice ? [problem('META_NAME_DUPLICATE', where, { params: { name: field } })] : []),
      ...checkWay(field, entity, context, where),
      ...checkGroup(place, bucket, at, where),
    ]
  })
}

function checkGroup(
  place: PlacedField | undefined,
  bucket: ReportGroup['bucket'] | undefined,
  at: string,
  where: string,
): readonly Problem[] {
  const type = place?.type
  if (type === undefined) return []
  const isTemporal = type.rule?.type === 'date' || type.rule?.type === 'datetime'
  if (bucket !== undefined && !isTemporal) {
    return [
      invalid(`${at}/bucket`, {
        en: `a field of type ${type.name} has no spans of time`,
        'zh-CN': `${type.label['zh-CN']}类型的字段没有时间跨度`,
      }),
    ]
  }
  if ((type.groupable || bucket !== undefined) && type.rule !== undefined) return []
  return [
    invalid(where, {
      en: `a field of type ${type.name} cannot be grouped by`,
      'zh-CN': `不能按${type.label['zh-CN']}类型的字段分组`,
    }),
  ]
}

export function asGroup(group: string | ReportGroup): { field: string; bucket?: ReportGroup['bucket'] } {
  return typeof group === 'string' ? { field: group } : group
}

function checkList({ entity, list }: ReportDefinition, context: ModelContext): readonly Problem[] {
  return (list ?? []).flatMap((field, index) => {
    const at = pointer('list', index)
    const hidden = endOfPath(context, entity, field)?.type?.writeOnly === true
    const reason = { en: 'this field is never shown', 'zh-CN': '该字段从不显示' }
    return [...checkWay(field, entity, context, at), ...(hidden ? [invalid(at, reason)] : [])]
  })
}

function checkPeriod({ entity, period }: ReportDefinition, context: ModelContext): readonly Problem[] {
  if (period === undefined) return []
  const type = endOfPath(context, entity, period.field)?.type
  const way = checkWay(period.field, entity, context, '/period/field')
  if (type === undefined || type.rule?.type === 'date' || type.rule?.type === 'datetime') return way
  return [
    ...way,
    invalid('/period/field', {
      en: `a field of type ${type.name} is no date`,
      'zh-CN': `${type.label['zh-CN']}类型的字段不是日期`,
    }),
  ]
}

function checkParameters(
  { entity, parameters }: ReportDefinition,
  context: ModelContext,
): readonly Problem[] {
  return (parameters ?? []).flatMap((field, index) => {
    const at = pointer('parameters', index)
    return [
      ...checkWay(field, entity, context, at),
      ...checkGroup(endOfPath(context, entity, field), undefined, at, at),
    ]
  })
}

function checkFunnel({ entity, funnel }: ReportDefinition, context: ModelContext): readonly Problem[] {
  if (funnel === undefined) return []
  const place = endOfPath(context, entity, funnel.field)
  if (place === undefined || pipelineOn(context.definitions, entity, funnel.field) !== undefined) return []
  const fields = [...context.definitions.pipeline.values()].filter((one) => one.entity === entity)
  const hint = didYouMean(
    nearest(
      funnel.field,
      fields.map(({ field }) => field),
    ),
  )
  const reason = { en: `“${funnel.field}” has no stages`, 'zh-CN': `“${funnel.field}”没有阶段` }
  return [invalid('/funnel/field', reason, hint)]
}

function checkMeasure(
  { fn, field, value, filter }: ReportMeasure,
  entity: string,
  context: ModelContext,
  at: string,
): readonly Problem[] {
  const scope = filterScope(context, entity)
  const bare = fn === 'count' || fn === 'share'
  const needs = (reason: LocalText) => [invalid(at, reason)]
  const place = field === undefined ? undefined : endOfPath(context, entity, field)
  return [
    ...(field !== undefined && value !== undefined
      ? needs({
          en: 'a figure is of a field or of a value, not of both',
          'zh-CN': '指标取字段或取值，不能同时设置',
        })
      : []),
    ...(!bare && field === undefined && value === undefined
      ? needs({ en: `“${fn}” needs a field`, 'zh-CN': `“${fn}”需要指定字段` })
      : []),
    ...(fn === 'share' && filter === undefined
      ? needs({ en: 'a share needs the filter of its part', 'zh-CN': '比例需要设置所占部分的筛选' })
      : []),
    ...(fn === 'share' && (field ?? value) !== undefined
      ? needs({ en: 'a share is of records, not of a field', 'zh-CN': '比例按记录计算，不取字段' })
      : []),
    ...(field === undefined ? [] : checkWay(field, entity, context, `${at}/field`)),
    ...checkMeasured(place, fn, `${at}/field`),
    ...ruleProblems(value, scope, 'number', `${at}/value`),
    ...ruleProblems(filter, scope, 'condition', `${at}/filter`),
  ]
}

function checkMeasured(
  place: PlacedField | undefined,
  fn: ReportMeasure['fn'],
  at: string,
): readonly Problem[] {
  const type = place?.type
  if (place === undefined || type === undefined || fn === 'count' || fn === 'share') return []
  const isCountable = type.rule !== undefined && type.writeOnly !== true
  const isExtreme = place.system && type.sortable && (fn === 'min' || fn === 'max')
  if (fn === 'count_distinct' ? isCountable : type.measures.includes(fn) || isExtreme) return []
  const fits = type.measures.length === 0 ? 'count' : ['count', ...type.measures].join(', ')
  return [
    invalid(
      at,
      {
        en: `a field of type ${type.name} has no “${fn}”`,
        'zh-CN': `${type.label['zh-CN']}类型的字段不能计算“${fn}”`,
      },
      { en: `It has: ${fits}.`, 'zh-CN': `可用：${fits}。` },
    ),
  ]
}

function checkNames(definition: ReportDefinition): readonly Problem[] {
  const seen = new Set((definition.rows ?? []).map((group) => asGroup(group).field))
  return measuresOf(definition).flatMap((measure, index) => {
    const name = measureName(measure)
    if (!seen.has(name)) {
      seen.add(name)
      return []
    }
    const hint = { en: 'Give one of them a name.', 'zh-CN': '请为其中一个设置 name。' }
    return [problem('META_NAME_DUPLICATE', pointer('measures', index), { params: { name }, hint })]
  })
}

function checkHaving(definition: ReportDefinition, context: ModelContext): readonly Problem[] {
  const names = new Map<string, ScopeEntry>()
  for (const group of definition.rows ?? []) {
    const { field, bucket } = asGroup(group)
    const type =
      bucket === undefined ? endOfPath(context, definition.entity, field)?.type?.rule?.type : 'date'
    if (type !== undefined) names.set(field, { type })
  }
  for (const measure of measuresOf(definition)) {
    names.set(measureName(measure), { type: figureType(measure, definition.entity, context) })
  }
  return ruleProblems(definition.having, figureScope(names), 'condition', '/having')
}

/** Names of figures and groups; the latter may be paths. */
export function figureScope(names: ReadonlyMap<string, ScopeEntry>): RuleScope {
  return namedScope(names)
}

function figureType({ fn, field }: ReportMeasure, entity: string, context: ModelContext): RuleType {
  if ((fn !== 'min' && fn !== 'max') || field === undefined) return 'number'
  return endOfPath(context, entity, field)?.type?.rule?.type ?? 'number'
}

function checkSort(definition: ReportDefinition, context: ModelContext): readonly Problem[] {
  const { list, entity, sort } = definition
  const known = [
    ...(definition.rows ?? []).map((group) => asGroup(group).field),
    ...measuresOf(definition).map(measureName),
  ]
  return (sort ?? []).flatMap((text, index) => {
    const at = pointer('sort', index)
    const { name } = signedName(text)
    if (list === undefined) {
      return known.includes(name)
        ? []
        : [problem('QUERY_FIELD_UNKNOWN', at, { params: { name }, hint: didYouMean(nearest(name, known)) })]
    }
    const place = endOfPath(context, entity, name)
    const isLost = place !== undefined && place.type?.sortable === false
    const reason = { en: `records cannot be sorted by “${name}”`, 'zh-CN': `不能按“${name}”排序` }
    return [...checkWay(name, entity, context, at), ...(isLost ? [invalid(at, reason)] : [])]
  })
}

function checkChart(definition: ReportDefinition): readonly Problem[] {
  const { chart } = definition
  if (chart === undefined) return []
  const shape = shapeOf(definition)
  const names = measuresOf(definition).map(measureName)
  const fitting: readonly string[] = CHARTS[shape]
  return [
    ...(fitting.includes(chart.type)
      ? []
      : [
          invalid(
            '/chart/type',
            {
              en: `a report of the shape “${shape}” is not drawn as “${chart.type}”`,
              'zh-CN': `“${shape}”类报表不能绘成“${chart.type}”`,
            },
            { en: `It can be: ${fitting.join(', ')}.`, 'zh-CN': `可用：${fitting.join('、')}。` },
          ),
        ]),
    ...(chart.measure === undefined || names.includes(chart.measure)
      ? []
      : [
          problem('QUERY_FIELD_UNKNOWN', '/chart/measure', {
            params: { name: chart.measure },
            hint: didYouMean(nearest(chart.measure, names)),
          }),
        ]),
  ]
}

/** A path goes on only behind a lookup to one entity. */
function checkWay(path: string, entity: string, context: ModelContext, at: string): readonly Problem[] {
  const steps = followPath(context, entity, path)
  const last = steps.at(-1)
  if (last?.place === undefined || steps.length === path.split('.').length) return []
  return [
    invalid(at, {
      en: `“${last.name}” does not lead to one other record, so nothing can follow it`,
      'zh-CN': `“${last.name}”不指向另一条记录，其后不能再接字段`,
    }),
  ]
}

function ruleProblems(
  rule: unknown,
  scope: RuleScope,
  expected: 'condition' | 'number',
  at: string,
): readonly Problem[] {
  if (rule === undefined) return []
  return checkRule(rule, scope, expected).problems.map((fault) => ({ ...fault, path: at + fault.path }))
}

function invalid(path: string, reason: LocalText, hint?: LocalText): Problem {
  return problem('META_VALUE_INVALID', path, { params: { reason }, ...(hint && { hint }) })
}
