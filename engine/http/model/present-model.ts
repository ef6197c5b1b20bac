import { textIn } from '../../../metadata/text.ts'
import type { AppDefinition, NavItem } from '../../../metadata/types.ts'
import { accessOf } from '../../access/access.ts'
import type { Actor } from '../../access/actor.ts'
import type { Language } from '../../errors.ts'
import { labelOf } from '../../forms/labels.ts'
import { isOpened } from '../../forms/layout.ts'
import type { CompiledEntity, CompiledModel } from '../../model/compiled.ts'
import { homesOf } from '../../model/kinds/app.ts'
import { SPOKEN } from '../../model/languages.ts'
import { isShownView, type ModelView, mayRead } from './model-view.ts'
import { presentEntity } from './present-entity.ts'

export interface PresentedApp {
  readonly name: string
  readonly label: string
  readonly icon: string | undefined
  readonly nav: readonly PresentedEntry[]
  /** What opens first; the first entry of the navigation where it is absent. */
  readonly home?: { readonly dashboard: string } | { readonly report: string }
}

/** An entity, with or without a view of it, a dashboard or a report. */
export interface PresentedEntry {
  readonly entity?: string
  readonly view?: string | undefined
  readonly dashboard?: string
  readonly report?: string
  readonly label: string
  readonly icon?: string
}

/** Whether the actor opens a dashboard or a report of the whole workspace. */
export type OpensFigures = (kind: 'dashboard' | 'report', name: string) => boolean

/**
 * The model as pages and clients need it: cut to what the actor may, in one language. An entity that the actor
 * may not read is absent, wherever it would be mentioned.
 */
export function presentModel(model: CompiledModel, actor: Actor, language: Language, opens: OpensFigures) {
  const view: ModelView = { model, actor, access: accessOf(model, actor), language }
  const entities = [...model.entities.values()].filter((entity) => mayRead(view, entity.name))
  return {
    version: model.version,
    workspace: model.workspace,
    currency: model.settings.currency,
    timeZone: model.settings.timeZone,
    languages: SPOKEN,
    apps: appsOf(view, entities, opens),
    /** Whether there is a report for the actor. */
    hasReports: [...model.definitions.report.keys()].some((name) => opens('report', name)),
    entities: entities.map((entity) => presentEntity(view, entity)),
  }
}

/** Entities that hang on others and are met there, not in a navigation. */
const NOT_IN_NAV: ReadonlySet<string> = new Set(['comment', 'file', 'notification'])
const EVERYTHING = { en: 'Records', 'zh-CN': '业务数据' } as const
const ADMINISTRATION = { en: 'Administration', 'zh-CN': '系统管理' } as const

/**
 * The apps of the actor's roles; entities that no app leads to are gathered in generated ones, so that nothing
 * is out of reach: business entities where there is no app at all, users and teams for who administers them.
 */
function appsOf(
  view: ModelView,
  entities: readonly CompiledEntity[],
  opens: OpensFigures,
): readonly PresentedApp[] {
  const { model, actor, language } = view
  const apps = [...model.translated.app.values()]
    .filter((app) => isOpened(model, actor, app))
    .map((app) => presentApp(view, app, opens))
    .filter((app) => app.nav.length > 0)
  const led = new Set(apps.flatMap((app) => app.nav.map((item) => item.entity)))
  const rest = entities.filter((entity) => !led.has(entity.name) && !NOT_IN_NAV.has(entity.name))
  const business = apps.length > 0 ? [] : rest.filter((entity) => !entity.builtIn)
  const administered = view.access.may('users') ? rest.filter((entity) => entity.builtIn) : []
  return [
    ...apps,
    ...generated('records', EVERYTHING[language], 'table', business, language),
    ...generated('administration', ADMINISTRATION[language], 'settings', administered, language),
  ]
}

function presentApp(view: ModelView, app: AppDefinition, opens: OpensFigures): PresentedApp {
  const { language } = view
  const nav = app.nav.flatMap((item) => [
    ...presentEntry(view, item),
    ...presentFigures(view, item, opens, item),
  ])
  const [home] = homesOf(app).flatMap((one) => presentFigures(view, one.home, opens))
  const { label: _label, icon: _icon, ...place }: PresentedEntry = home ?? { label: '' }
  return {
    name: app.name,
    label: labelOf(app, language),
    icon: app.icon,
    nav,
    ...(home === undefined ? {} : { home: place as NonNullable<PresentedApp['home']> }),
  }
}

function presentFigures(
  { model, language }: ModelView,
  item: Pick<NavItem, 'dashboard' | 'report'>,
  opens: OpensFigures,
  { label, icon }: Pick<NavItem, 'label' | 'icon'> = {},
): readonly PresentedEntry[] {
  return (['dashboard', 'report'] as const).flatMap((kind) => {
    const name = item[kind]
    if (name === undefined || !opens(kind, name)) return []
    const own = model.translated[kind].get(name)?.label
    const entry: PresentedEntry = { [kind]: name, label: textIn(label ?? own, language, name) }
    return [{ ...entry, ...withIcon(icon) }]
  })
}

function presentEntry(view: ModelView, item: NavItem): readonly PresentedEntry[] {
  const { model, actor, language } = view
  const entity = model.entities.get(item.entity ?? '')
  if (entity === undefined || !mayRead(view, entity.name)) return []
  const named = { name: entity.name, label: item.label ?? entity.plural }
  const to = item.view === undefined ? undefined : model.definitions.view.get(item.view)
  const isShown = to !== undefined && isOpened(model, actor, to) && isShownView(view, entity, to)
  const label = labelOf(named, language)
  return [{ entity: entity.name, view: isShown ? item.view : undefined, label, ...withIcon(item.icon) }]
}

function withIcon(icon: string | undefined): Pick<PresentedEntry, 'icon'> {
  return icon === undefined ? {} : { icon }
}

function generated(
  name: string,
  label: string,
  icon: string,
  entities: readonly CompiledEntity[],
  language: Language,
): readonly PresentedApp[] {
  if (entities.length === 0) return []
  const nav = entities.map((entity) => ({
    entity: entity.name,
    view: undefined,
    label: labelOf({ name: entity.name, label: entity.plural }, language),
  }))
  return [{ name, label, icon, nav }]
}
