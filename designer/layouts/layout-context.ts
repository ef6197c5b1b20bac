import { createContext, useContext } from 'react'
import type { IconName } from '../../runtime-ui/kit/icons/paths.ts'
import type { DraftSection, DraftTab, FieldPlace } from './layout-edit.ts'

/** What may be put on a form: a field as the draft has it. */
export interface LayoutField {
  readonly name: string
  readonly label: string
  readonly type: string
  /** What the type is called. */
  readonly typeWord: string
  readonly isRequired: boolean
  /** In place of the one of its type. */
  readonly icon?: IconName
}

/** Records of another entity that point to this one. */
export interface LayoutRelation {
  readonly name: string
  readonly label: string
}

export type Selected =
  | { readonly section: number }
  | { readonly field: string }
  | { readonly highlight: string }
  | { readonly tab: number }
  | undefined

/** What is dragged. */
export type Dragged =
  | { readonly field: string; readonly from?: 'form' | 'top' }
  | { readonly section: number }
  | { readonly tab: number }
  | { readonly newTab: { readonly name: string; readonly related?: string } }

/** Where it may be dropped. */
export type Drop =
  | { readonly place: FieldPlace }
  | { readonly beforeSection: number }
  | { readonly beforeHighlight: number }
  | { readonly beforeTab: number }
  | { readonly out: true }

export interface LayoutActs {
  select(selected: Selected): void
  drop(dragged: Dragged, drop: Drop): void
  stepField(field: string, by: -1 | 1): void
  removeField(field: string): void
  addSection(after: number): void
  moveSection(from: number, to: number): void
  removeSection(at: number): void
  moveHighlight(field: string, by: -1 | 1): void
  removeHighlight(field: string): void
  moveTab(from: number, to: number): void
  removeTab(at: number): void
}

/** What the parts of the picture share. */
export interface LayoutPicture {
  readonly entity: string
  /** Undefined where it is generated. */
  readonly sections: readonly DraftSection[] | undefined
  readonly highlights: readonly string[] | undefined
  readonly tabs: readonly DraftTab[] | undefined
  readonly fields: readonly LayoutField[]
  readonly relations: readonly LayoutRelation[]
  readonly features: ReadonlySet<string>
  readonly selected: Selected
  readonly dragged: Dragged | undefined
  readonly readOnly: boolean
  readonly acts: LayoutActs
  fieldOf(name: string): LayoutField
  labelOf(part: { readonly name: string; readonly label?: unknown }): string
  tabLabel(tab: DraftTab): string
  /** Whether something is wrong at a place or below it, such as `/form/0`. */
  isFaulty(pointer: string): boolean
}

export const LayoutContext = createContext<LayoutPicture | undefined>(undefined)

export function useLayoutPicture(): LayoutPicture {
  const picture = useContext(LayoutContext)
  if (picture === undefined) throw new Error('useLayoutPicture is called outside the picture of a layout')
  return picture
}

/** Whether what is dragged may be dropped there. */
export function accepts(dragged: Dragged, drop: Drop): boolean {
  if ('field' in dragged) {
    return 'place' in drop || 'beforeHighlight' in drop || ('out' in drop && dragged.from !== undefined)
  }
  if ('section' in dragged) return 'beforeSection' in drop
  if ('tab' in dragged) return 'beforeTab' in drop || 'out' in drop
  return 'beforeTab' in drop
}
