import type { Entity } from './types.ts'

/** How page and facts are arranged for some records: those that hold one of the options in each of the fields. */
export interface EntityLayout extends Pick<Entity, 'page' | 'sections'> {
  readonly name: string
  readonly where: readonly { readonly field: string; readonly is: readonly string[] }[]
}

export interface PageLayout {
  readonly overview?: readonly OverviewGroup[]
  readonly highlights: readonly string[]
  readonly tabs: readonly { readonly name: string; readonly label: string; readonly related?: string }[]
}

export interface OverviewFigure {
  readonly label: string
  readonly entity: string
  /** The field that leads to the record. */
  readonly by: string
  readonly fn: 'count' | 'sum' | 'avg' | 'min' | 'max'
  readonly field?: string
  readonly filter?: unknown
}

/** One side of a record: fields of its own, and figures over related records that one sees. */
export interface OverviewGroup {
  readonly label: string
  readonly fields: readonly string[]
  readonly figures: readonly OverviewFigure[]
}
