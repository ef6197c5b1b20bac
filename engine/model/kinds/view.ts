import { nearest } from '../../../metadata/nearest.ts'
import { checkRule } from '../../../metadata/rules/check-rule.ts'
import schema from '../../../metadata/schema/view.schema.json' with { type: 'json' }
import type { ViewColumn, ViewDefinition } from '../../../metadata/types.ts'
import { didYouMean, type Language, type LocalText, type Problem, problem } from '../../errors.ts'
import { asName, own, pointer } from '../pointer.ts'
import { signedName } from '../signed-name.ts'
import { endOfPath, followPath, optionNames, optionTarget, type PlacedField } from './follow.ts'
import { defineKind, type ModelContext, type Reference } from './kind-spec.ts'
import { pathReferences, whoReferences } from './mentions.ts'
import { ruleReferences } from './rule-mentions.ts'
import { filterScope } from './rule-scope.ts'
import { bundleSchema } from './schema.ts'
import { called, counted, entityCalled, forWhom, sentenceOf } from './sentences.ts'

export const viewKind = defineKind({
  kind: 'view',
  content: true,
  label: { en: 'view', 'zh-CN': '视图' },
  schema: () => bundleSchema(schema),
  lists: [],
  rules: (definition) => [{ at: ['filter'], entity: asName(own(definition, 'entity')) }],
  references: (definition, context) => [
    { path: '/entity', to: { kind: 'entity', name: definition.entity } },
    ...whoReferences(definition.for, '/for'),
    ...(definition.group === undefined
      ? []
      : pathReferences(context, definition.entity, definition.group, { at: '/group' })),
    ...limitReferences(definition, context),
    ...NAMED.flatMap((key) => {
      const named = definition[key]
      return named === undefined
        ? []
        : pathReferences(context, definition.entity, named, { at: pointer(key) })
    }),
    ...columnsOf(definition).flatMap(({ field, at }) =>
      pathReferences(context, definition.entity, field, { at }),
    ),
    ...(definition.sort ?? []).flatMap((text, index) => {
      const { name, offset } = signedName(text)
      return pathReferences(context, definition.entity, name, { at: pointer('sort', index), offset })
    }),
    ...ruleReferences(context, definition.entity, definition.filter, '/filter'),
  ],
  check: (definition, context) => [
    ...checkGroup(definition, context),
    ...checkDates(definition, context),
    ...checkLimits(definition, context),
    ...checkLanes(definition, context),
    ...checkColumns(definition, context),
    ...checkSort(definition, context),
    ...checkFilter(definition, context),
  ],
  sentence: (definition, context) =>
    sentenceOf(definition, (name, language) => {
      const entity = entityCalled(context, definition.entity, language)
      const people = forWhom(context, definition.for, language)
      const columns = definition.columns.length
      if (definition.type === 'board')
        return boardSentence(definition, context, { name, entity, people, language })
      return language === 'en'
        ? `${name} lists ${entity}${definition.filter === undefined ? '' : ', filtered,'} in ${counted(columns, 'column')}${people}.`
        : `${name}以 ${columns} 列列出${definition.filter === undefined ? '' : '符合条件的'}${entity}记录${people}。`
    }),
})

/** What each limit is of: a column of the board. */
function limitReferences(
  { entity, group, limits }: ViewDefinition,
  context: ModelContext,
): readonly Reference[] {
  const place = group === undefined ? undefined : endOfPath(context, entity, group)
  if (place === undefined) return []
  return Object.keys(limits ?? {}).flatMap((value) => {
    const to = optionTarget(context, place, value)
    // The check judges it with all names that there are.
    return to === undefined
      ? []
      : [{ path: pointer('limits', value), to, inKey: true as const, inRule: true as const }]
  })
}

/** Only a board has columns that can be too full. */
function checkLimits(
  { type, entity, group, limits }: ViewDefinition,
  context: ModelContext,
): readonly Problem[] {
  if (limits === undefined) return []
  if (type !== 'board') {
    return [invalid('/limits', { en: 'only a board has limits', 'zh-CN': '只有看板才有上限' })]
  }
  const place = group === undefined ? undefined : endOfPath(context, entity, group)
  const known = place === undefined ? undefined : columnNames(place, context)
  if (known === undefined) return []
  return Object.keys(limits)
    .filter((value) => !known.includes(value))
    .map((value) => {
      const reason = { en: `the board has no column “${value}”`, 'zh-CN': `看板没有“${value}”列` }
      const hint = didYouMean(nearest(value, known))
      return { ...invalid(pointer('limits', value), reason), ...(hint && { hint }) }
    })
}

