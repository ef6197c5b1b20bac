import type { CanvasProps } from '../canvas/canvases.tsx'
import { droppedEntry, movedEntry } from '../canvas/entries.ts'
import type { Json } from '../store/json-value.ts'
import type { Dragged, Drop, LayoutActs, LayoutField, Selected } from './layout-context.ts'
import {
  type DraftSection,
  type DraftTab,
  highlightsOf,
  PLAIN_TABS,
  placed,
  sectionsOf,
  stepped,
  tabsOf,
  withHighlight,
  without,
  withSection,
  withTab,
} from './layout-edit.ts'

interface Editing {
  readonly definition: Json
  readonly readOnly: boolean
  readonly fields: readonly LayoutField[]
  /** The field that records are called by. */
  readonly title: string | undefined
  readonly set: CanvasProps['set']
  readonly setSelected: (selected: Selected) => void
}

export interface AllActs extends LayoutActs {
  /** Puts something where the selection is, or at the end. */
  pick(dragged: Dragged, surface: string, selected: Selected): void
  /** Begins with what would be generated. */
  arrangeForm(): void
  arrangeTop(generated: readonly string[]): void
  arrangeTabs(generated: readonly { readonly name: string; readonly related?: string | undefined }[]): void
}

const NEW_SECTION = { en: 'New section', 'zh-CN': '新分组' }
const DETAILS = { en: 'Details', 'zh-CN': '资料' }

/** What is done in the picture, each act one step of the draft. */
export function useLayoutActs({ definition, readOnly, fields, title, set, setSelected }: Editing): AllActs {
  const sections = sectionsOf(definition) ?? []
  const tabs = tabsOf(definition) ?? []
  const highlights = highlightsOf(definition) ?? []
  const changeForm = (next: readonly DraftSection[]): void => {
    if (!readOnly && next !== sections) set(['form'], next, true)
  }
  const changeTabs = (next: readonly DraftTab[]): void => {
    if (!readOnly && next !== tabs) set(['page', 'tabs'], next, true)
  }
  const changeTop = (next: readonly string[]): void => {
    if (!readOnly && next !== highlights) set(['page', 'highlights'], next, true)
  }
  const drop = (dragged: Dragged, to: Drop): void => {
    if ('field' in dragged) dropField(dragged, to)
    else if ('section' in dragged && 'beforeSection' in to) {
      const next = droppedEntry(sections, dragged.section, to.beforeSection)
      changeForm(next)
      setSelected({ section: next.indexOf(sections[dragged.section]!) })
    } else if ('tab' in dragged && 'beforeTab' in to)
      changeTabs(droppedEntry(tabs, dragged.tab, to.beforeTab))
    else if ('tab' in dragged && 'out' in to) removeTab(dragged.tab)
    else if ('newTab' in dragged && 'beforeTab' in to) {
      changeTabs(withTab(tabs, dragged.newTab, to.beforeTab))
      setSelected({ tab: to.beforeTab })
    }
  }
  const dropField = ({ field, from }: Extract<Dragged, { readonly field: string }>, to: Drop): void => {
    if ('place' in to) {
      changeForm(placed(sections, field, to.place))
      setSelected({ field })
    } else if ('beforeHighlight' in to) {
      changeTop(withHighlight(highlights, field, to.beforeHighlight))
      setSelected({ highlight: field })
    } else if ('out' in to) {
      if (from === 'top') removeHighlight(field)
      else removeField(field)
    }
  }
  const removeField = (field: string): void => {
    changeForm(without(sections, field))
    setSelected(undefined)
  }
  const removeHighlight = (field: string): void => {
    changeTop(highlights.filter((one) => one !== field))
    setSelected(undefined)
  }
  const removeTab = (at: number): void => {
    changeTabs(tabs.toSpliced(at, 1))
    setSelected(undefined)
  }
  return {
    select: setSelected,
    drop,
    stepField: (field, by) => changeForm(stepped(sections, field, by)),
    removeField,
    addSection(after) {
      changeForm(withSection(sections, after, NEW_SECTION))
      setSelected({ section: after + 1 })
    },
    moveSection(from, to) {
      const next = movedEntry(sections, from, to)
      if (next === sections) return
      changeForm(next)
      setSelected({ section: to })
    },
    removeSection(at) {
      changeForm(sections.toSpliced(at, 1))
      setSelected(undefined)
    },
    moveHighlight(field, by) {
      const from = highlights.indexOf(field)
      changeTop(movedEntry(highlights, from, from + by))
    },
    removeHighlight,
    moveTab(from, to) {
      const next = movedEntry(tabs, from, to)
      if (next === tabs) return
      changeTabs(next)
      setSelected({ tab: to })
    },
    removeTab,
    pick(dragged, surface, selected) {
      if ('newTab' in dragged) drop(dragged, { beforeTab: tabs.length })
      else if (surface === 'page') drop(dragged, { beforeHighlight: highlights.length })
      else {
        const chosen = selected !== undefined && 'section' in selected ? selected.section : undefined
        const beside =
          selected !== undefined && 'field' in selected
            ? sections.findIndex(({ fields: list }) => list.includes(selected.field))
            : -1
        const section = chosen ?? (beside >= 0 ? beside : sections.length - 1)
        drop(dragged, { place: { section, at: sections[section]?.fields.length ?? 0 } })
      }
    },
    arrangeForm() {
      const first = fields.filter(({ name }) => name === title)
      const rest = fields.filter(({ name, type }) => name !== title && type !== 'child_list')
      const names = [...first, ...rest].map(({ name }) => name)
      changeForm([{ name: 'details', label: DETAILS, columns: 2, fields: names }])
    },
    arrangeTop: (generated) => changeTop([...generated]),
    arrangeTabs(generated) {
      const plain: ReadonlySet<string> = new Set(PLAIN_TABS)
      changeTabs(
        generated
          .filter(({ name, related }) => related !== undefined || plain.has(name))
          .map(({ name, related }) => ({ name, ...(related === undefined ? {} : { related }) })),
      )
    },
  }
}
