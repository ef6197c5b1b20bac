import type { TFunction } from 'i18next'
import type { SearchHit } from '../../api/search.ts'
import type { Entity, Model } from '../../api/types.ts'
import { languages } from '../../i18n/languages.ts'
import type { IconName } from '../../kit/icons/paths.ts'
import type { Work } from '../../kit/model-context.tsx'
import type { Recent } from '../../kit/recent.ts'
import { shownFavourites } from '../favourites/favourites.ts'
import { type PlaceGroup, recordAddress } from '../frame/places.ts'
import { settingsPlaces } from '../frame/settings-places.ts'
import { subjectsOf } from '../log/callers.ts'
import { openLog } from '../log/open-log.ts'

/** One line of the palette. */
export interface PaletteEntry {
  readonly key: string
  readonly label: string
  /** A record of which entity; absent for places and acts. */
  readonly record?: { readonly entity: Entity; readonly id: string }
  readonly icon?: IconName
  /** Behind the label, quieter. */
  readonly note?: string
  /** At the end of the line: where the words stand. */
  readonly end?: string
  /** Where it leads; absent for acts. */
  readonly to?: string
  /** A page outside of this one: it is loaded anew. */
  readonly isOutside?: boolean
  readonly act?: () => void
}

export interface PaletteGroup {
  readonly key: string
  readonly label: string
  readonly entries: readonly PaletteEntry[]
}

const MOST_PLACES = 6
const MOST_NEW = 4

/** The records that answer, entity by entity in the order in which they came. */
export function hitGroups(model: Model, hits: readonly SearchHit[]): readonly PaletteGroup[] {
  const groups = new Map<string, PaletteEntry[]>()
  for (const hit of hits) {
    const entity = model.entities.find(({ name }) => name === hit.entity)
    if (entity === undefined) continue
    const entry: PaletteEntry = {
      key: hit.id,
      label: hit.label,
      record: { entity, id: hit.id },
      to: recordAddress(entity.name, hit.id),
      ...(hit.note === null ? {} : { note: hit.note }),
      ...(hit.matched === null ? {} : { end: `${hit.matched.label} ${hit.matched.value}` }),
    }
    groups.set(entity.name, [...(groups.get(entity.name) ?? []), entry])
  }
  return [...groups].map(([name, entries]) => ({
    key: name,
    label: model.entities.find((entity) => entity.name === name)!.plural,
    entries,
  }))
}

/** What the person looked at last. */
export function recentGroup(model: Model, recent: readonly Recent[], t: TFunction): PaletteGroup {
  const entries = recent.flatMap(({ entity: name, id, label }): readonly PaletteEntry[] => {
    const entity = model.entities.find((one) => one.name === name)
    if (entity?.rights.read !== true) return []
    return [{ key: id, label, record: { entity, id }, note: entity.label, to: recordAddress(name, id) }]
  })
  return { key: 'recent', label: t('palette.recent'), entries }
}

/** What the person keeps at hand. */
export function favouriteGroup({ model, me }: Work, words: string, t: TFunction): PaletteGroup {
  const entries = shownFavourites(model, me.settings.favourites)
    .filter(({ label, note = '' }) => words === '' || answers(`${label} ${note}`, words))
    .slice(0, MOST_PLACES)
    .map(
      ({ key, label, note, icon, to }): PaletteEntry => ({
        ...{ key: `favourite ${key}`, label, icon, to },
        ...(note === undefined ? {} : { note }),
      }),
    )
  return { key: 'favourites', label: t('favourite.title'), entries }
}

/** The places whose name answers; without words those of the app in use. */
export function placeGroup(
  work: Work,
  groups: readonly PlaceGroup[],
  current: PlaceGroup,
  words: string,
  t: TFunction,
): PaletteGroup {
  const places = (words === '' ? [current] : groups).flatMap((group) => group.places)
  const own: PaletteEntry[] = [
    ...places.map(({ label, icon, to }) => ({ key: to, label, icon, to })),
    { key: '/notifications', label: t('notifications.title'), icon: 'bell', to: '/notifications' },
    { key: '/approvals', label: t('approval.title'), icon: 'task', to: '/approvals' },
    { key: '/account', label: t('account.title'), icon: 'user', to: '/account' },
    ...settingsPlaces(work, t).map(({ label, icon, to, isOutside }) => ({
      ...{ key: to, label, icon, to },
      ...(isOutside === true ? { isOutside } : {}),
    })),
  ]
  const distinct = [...new Map(own.map((entry) => [entry.key, entry])).values()]
  const answering = distinct.filter(({ label }) => answers(label, words)).slice(0, MOST_PLACES)
  return { key: 'places', label: t('palette.go'), entries: answering }
}

