import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { useWork } from '../../kit/model-context.tsx'
import { recentOf } from '../../kit/recent.ts'
import { usePersonActs } from '../frame/PersonMenu.tsx'
import { listAddress } from '../frame/places.ts'
import { usePlaceGroups } from '../frame/use-place-group.ts'
import {
  actGroup,
  favouriteGroup,
  hitGroups,
  newGroup,
  noteGroup,
  type PaletteEntry,
  type PaletteGroup,
  placeGroup,
  recentGroup,
} from './entries.ts'
import { closePalette } from './open-palette.ts'
import { useHits } from './use-hits.ts'

/** What the palette shows and does. */
export function usePalette() {
  const { t } = useTranslation()
  const work = useWork()
  const navigate = useNavigate()
  const [text, setText] = useState('')
  const [entity, setEntity] = useState<string>()
  const words = text.trim()
  const { hits, isCurrent, error } = useHits(words, entity)
  const groups = useGroups(words, entity, hits.data)
  const shown = useMemo(
    () => withMore(groups, hits.more, words, work, t),
    [groups, hits.more, words, work, t],
  )
  const lines = useMemo(() => shown.flatMap((group) => group.entries), [shown])
  const { line, point, move } = useLine(lines, `${words} ${entity}`)
  const choose = useCallback(
    (entry: PaletteEntry | undefined, isNewTab: boolean): void => {
      if (entry === undefined) return
      closePalette()
      entry.act?.()
      if (entry.to === undefined) return
      if (isNewTab) window.open(entry.to, '_blank', 'noopener')
      else if (entry.isOutside === true) window.location.assign(entry.to)
      else void navigate(entry.to)
    },
    [navigate],
  )
  const isNothing = words !== '' && isCurrent && error === null && hits.data.length === 0
  return {
    ...{ text, setText, words, entity, setEntity, groups: shown, lines, line, point, move, choose },
    ...{ isNothing, error, count: hits.data.length },
  }
}

/** All groups in the order in which they stand. */
function useGroups(
  words: string,
  entity: string | undefined,
  hits: Parameters<typeof hitGroups>[1],
): readonly PaletteGroup[] {
  const { t, i18n } = useTranslation()
  const work = useWork()
  const acts = usePersonActs()
  const places = usePlaceGroups()
  const { model, me } = work
  const isDark = document.documentElement.dataset.theme === 'dark'
  const records = words === '' ? [recentGroup(model, recentOf(me.user.id), t)] : hitGroups(model, hits)
  if (entity !== undefined) return filled(records)
  const favourites = favouriteGroup(work, words, t)
  return filled([
    // Without words what is at hand comes first, with words what was looked for.
    ...(words === '' ? [favourites, ...records] : [...records, favourites]),
    placeGroup(work, places.groups, places.current, words, t),
    noteGroup(model, words, hits, t),
    actGroup(acts, { language: i18n.language, isDark }, words, t),
    newGroup(model, places.current, words, t),
  ])
}

const filled = (groups: readonly PaletteGroup[]): readonly PaletteGroup[] =>
  groups.filter(({ entries }) => entries.length > 0)

/** Below the records of an entity that has more of them, the way to all. */
function withMore(
  groups: readonly PaletteGroup[],
  more: readonly string[],
  words: string,
  { model }: ReturnType<typeof useWork>,
  t: ReturnType<typeof useTranslation>['t'],
): readonly PaletteGroup[] {
  return groups.map((group) => {
    const entity = model.entities.find(({ name }) => name === group.key)
    if (entity === undefined || !more.includes(group.key)) return group
    const entry: PaletteEntry = {
      key: `more ${group.key}`,
      icon: 'list',
      label: t('palette.more', { entities: entity.plural }),
      to: `${listAddress(entity.name)}?q=${encodeURIComponent(words)}`,
    }
    return { ...group, entries: [...group.entries, entry] }
  })
}

/** The line in use: the first, until the keys or the mouse choose another; by its key, since lines come and go. */
function useLine(lines: readonly PaletteEntry[], question: string) {
  const [key, setKey] = useState<string>()
  const asked = useRef(question)
  useEffect(() => {
    if (asked.current !== question) setKey(undefined)
    asked.current = question
  }, [question])
  const at = Math.max(
    lines.findIndex((entry) => entry.key === key),
    0,
  )
  return {
    line: lines[at],
    point: (entry: PaletteEntry) => setKey(entry.key),
    move: (by: number) => setKey(lines[(at + by + lines.length) % Math.max(lines.length, 1)]?.key),
  }
}
