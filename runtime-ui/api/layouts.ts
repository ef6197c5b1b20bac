import type { Entity } from './types.ts'

/** How page and facts are arranged for some records: those that hold one of the options in each of the fields. */
export interface EntityLayout extends Pick<Entity, 'page' | 'sections'> {
  readonly where: readonly { readonly field: string; readonly is: readonly string[] }[]
}