/** The rows of a board have values as its columns do, of another field. */
function checkLanes(
  { type, entity, group, lanes }: ViewDefinition,
  context: ModelContext,
): readonly Problem[] {
  if (lanes === undefined) return []
  if (type !== 'board') {
    return [invalid('/lanes', { en: 'only a board has lanes', 'zh-CN': '只有看板才有泳道' })]
  }
  if (lanes === group) {
    return [invalid('/lanes', { en: 'it must be another field than “group”', 'zh-CN': '须与“分组”字段不同' })]
  }
  const place = endOfPath(context, entity, lanes)
  if (place?.type === undefined || COLUMNS.has(place.type.name)) return []
  return [
    invalid('/lanes', {
      en: `a board has rows of a stage or a choice of one, not of a field of type ${place.type.name}`,
      'zh-CN': `泳道须按阶段或单选字段分行，不能按${place.type.label['zh-CN']}类型的字段`,
    }),
  ]
}

/** The values of a board's field, stages of all its pipelines among them. */
function columnNames(place: PlacedField, context: ModelContext): readonly string[] | undefined {
  if (place.type?.name !== 'stage') return optionNames(context, place)
  const stages = [...context.definitions.pipeline.values()]
    .filter(({ entity, field }) => entity === place.entity && field === place.definition.name)
    .flatMap((pipeline) => pipeline.stages.map(({ name }) => name))
  return stages.length === 0 ? undefined : stages
}

/** Fields that a view names beside its columns. */
const NAMED = ['lanes', 'date', 'until'] as const
const DATES = ['date', 'until'] as const
const DATED: ReadonlySet<string> = new Set(['date', 'date_time'])

/** A calendar stands on days: its fields are dates, both of the same type. */
function checkDates(definition: ViewDefinition, context: ModelContext): readonly Problem[] {
  const { type, entity, date, until } = definition
  if (type !== 'calendar') {
    const reason = { en: 'only a calendar has days', 'zh-CN': '只有日历才有日期' }
    return DATES.filter((key) => definition[key] !== undefined).map((key) => invalid(pointer(key), reason))
  }
  if (date === undefined) return [{ ...problem('FIELD_REQUIRED', '/date'), ...dateHint(entity, context) }]
  const types = [date, until].map((name) =>
    name === undefined ? undefined : endOfPath(context, entity, name)?.type,
  )
  const wrong = DATES.flatMap((key, at) => {
    const found = types[at]
    if (found === undefined || DATED.has(found.name)) return []
    const reason = {
      en: `a record stands on the day of a date, not of a field of type ${found.name}`,
      'zh-CN': `日历须按日期或日期时间字段摆放，不能用${found.label['zh-CN']}类型的字段`,
    }
    return [{ ...invalid(pointer(key), reason), ...dateHint(entity, context) }]
  })
  const [from, to] = types
  if (wrong.length > 0 || from === undefined || to === undefined || from.name === to.name) return wrong
  return [
    invalid('/until', { en: 'it must be of the same type as “date”', 'zh-CN': '须与“date”字段类型相同' }),
  ]
}

/** The fields that would do. */
function dateHint(entity: string, context: ModelContext): Pick<Problem, 'hint'> {
  const fields = context.definitions.entity.get(entity)?.fields ?? []
  const names = fields.filter(({ type }) => DATED.has(type)).map(({ name }) => name)
  if (names.length === 0) return {}
  return { hint: { en: `It has ${names.join(', ')}.`, 'zh-CN': `可用字段：${names.join('、')}。` } }
}

function boardSentence(
  { entity, group }: ViewDefinition,
  context: ModelContext,
  told: {
    readonly name: string
    readonly entity: string
    readonly people: string
    readonly language: Language
  },
): string {
  const fields = context.definitions.entity.get(entity)?.fields ?? []
  const found = fields.find(({ name }) => name === group)
  const field = found === undefined ? (group ?? '') : called(found, told.language)
  return told.language === 'en'
    ? `${told.name} shows ${told.entity} as cards, a column for each ${field}${told.people}.`
    : `${told.name}以卡片展示${told.entity}，按${field}分列${told.people}。`
}

/** Values of which a record has one of a few: the columns of a board. */
const COLUMNS: ReadonlySet<string> = new Set(['stage', 'select'])
/** Values that many records share, or that are put together month by month: the groups of a table. */
const GROUPS: ReadonlySet<string> = new Set([
  ...['stage', 'select', 'boolean', 'lookup', 'user', 'team', 'date', 'date_time'],
])

