import type { Reference } from './types.ts'

/** A write of a record, or what it was merged into. */
export interface HistoryEntry {
  readonly id: string
  readonly at: string
  readonly actor: { readonly id: string; readonly label: string } | null
  readonly via: string
  /** The web form that it came by. */
  readonly webform?: { readonly name: string; readonly label: string }
  /** The tag rule that gave or took a tag. */
  readonly rule?: { readonly name: string; readonly label: string }
  /** The flow that did it; its run for who may look at runs. */
  readonly flow?: { readonly name: string; readonly label: string; readonly run?: string }
  readonly action: 'create' | 'update' | 'delete' | 'restore' | 'merged'
  /** Null of what is no write: a merge. */
  readonly version: number | null
  readonly merged?: HistoryMerge
  /** It happened to a record that was merged into this one. */
  readonly merged_from?: { readonly id: string; readonly label: string }
  readonly changes: readonly HistoryChange[]
}

/** What was merged into the record, or into what it was. */
export interface HistoryMerge {
  readonly from?: readonly Reference[]
  readonly into?: Reference
  readonly reason: string | null
}

export interface HistoryChange {
  readonly field: string
  readonly label: string
  readonly before: unknown
  readonly after: unknown
  /** Secret: what it was and became is not kept. */
  readonly concealed?: boolean
}
