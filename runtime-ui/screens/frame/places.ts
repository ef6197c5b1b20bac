import type { App, Model } from '../../api/types.ts'
import { type IconName, iconNamed } from '../../kit/icons/paths.ts'
import { PEOPLE } from './settings-places.ts'

/** One entry of the navigation. */
export interface Place {
  readonly key: string
  /** Absent for dashboards and reports. */
  readonly entity?: string
  readonly label: string
  readonly icon: IconName
  readonly to: string
}

export interface PlaceGroup {
  readonly name: string
  readonly label: string
  /** What opens first; the first place where it is absent. */
  readonly home?: string
  readonly places: readonly Place[]
}

export const listAddress = (entity: string, view?: string): string =>
  `/records/${entity}${view === undefined ? '' : `?view=${encodeURIComponent(view)}`}`

/** Where a dashboard or a report is; undefined for what is neither. */
export function figuresAddress({
  dashboard,
  report,
}: {
  readonly dashboard?: string
  readonly report?: string
}): string | undefined {
  if (dashboard !== undefined) return `/dashboards/${dashboard}`
  return report === undefined ? undefined : `/reports/${report}`
}

export const recordAddress = (entity: string, id: string): string => `/records/${entity}/${id}`

/**
 * Where a person can go: each of their apps with the entities they may read; without an app, all entities that somebody
 * made. Comments and files stand at the records that they are about.
 */
export function placesOf(model: Model): readonly PlaceGroup[] {
  const groups = model.apps.map((app) => ({
    name: app.name,
    label: app.label,
    ...homeOf(app.home),
    places: app.nav.flatMap((item): readonly Place[] => {
      const figures = figuresAddress(item)
      if (figures !== undefined) {
        const icon = item.icon ?? (item.dashboard === undefined ? 'chart' : 'columns')
        return [{ key: `${app.name}.${figures}`, label: item.label, icon: iconNamed(icon), to: figures }]
      }
      const entity = model.entities.find((candidate) => candidate.name === item.entity)
      if (entity === undefined) return []
      const key = `${app.name}.${item.entity}.${item.view ?? ''}`
      return [
        {
          key,
          entity: entity.name,
          label: item.label,
          icon: iconNamed(item.icon ?? entity.icon ?? entity.name),
          to: listAddress(entity.name, item.view),
        },
      ]
    }),
  }))
  // Users and teams of the generated group stand under the settings, whatever app is in use.
  const others = groups.map((group) =>
    group.name === 'administration'
      ? { ...group, places: group.places.filter(({ entity }) => !PEOPLE.includes(entity ?? '')) }
      : group,
  )
  const filled = others.filter((group) => group.places.length > 0)
  return filled.length > 0 ? filled : [{ name: 'all', label: '', places: allPlaces(model) }]
}

function homeOf(home: App['home']): { readonly home?: string } {
  const to = home === undefined ? undefined : figuresAddress(home)
  return to === undefined ? {} : { home: to }
}

/** The group in use: the chosen app, else the one with the most places, the likeliest to be one's main one. */
export function currentGroup(groups: readonly PlaceGroup[], chosen: string | undefined): PlaceGroup {
  const widest = groups.reduce((best, group) => (group.places.length > best.places.length ? group : best))
  return groups.find((group) => group.name === chosen) ?? widest
}

function allPlaces(model: Model): readonly Place[] {
  return model.entities
    .filter(({ rights, builtIn }) => rights.read && builtIn !== true)
    .map((entity) => ({
      key: entity.name,
      entity: entity.name,
      label: entity.plural,
      icon: iconNamed(entity.icon ?? entity.name),
      to: listAddress(entity.name),
    }))
}
