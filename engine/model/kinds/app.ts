import { nearest } from '../../../metadata/nearest.ts'
import schema from '../../../metadata/schema/app.schema.json' with { type: 'json' }
import type { AppDefinition, AppHome, NavItem } from '../../../metadata/types.ts'
import { didYouMean, type Problem, problem } from '../../errors.ts'
import { own, pointer } from '../pointer.ts'
import { defineKind, type ModelContext, type Reference } from './kind-spec.ts'
import { whoReferences } from './mentions.ts'
import { bundleSchema } from './schema.ts'
import { counted, forWhom, sentenceOf } from './sentences.ts'

export const appKind = defineKind({
  kind: 'app',
  content: false,
  label: { en: 'app', 'zh-CN': '应用' },
  schema: () => bundleSchema(schema),
  lists: [{ at: ['nav'], noun: 'nav_item', nameOf: navName }],
  references: (definition) => [
    ...whoReferences(definition.for, '/for'),
    ...definition.nav.flatMap((item, index) => placesIn(item, pointer('nav', index))),
    ...homesOf(definition).flatMap(({ home, at }) => placesIn(home, at)),
  ],
  check: (definition, context) =>
    definition.nav.flatMap((item, index) => [
      ...checkEntry(item, pointer('nav', index)),
      ...checkView(item, context, pointer('nav', index, 'view')),
    ]),
  sentence: (definition, context) =>
    sentenceOf(definition, (name, language) => {
      const people = forWhom(context, definition.for, language)
      const count = definition.nav.length
      return language === 'en'
        ? `${name} has ${counted(count, 'entry', 'entries')} in its navigation${people}.`
        : `${name}的导航有 ${count} 项${people}。`
    }),
})

/** An entry is known by where it leads: `account`, `account/mine`, `dashboard:sales_home`. */
function navName(item: unknown): string | undefined {
  const [entity, view] = [own(item, 'entity'), own(item, 'view')]
  for (const kind of ['dashboard', 'report']) {
    const name = own(item, kind)
    if (typeof name === 'string') return `${kind}:${name}`
  }
  if (typeof entity !== 'string') return undefined
  return typeof view === 'string' ? `${entity}/${view}` : entity
}

/** What may open first, each with its place in the definition. */
export function homesOf({
  home,
}: Pick<AppDefinition, 'home'>): readonly { readonly home: AppHome; readonly at: string }[] {
  if (home === undefined) return []
  if (!Array.isArray(home)) return [{ home, at: '/home' }]
  return home.map((one, index) => ({ home: one, at: pointer('home', index) }))
}

const PLACES = ['entity', 'view', 'dashboard', 'report'] as const

/** Where an entry of the navigation leads, or a home. */
function placesIn(
  item: { readonly [P in (typeof PLACES)[number]]?: string },
  at: string,
): readonly Reference[] {
  return PLACES.flatMap((kind) => {
    const name = item[kind]
    return name === undefined ? [] : [{ path: at + pointer(kind), to: { kind, name } }]
  })
}

function checkEntry({ entity, view, dashboard, report }: NavItem, at: string): readonly Problem[] {
  const isOne = [entity, dashboard, report].filter((place) => place !== undefined).length === 1
  if (isOne && (view === undefined || entity !== undefined)) return []
  const reason = {
    en: 'an entry leads to one entity (with or without a view of it), one dashboard or one report',
    'zh-CN': '导航项指向一个实体（可指定其视图）、一个仪表盘或一个报表',
  }
  return [problem('META_VALUE_INVALID', at, { params: { reason } })]
}

function checkView(
  { entity, view }: NavItem,
  { definitions }: ModelContext,
  path: string,
): readonly Problem[] {
  const definition = view === undefined ? undefined : definitions.view.get(view)
  if (view === undefined || entity === undefined || definition === undefined) return []
  if (definition.entity === entity) return []
  const reason = {
    en: `“${view}” is a view of “${definition.entity}”, not of “${entity}”`,
    'zh-CN': `“${view}”是“${definition.entity}”的视图，不属于“${entity}”`,
  }
  const fitting = [...definitions.view.values()].filter((other) => other.entity === entity)
  const hint = didYouMean(
    nearest(
      view,
      fitting.map((other) => other.name),
    ),
  )
  return [problem('META_VALUE_INVALID', path, { params: { reason }, ...(hint && { hint }) })]
}
