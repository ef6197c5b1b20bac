import { droppedEntry } from '../canvas/entries.ts'
import { freshName } from '../inspector/controls/fresh-name.ts'
import { isObject, type Json } from '../store/json-value.ts'

/** A section as a draft has it: what is there may be anything until the draft is checked, and keys of others stay. */
export interface DraftSection extends Json {
  readonly name: string
  readonly fields: readonly string[]
}

/** Where a field comes to stand: before the one that is there now. */
export interface FieldPlace {
  readonly section: number
  readonly at: number
}

/** Fields at the top of a record's page. */
export const MOST_HIGHLIGHTS = 6

export const textsIn = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : []

/** Undefined where the form is generated. */
export function sectionsOf(definition: Json | undefined): readonly DraftSection[] | undefined {
  if (!Array.isArray(definition?.form)) return undefined
  return definition.form.map((one) => {
    const section = isObject(one) ? one : {}
    const name = typeof section.name === 'string' ? section.name : ''
    return { ...section, name, fields: textsIn(section.fields) }
  })
}

export const columnsOf = ({ columns }: DraftSection): number => (columns === 2 || columns === 3 ? columns : 1)

export const placedFields = (sections: readonly DraftSection[]): ReadonlySet<string> =>
  new Set(sections.flatMap(({ fields }) => fields))

export function placeOf(sections: readonly DraftSection[], field: string): FieldPlace | undefined {
  const section = sections.findIndex(({ fields }) => fields.includes(field))
  return section < 0 ? undefined : { section, at: sections[section]!.fields.indexOf(field) }
}

/** A field put into a section, wherever it stood before. */
export function placed(
  sections: readonly DraftSection[],
  field: string,
  to: FieldPlace,
): readonly DraftSection[] {
  const target = sections[to.section]
  if (target === undefined) return sections
  const from = placeOf(sections, field)
  if (from?.section === to.section && (from.at === to.at || from.at + 1 === to.at)) return sections
  // Behind where it stood, everything has moved up by one.
  const at = from?.section === to.section && from.at < to.at ? to.at - 1 : to.at
  return without(sections, field).map((section, index) =>
    index === to.section ? { ...section, fields: section.fields.toSpliced(at, 0, field) } : section,
  )
}

export function without(sections: readonly DraftSection[], field: string): readonly DraftSection[] {
  return sections.map((section) =>
    section.fields.includes(field)
      ? { ...section, fields: section.fields.filter((one) => one !== field) }
      : section,
  )
}

/** A step up or down: within the section, and beyond its edge into the next one. */
export function stepped(
  sections: readonly DraftSection[],
  field: string,
  by: -1 | 1,
): readonly DraftSection[] {
  const from = placeOf(sections, field)
  if (from === undefined) return sections
  const { fields } = sections[from.section]!
  const at = from.at + by
  if (at >= 0 && at < fields.length) {
    return placed(sections, field, { section: from.section, at: by > 0 ? at + 1 : at })
  }
  const next = sections[from.section + by]
  if (next === undefined) return sections
  return placed(sections, field, { section: from.section + by, at: by > 0 ? 0 : next.fields.length })
}

export function withSection(
  sections: readonly DraftSection[],
  after: number,
  label: Json,
): readonly DraftSection[] {
  const fresh: DraftSection = { name: freshName('section', sections), label, columns: 2, fields: [] }
  return sections.toSpliced(after + 1, 0, fresh)
}

/** A tab of a record's page. */
export interface DraftTab extends Json {
  readonly name: string
}

/** Tabs that need no relation. */
export const PLAIN_TABS = ['details', 'comments', 'files', 'history'] as const

/** Undefined where the tabs are generated. */
export function tabsOf(definition: Json | undefined): readonly DraftTab[] | undefined {
  const tabs = isObject(definition?.page) ? definition.page.tabs : undefined
  if (!Array.isArray(tabs)) return undefined
  return tabs.map((one) => {
    const tab = isObject(one) ? one : {}
    return { ...tab, name: typeof tab.name === 'string' ? tab.name : '' }
  })
}

/** A list of related records, or one of the tabs that every page may have, put among the tabs. */
export function withTab(
  tabs: readonly DraftTab[],
  tab: { readonly name: string; readonly related?: string },
  before: number,
): readonly DraftTab[] {
  const isThere = tabs.some((one) =>
    tab.related === undefined
      ? one.related === undefined && one.name === tab.name
      : one.related === tab.related,
  )
  if (isThere) return tabs
  const name = tab.related === undefined ? tab.name : freshName(tab.name, tabs)
  return tabs.toSpliced(before, 0, { ...tab, name })
}

export const highlightsOf = (definition: Json | undefined): readonly string[] | undefined => {
  const page = definition?.page
  return isObject(page) && Array.isArray(page.highlights) ? textsIn(page.highlights) : undefined
}

/** A field among those at the top: put there, or moved; a full row takes no more. */
export function withHighlight(
  highlights: readonly string[],
  field: string,
  before: number,
): readonly string[] {
  const from = highlights.indexOf(field)
  if (from >= 0) return droppedEntry(highlights, from, before)
  if (highlights.length >= MOST_HIGHLIGHTS) return highlights
  return highlights.toSpliced(before, 0, field)
}