function checkGroup({ type, group, entity }: ViewDefinition, context: ModelContext): readonly Problem[] {
  if (group !== undefined && type !== 'board' && type !== 'table') {
    return [
      invalid('/group', { en: 'only boards and tables are grouped', 'zh-CN': '只有看板和表格可以分组' }),
    ]
  }
  if (group === undefined) return type === 'board' ? [problem('FIELD_REQUIRED', '/group')] : []
  const place = endOfPath(context, entity, group)
  if (place?.type === undefined) return []
  const { name, label } = place.type
  if ((type === 'board' ? COLUMNS : GROUPS).has(name)) return []
  if (type === 'board') {
    return [
      invalid('/group', {
        en: `a board has columns of a stage or a choice of one, not of a field of type ${name}`,
        'zh-CN': `看板须按阶段或单选字段分列，不能按${label['zh-CN']}类型的字段`,
      }),
    ]
  }
  return [
    invalid('/group', {
      en: `a table has groups of a stage, a choice of one, yes or no, a lookup, a person, a team or a date, not of a field of type ${name}`,
      'zh-CN': `表格可按阶段、单选、是否、关联、用户、团队或日期字段分组，不能按${label['zh-CN']}类型的字段`,
    }),
  ]
}

interface PlacedColumn {
  readonly field: string
  readonly total: ViewColumn['total']
  readonly at: string
}

function columnsOf(definition: ViewDefinition): readonly PlacedColumn[] {
  return definition.columns.map((column, index) =>
    typeof column === 'string'
      ? { field: column, total: undefined, at: pointer('columns', index) }
      : { field: column.field, total: column.total, at: pointer('columns', index, 'field') },
  )
}

function checkColumns(definition: ViewDefinition, context: ModelContext): readonly Problem[] {
  const seen = new Set<string>()
  return columnsOf(definition).flatMap((column, index) => {
    const twice = seen.has(column.field)
    seen.add(column.field)
    return [
      ...(twice ? [problem('META_NAME_DUPLICATE', column.at, { params: { name: column.field } })] : []),
      ...checkWay(column.field, definition.entity, context, column.at),
      ...checkColumn(column, definition.entity, context, pointer('columns', index, 'total')),
    ]
  })
}

function checkColumn(
  column: PlacedColumn,
  entity: string,
  context: ModelContext,
  totalAt: string,
): readonly Problem[] {
  const place = endOfPath(context, entity, column.field)
  if (place?.type === undefined) return []
  if (place.type.writeOnly) {
    return [invalid(column.at, { en: 'this field is never shown', 'zh-CN': '该字段从不显示' })]
  }
  if (column.total === undefined || column.total === 'count') return []
  if (place.type.measures.includes(column.total)) return []
  const reason = {
    en: `a field of type ${place.type.name} has no “${column.total}”`,
    'zh-CN': `${place.type.label['zh-CN']}类型的字段不能计算“${column.total}”`,
  }
  return [invalid(totalAt, reason)]
}

function checkSort(definition: ViewDefinition, context: ModelContext): readonly Problem[] {
  return (definition.sort ?? []).flatMap((text, index) => {
    const at = pointer('sort', index)
    const { name } = signedName(text)
    const place = endOfPath(context, definition.entity, name)
    const lost = checkWay(name, definition.entity, context, at)
    if (place?.type === undefined || place.type.sortable) return lost
    const reason = {
      en: `records cannot be sorted by a field of type ${place.type.name}`,
      'zh-CN': `不能按${place.type.label['zh-CN']}类型的字段排序`,
    }
    return [...lost, invalid(at, reason)]
  })
}

/** A path goes on only behind a lookup to one entity. */
function checkWay(path: string, entity: string, context: ModelContext, at: string): readonly Problem[] {
  const steps = followPath(context, entity, path)
  const last = steps.at(-1)
  if (last?.place === undefined || steps.length === path.split('.').length) return []
  const reason = {
    en: `“${last.name}” does not lead to one other record, so nothing can follow it`,
    'zh-CN': `“${last.name}”不指向另一条记录，其后不能再接字段`,
  }
  return [invalid(at, reason)]
}

function checkFilter(definition: ViewDefinition, context: ModelContext): readonly Problem[] {
  if (definition.filter === undefined || !context.definitions.entity.has(definition.entity)) return []
  const { problems } = checkRule(definition.filter, filterScope(context, definition.entity), 'condition')
  return problems.map((fault) => ({ ...fault, path: `/filter${fault.path}` }))
}

function invalid(path: string, reason: LocalText): Problem {
  return problem('META_VALUE_INVALID', path, { params: { reason } })
}
