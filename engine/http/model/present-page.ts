import { checkRule } from '../../../metadata/rules/check-rule.ts'
import { textIn } from '../../../metadata/text.ts'
import type { LayoutDefinition, OverviewFigure, Tab } from '../../../metadata/types.ts'
import { isKnownField, isKnownWay } from '../../access/access.ts'
import type { Language } from '../../errors.ts'
import { labelOf } from '../../forms/labels.ts'
import type { CompiledEntity } from '../../model/compiled.ts'
import { sightScope } from '../../records/cells.ts'
import { type ModelView, mayRead } from './model-view.ts'

export interface PresentedTab {
  readonly name: string
  readonly label: string
  readonly related: string | undefined
}

/** The tabs that the engine itself knows, for layouts that give them no label. */
const KNOWN_TABS: Readonly<Record<string, Record<Language, string>>> = {
  details: { en: 'Details', 'zh-CN': '资料' },
  comments: { en: 'Comments', 'zh-CN': '评论' },
  files: { en: 'Files', 'zh-CN': '文件' },
  history: { en: 'History', 'zh-CN': '变更记录' },
}
/** Fields at the top of a page without a layout. */
const GENERATED_HIGHLIGHTS = 4

/** The page of a record: its highlights and its tabs; a generated one has all that there is. */
export function presentPage(view: ModelView, entity: CompiledEntity, layout: LayoutDefinition | undefined) {
  const highlights = layout?.page?.highlights ?? generatedHighlights(view, entity)
  const tabs = layout?.page?.tabs?.map((tab) => presentTab(view, entity, tab)) ?? generatedTabs(view, entity)
  const overview = presentOverview(view, entity, layout)
  return {
    ...(overview.length === 0 ? {} : { overview }),
    highlights: highlights.filter((name) => isShown(view, entity, name)),
    tabs: tabs.filter((tab) => isOpen(view, entity, tab)),
  }
}

/** The groups of an overview with what the actor may know of it; where nothing is left there is none. */
function presentOverview(view: ModelView, entity: CompiledEntity, layout: LayoutDefinition | undefined) {
  return (layout?.page?.overview ?? []).flatMap((group) => {
    const fields = (group.fields ?? []).filter((name) => isShown(view, entity, name))
    const figures = (group.figures ?? []).filter((figure) => isAnswered(view, figure))
    if (fields.length + figures.length === 0) return []
    return [
      {
        label: textIn(group.label, view.language, ''),
        fields,
        figures: figures.map(({ label, of, by, fn, field, filter }) => ({
          label: textIn(label, view.language, ''),
          ...{ entity: of, by, fn, field, filter },
        })),
      },
    ]
  })
}

/** Whether a figure asks for nothing that the actor may not know. */
function isAnswered(view: ModelView, { of, by, field, filter }: OverviewFigure): boolean {
  const entity = view.model.entities.get(of)
  if (entity === undefined || !mayRead(view, of)) return false
  if (!isShown(view, entity, by) || (field !== undefined && !isShown(view, entity, field))) return false
  return (
    filter === undefined || checkRule(filter, sightScope(view, entity), 'condition').problems.length === 0
  )
}

function isShown(view: ModelView, entity: CompiledEntity, name: string): boolean {
  const field = entity.fields.get(name)
  return field !== undefined && isKnownField(view.access, entity, field)
}

function presentTab(view: ModelView, entity: CompiledEntity, tab: Tab): PresentedTab {
  const relation = entity.inverses.find((inverse) => inverse.name === tab.related)
  const label = tab.label ?? KNOWN_TABS[tab.name] ?? relation?.label
  const named = { name: tab.name, ...(label === undefined ? {} : { label }) }
  return { name: tab.name, label: labelOf(named, view.language), related: tab.related }
}

/** A tab of a relation leads to records that the actor may read; comments and files need their feature. */
function isOpen(view: ModelView, entity: CompiledEntity, tab: PresentedTab): boolean {
  if (tab.related !== undefined) {
    return entity.inverses.some((inverse) => inverse.name === tab.related && isKnownWay(view, inverse))
  }
  return tab.name === 'comments' || tab.name === 'files'
    ? entity.features.has(tab.name)
    : Object.hasOwn(KNOWN_TABS, tab.name)
}

function generatedHighlights(view: ModelView, entity: CompiledEntity): readonly string[] {
  return [...entity.fields.values()]
    .filter((field) => isKnownField(view.access, entity, field))
    .filter((field) => !field.system && field !== entity.titleField && field.type.groupable)
    .slice(0, GENERATED_HIGHLIGHTS)
    .map((field) => field.name)
}

function generatedTabs(view: ModelView, entity: CompiledEntity): readonly PresentedTab[] {
  const hanging: ReadonlySet<string> = new Set(['comment', 'file'])
  const related = entity.inverses
    .filter((inverse) => !hanging.has(inverse.from))
    .map((inverse) => ({
      name: inverse.name,
      label: labelOf({ name: inverse.name, label: inverse.label }, view.language),
      related: inverse.name,
    }))
  const known = (name: string): PresentedTab => ({
    name,
    label: KNOWN_TABS[name]![view.language],
    related: undefined,
  })
  return [known('details'), ...related, known('comments'), known('files'), known('history')]
}
