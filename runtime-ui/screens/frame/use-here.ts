import { useLocation } from 'react-router'
import type { Place } from './places.ts'
import { usePlaceGroups } from './use-place-group.ts'

/** Whether a place is where the person is: the one with the shown view, else the first one of its entity. */
export function useHere(place: Place): boolean {
  const { pathname, search } = useLocation()
  const { current } = usePlaceGroups()
  if (place.entity === undefined) return pathname === place.to || pathname.startsWith(`${place.to}/`)
  const entity = /^\/records\/([^/]+)/.exec(pathname)?.[1]
  if (entity !== place.entity) return false
  const same = current.places.filter((other) => other.entity === entity)
  const view = new URLSearchParams(search).get('view')
  const exact = same.find((other) => new URLSearchParams(other.to.split('?')[1]).get('view') === view)
  return (exact ?? same[0])?.key === place.key
}
