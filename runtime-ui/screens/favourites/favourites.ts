import type { Favourite, Model } from '../../api/types.ts'
import { type IconName, iconNamed } from '../../kit/icons/paths.ts'
import { listAddress, recordAddress } from '../frame/places.ts'

export const MOST_FAVOURITES = 50

/** What it is, whatever it is called: two of one are never kept. */
export function keyOf(favourite: Favourite): string {
  const { kind } = favourite
  if (kind === 'record') return `record ${favourite.entity} ${favourite.id}`
  if (kind === 'list') return `list ${favourite.entity} ${favourite.view ?? ''}`
  return `${kind} ${favourite.name}`
}

export function addressOf(favourite: Favourite): string {
  const { kind } = favourite
  if (kind === 'record') return recordAddress(favourite.entity, favourite.id)
  if (kind === 'list') return listAddress(favourite.entity, favourite.view)
  return kind === 'dashboard' ? `/dashboards/${favourite.name}` : `/reports/${favourite.name}`
}

export interface ShownFavourite {
  readonly key: string
  readonly favourite: Favourite
  readonly label: string
  /** What it is one of; absent for dashboards and reports. */
  readonly note?: string
  readonly icon: IconName
  readonly to: string
}

/** The favourites that still lead somewhere: an entity that one may not read any more is left out, not forgotten. */
export function shownFavourites(model: Model, favourites: readonly Favourite[]): readonly ShownFavourite[] {
  return favourites.flatMap((favourite): readonly ShownFavourite[] => {
    const at = { key: keyOf(favourite), favourite, to: addressOf(favourite) }
    if (favourite.kind === 'dashboard' || favourite.kind === 'report') {
      return [{ ...at, label: favourite.label, icon: favourite.kind === 'dashboard' ? 'chart' : 'columns' }]
    }
    const entity = model.entities.find(({ name }) => name === favourite.entity)
    if (entity?.rights.read !== true) return []
    const icon = iconNamed(entity.icon ?? entity.name)
    if (favourite.kind === 'record') return [{ ...at, label: favourite.label, note: entity.label, icon }]
    const view = entity.views.find(({ name }) => name === favourite.view)
    return [{ ...at, label: view?.label ?? entity.plural, note: entity.plural, icon }]
  })
}

/** With or without one; a new one stands last. */
export function toggled(favourites: readonly Favourite[], favourite: Favourite): readonly Favourite[] {
  const key = keyOf(favourite)
  const others = favourites.filter((other) => keyOf(other) !== key)
  return others.length < favourites.length ? others : [...favourites, favourite]
}

/** With one at the place of another. */
export function moved(favourites: readonly Favourite[], from: string, to: string): readonly Favourite[] {
  const one = favourites.find((favourite) => keyOf(favourite) === from)
  const at = favourites.findIndex((favourite) => keyOf(favourite) === to)
  if (one === undefined || at === -1 || from === to) return favourites
  return favourites.filter((favourite) => keyOf(favourite) !== from).toSpliced(at, 0, one)
}

/** With one under the name that it has now. */
export function renamed(favourites: readonly Favourite[], favourite: Favourite): readonly Favourite[] {
  const key = keyOf(favourite)
  return favourites.map((other) => (keyOf(other) === key ? favourite : other))
}