/** A new record of an entity that is named, or of one of the first with the words as its title. */
export function newGroup(model: Model, current: PlaceGroup, words: string, t: TFunction): PaletteGroup {
  const inNav = current.places.flatMap(({ entity }) => entity ?? [])
  const creatable = [...new Set(inNav)].flatMap((name): readonly Entity[] => {
    const entity = model.entities.find((one) => one.name === name)
    return entity?.rights.create === true ? [entity] : []
  })
  const named =
    words === ''
      ? []
      : creatable.filter(({ label, plural }) => answers(label, words) || answers(plural, words))
  const entries = (named.length > 0 ? named : creatable).slice(0, MOST_NEW).map((entity): PaletteEntry => {
    const isTitled = words !== '' && named.length === 0 && titleOfNew(entity) !== undefined
    return {
      key: `new ${entity.name}`,
      icon: 'plus',
      label: isTitled
        ? t('palette.newTitled', { entity: entity.label, title: words })
        : t('act.newOf', { entity: entity.label }),
      to: `/records/${entity.name}/new${isTitled ? `?${new URLSearchParams({ [`set.${titleOfNew(entity)}`]: words })}` : ''}`,
    }
  })
  return { key: 'new', label: t('palette.new'), entries }
}

const MOST_NOTED = 2

/** A call to be noted down: about whom is asked for, or known from what was found. */
export function noteGroup(
  model: Model,
  words: string,
  hits: readonly SearchHit[],
  t: TFunction,
): PaletteGroup {
  const subjects = subjectsOf(model, 'call')
  const call = model.entities.find(({ activity }) => activity?.as === 'call')
  const group = { key: 'note', label: t('palette.note') }
  if (call === undefined || subjects.length === 0) return { ...group, entries: [] }
  const label = t('log.title', { entity: call.label })
  const own: PaletteEntry = { key: 'note call', icon: 'phone', label, act: () => openLog({ as: 'call' }) }
  const known = words === '' ? [] : hits.filter(({ entity }) => subjects.some(({ name }) => name === entity))
  return {
    ...group,
    entries: [
      ...(answers(label, words) ? [own] : []),
      ...known.slice(0, MOST_NOTED).map(
        ({ entity, id, label: title }): PaletteEntry => ({
          ...{ key: `note ${id}`, icon: 'phone', label: t('composer.callWith', { title }) },
          act: () => openLog({ as: 'call', about: { entity, id } }),
        }),
      ),
    ],
  }
}

/** The field in which what was typed would stand. */
function titleOfNew(entity: Entity): string | undefined {
  const title = entity.fields.find(({ name }) => name === entity.title)
  return title?.type === 'text' && title.writable ? title.name : undefined
}

export interface PersonActs {
  readonly setLanguage: (language: string) => Promise<void>
  readonly setTheme: (theme: 'light' | 'dark') => void
  readonly leave: () => Promise<void>
}

/** What one does about oneself. */
export function actGroup(
  acts: PersonActs,
  here: { readonly language: string; readonly isDark: boolean },
  words: string,
  t: TFunction,
): PaletteGroup {
  const entries: readonly PaletteEntry[] = [
    {
      key: 'theme',
      icon: here.isDark ? 'sun' : 'moon',
      label: t(here.isDark ? 'palette.light' : 'palette.dark'),
      act: () => acts.setTheme(here.isDark ? 'light' : 'dark'),
    },
    ...languages()
      .filter(({ tag }) => tag !== here.language)
      .map(
        ({ tag, name }): PaletteEntry => ({
          key: `language:${tag}`,
          icon: 'globe',
          label: name,
          act: () => void acts.setLanguage(tag),
        }),
      ),
    { key: 'leave', icon: 'sign_out', label: t('person.signOut'), act: () => void acts.leave() },
  ]
  return {
    key: 'acts',
    label: t('palette.acts'),
    entries: words === '' ? [] : entries.filter(({ label }) => answers(label, words)),
  }
}

/** Whether each of the words stands in a label. */
export function answers(label: string, words: string): boolean {
  const text = label.toLowerCase()
  return words
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word))
}
