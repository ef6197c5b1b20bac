import type { Cell } from '../../api/reports.ts'
import { PLAIN_VIEW } from '../list/list-state.ts'

/** Where exactly the records of a figure are listed. */
export function drillAddress(entity: string, cell: Cell, figure?: string): string {
  const filter = (figure === undefined ? undefined : cell.filters?.[figure]) ?? cell.filter
  const search = new URLSearchParams({ view: PLAIN_VIEW })
  if (filter !== undefined && filter !== null) search.set('filter', JSON.stringify(filter))
  return `/records/${entity}?${search.toString()}`
}
