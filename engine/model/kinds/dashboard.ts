import { CHARTS, measureName, measuresOf, shapeOf } from '../../../metadata/report-shape.ts'
import schema from '../../../metadata/schema/dashboard.schema.json' with { type: 'json' }
import type { DashboardDefinition, DashboardTile } from '../../../metadata/types.ts'
import { type LocalText, type Problem, problem } from '../../errors.ts'
import { pointer } from '../pointer.ts'
import { defineKind, type ModelContext, type Reference } from './kind-spec.ts'
import { whoReferences } from './mentions.ts'
import { figureReferences } from './report.ts'
import { bundleSchema } from './schema.ts'
import { counted, forWhom, sentenceOf } from './sentences.ts'

export const dashboardKind = defineKind({
  kind: 'dashboard',
  content: true,
  label: { en: 'dashboard', 'zh-CN': '仪表盘' },
  schema: () => bundleSchema(schema),
  lists: [],
  references: (definition, context) => [
    ...whoReferences(definition.for, '/for'),
    ...definition.tiles.flatMap((tile, index) => tileReferences(tile, context, pointer('tiles', index))),
  ],
  check: (definition, context) => [
    ...checkNames(definition),
    ...definition.tiles.flatMap((tile, index) => checkTile(tile, context, pointer('tiles', index))),
  ],
  sentence: (definition, context) =>
    sentenceOf(definition, (name, language) => {
      const people = forWhom(context, definition.for, language)
      const count = definition.tiles.length
      return language === 'en'
        ? `${name} shows ${counted(count, 'tile')} side by side${people}.`
        : `${name}并排显示 ${count} 个磁贴${people}。`
    }),
})

/** The report of a tile, and the field that the drawn figure is called by. */
function tileReferences(
  { report: name, chart }: DashboardTile,
  context: ModelContext,
  at: string,
): readonly Reference[] {
  if (name === undefined) return []
  const report = context.definitions.report.get(name)
  const figures =
    report === undefined || chart?.measure === undefined
      ? []
      : figureReferences(context, report.entity, report, chart.measure, { at: `${at}/chart/measure` })
  return [{ path: `${at}/report`, to: { kind: 'report', name } }, ...figures]
}

function checkNames({ tiles }: DashboardDefinition): readonly Problem[] {
  const seen = new Set<string>()
  return tiles.flatMap(({ name }, index) => {
    if (!seen.has(name)) {
      seen.add(name)
      return []
    }
    return [problem('META_NAME_DUPLICATE', pointer('tiles', index, 'name'), { params: { name } })]
  })
}

function checkTile(
  { report: name, text, chart, trend }: DashboardTile,
  { definitions }: ModelContext,
  at: string,
): readonly Problem[] {
  if ((name === undefined) === (text === undefined)) {
    return [
      invalid(at, { en: 'a tile shows either a report or a text', 'zh-CN': '磁贴显示报表或文字，二者选一' }),
    ]
  }
  const report = name === undefined ? undefined : definitions.report.get(name)
  if (report === undefined) return []
  const shape = shapeOf(report)
  const fitting: readonly string[] = CHARTS[shape]
  const names = measuresOf(report).map(measureName)
  return [
    ...(chart === undefined || fitting.includes(chart.type)
      ? []
      : [
          invalid(
            `${at}/chart/type`,
            {
              en: `“${name}” has the shape “${shape}”, which is not drawn as “${chart.type}”`,
              'zh-CN': `“${name}”为“${shape}”类报表，不能绘成“${chart.type}”`,
            },
            { en: `It can be: ${fitting.join(', ')}.`, 'zh-CN': `可用：${fitting.join('、')}。` },
          ),
        ]),
    ...(chart?.measure === undefined || names.includes(chart.measure)
      ? []
      : [problem('QUERY_FIELD_UNKNOWN', `${at}/chart/measure`, { params: { name: chart.measure } })]),
    ...(trend === true && report.trend !== true
      ? [
          invalid(
            `${at}/trend`,
            { en: `“${name}” keeps no trend`, 'zh-CN': `“${name}”未保存趋势` },
            { en: 'Set “trend” in the report.', 'zh-CN': '请在报表中设置 trend。' },
          ),
        ]
      : []),
  ]
}

function invalid(path: string, reason: LocalText, hint?: LocalText): Problem {
  return problem('META_VALUE_INVALID', path, { params: { reason }, ...(hint && { hint }) })
}
