import { useLocation } from 'react-router'
import { useWork } from '../../kit/model-context.tsx'
import { type Place, placesOf } from './places.ts'

/** Whether a place is where the person is: the first one of its entity, or the one with the shown view. */
export function useHere(place: Place): boolean {
  const { pathname, search } = useLocation()
  const { model } = useWork()
  const entity = /^\/records\/([^/]+)/.exec(pathname)?.[1]
  if (entity !== place.entity) return false
  const same = placesOf(model).flatMap((group) => group.places.filter((other) => other.entity === entity))
  const view = new URLSearchParams(search).get('view')
  const exact = same.find((other) => new URLSearchParams(other.to.split('?')[1]).get('view') === view)
  return (exact ?? same[0])?.key === place.key
}
