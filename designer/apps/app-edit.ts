import { droppedEntry } from '../canvas/entries.ts'
import { isObject, isSame, type Json } from '../store/json-value.ts'

/** The lists of an app: what opens first, and its navigation. */
export type AppList = 'home' | 'nav'

/** A place as a list says it: `{dashboard}`, `{report}`, or (in the navigation) `{entity}`. */
export function placesIn(definition: Json, list: AppList): readonly Json[] {
  const said = definition[list]
  if (Array.isArray(said)) return said.filter(isObject)
  return isObject(said) ? [said] : []
}

/** One home is written by itself, several as a list, none not at all. */
function withPlaces(definition: Json, list: AppList, places: readonly Json[]): Json {
  if (list === 'nav') return { ...definition, nav: places }
  const { home: _former, ...rest } = definition
  if (places.length === 0) return rest
  return { ...rest, home: places.length === 1 ? places[0] : places }
}

/** Only figures open first. */
export const takesPlace = (list: AppList, place: Json): boolean =>
  list === 'nav' || place.dashboard !== undefined || place.report !== undefined

const isThere = (places: readonly Json[], place: Json): boolean =>
  places.some(({ entity, view, dashboard, report }) =>
    isSame({ ...place }, clean({ entity, view, dashboard, report })),
  )

const clean = (place: Json): Json =>
  Object.fromEntries(Object.entries(place).filter(([, value]) => value !== undefined))

/** A place put before the one that stands there; what opens first does so once. */
export function withPlace(definition: Json, list: AppList, place: Json, before: number): Json {
  const places = placesIn(definition, list)
  if (!takesPlace(list, place) || (list === 'home' && isThere(places, place))) return definition
  return withPlaces(definition, list, places.toSpliced(before, 0, place))
}

export function movedPlace(definition: Json, list: AppList, from: number, before: number): Json {
  const places = placesIn(definition, list)
  const moved = droppedEntry(places, from, before)
  return moved === places ? definition : withPlaces(definition, list, moved)
}

export const withoutPlace = (definition: Json, list: AppList, at: number): Json =>
  withPlaces(definition, list, placesIn(definition, list).toSpliced(at, 1))

/** A place of the navigation that may also open first, and the other way round. */
export const bare = ({ entity, dashboard, report }: Json): Json => clean({ entity, dashboard, report })

/**
 * What opens first for a role: the first that is for it, as the engine has it.
 * @param peopleOf whom a place is for; undefined: everybody
 */
export function openedFirst(
  homes: readonly Json[],
  role: string | undefined,
  peopleOf: (place: Json) => unknown,
): Json | undefined {
  return homes.find((place) => isForRole(peopleOf(place), role))
}

function isForRole(people: unknown, role: string | undefined): boolean {
  if (role === undefined || !Array.isArray(people)) return true
  return people.some((one) => isObject(one) && one.role === role)
}

/**
 * Whether a navigation shows a place to a role: what it may not read, or is not for it, leads it nowhere.
 * @param role the definition; undefined: it is looked at as everybody
 * @param led the definition that a place leads to where that is figures
 */
export function isShownTo(place: Json, role: Json | undefined, led: Json | undefined): boolean {
  if (role === undefined) return true
  if (place.entity !== undefined) return reads(role, place.entity)
  if (led === undefined || !isForRole(led.for, String(role.name))) return led === undefined
  return place.report === undefined || reads(role, led.entity)
}

/** Whether a role reads any records of an entity. */
function reads({ entities, default: usual }: Json, entity: unknown): boolean {
  const own = isObject(entities) ? entities[String(entity)] : undefined
  const said = (isObject(own) ? own.read : undefined) ?? (isObject(usual) ? usual.read : undefined)
  return said !== undefined && said !== 'none'
}
