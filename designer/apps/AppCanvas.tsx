import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Icon } from '../../runtime-ui/kit/icons/Icon.tsx'
import { entryAt, useAtHash } from '../canvas/at-hash.ts'
import type { CanvasProps } from '../canvas/canvases.tsx'
import { DragPicture, useDrag } from '../canvas/DragPicture.tsx'
import { Offers, PaletteGroup, PaletteOffer } from '../canvas/PaletteParts.tsx'
import { PartActs } from '../canvas/PartActs.tsx'
import { stepTo } from '../canvas/step-to.ts'
import { TileOrder } from '../canvas/TileOrder.tsx'
import { Inspector } from '../inspector/Inspector.tsx'
import { problemsOf } from '../inspector/inspected.ts'
import { TileFace } from '../layouts/FieldTile.tsx'
import type { Json } from '../store/json-value.ts'
import { useStore } from '../store/store.tsx'
import '../canvas/canvas.css'
import '../canvas/editor.css'
import '../views/views.css'
import { AppPreview } from './AppPreview.tsx'
import { type AppList, bare, movedPlace, placesIn, takesPlace, withoutPlace, withPlace } from './app-edit.ts'
import { addressIn, useAppPlaces } from './use-app-places.ts'
import './apps.css'

type Dragged = { readonly place: AppList; readonly entry: number } | { readonly led: Json }
type Drop = { readonly place: AppList; readonly before: number } | { readonly out: true }
type Selected = { readonly list: AppList; readonly at: number } | undefined

const LISTS = ['home', 'nav'] as const
const IN_PICTURE: ReadonlySet<string> = new Set(['home', 'nav'])
const ALWAYS: ReadonlySet<string> = new Set(['label', 'icon', 'for'])
const OF_ENTITY: ReadonlySet<string> = new Set(['label', 'view', 'icon'])
const OF_FIGURES: ReadonlySet<string> = new Set(['label', 'icon'])

/** An app: what opens first for whom, and its navigation, beside what a role then sees. */
export function AppCanvas(props: CanvasProps) {
  const { kind, name, definition, inForce, readOnly, set, ways } = props
  const { t } = useTranslation()
  const { problems } = useStore()
  const [selected, setSelected] = useState<Selected>()
  const places = useAppPlaces()
  useAtHash((hash) => {
    const at = entryAt(hash, ['nav'])
    setSelected(at === undefined ? undefined : { list: 'nav', at })
  })
  const apply = (next: Json): void => {
    const step = readOnly ? undefined : stepTo(definition, next)
    if (step !== undefined) set(step.path, step.value, true)
  }
  const put = (list: AppList, place: Json, before: number): void => {
    apply(withPlace(definition, list, place, before))
    if (takesPlace(list, place)) setSelected({ list, at: before })
  }
  const acts = (list: AppList) => ({
    select: (at: number) => setSelected({ list, at }),
    move: (from: number, by: -1 | 1) => {
      apply(movedPlace(definition, list, from, by < 0 ? from - 1 : from + 2))
      if (selected !== undefined) setSelected({ list, at: from + by })
    },
    remove: (at: number) => {
      apply(withoutPlace(definition, list, at))
      setSelected(undefined)
    },
  })
  const ledBy = (what: Dragged): Json =>
    'led' in what ? what.led : bare(placesIn(definition, what.place)[what.entry] ?? {})
  const onDrop = (what: Dragged, to: Drop): void => {
    if ('out' in to) {
      if ('entry' in what) acts(what.place).remove(what.entry)
    } else if ('entry' in what && what.place === to.place) {
      apply(movedPlace(definition, to.place, what.entry, to.before))
      setSelected(undefined)
    } else put(to.place, ledBy(what), to.before)
  }
  const here = problemsOf(problems, kind, name)
  const faultyIn = (list: AppList): ReadonlySet<number> =>
    new Set(
      placesIn(definition, list).flatMap((_one, at) =>
        here.some(({ path }) => `${path}/`.startsWith(`/${list}/${at}/`)) ? [at] : [],
      ),
    )
  const palette = (
    <Palette
      places={places}
      readOnly={readOnly}
      onPick={(place) => put('nav', place, placesIn(definition, 'nav').length)}
      lists={LISTS.map((list) => (
        <TileOrder
          key={list}
          {...{ readOnly }}
          title={t(`example.${list}`)}
          place={list}
          tiles={placesIn(definition, list).map(places.tileOf)}
          acts={acts(list)}
          faulty={faultyIn(list)}
          selected={selected?.list === list ? selected.at : undefined}
        />
      ))}
    />
  )
  const preview = <AppPreview {...{ definition, places }} />
  const chosen = selected === undefined ? undefined : placesIn(definition, selected.list)[selected.at]
  const side =
    selected === undefined || chosen === undefined
      ? {
          title: t('example.wholeApp'),
          beside: name,
          content: (
            <Inspector
              {...{ kind, name, definition, inForce, readOnly, set }}
              without={IN_PICTURE}
              always={ALWAYS}
            />
          ),
        }
      : {
          title: places.labelOf(chosen),
          beside: addressIn(chosen).name,
          icon: <Icon name={places.tileOf(chosen).icon ?? 'table'} />,
          onClose: () => setSelected(undefined),
          acts: readOnly ? undefined : (
            <PartActs
              isFirst={selected.at === 0}
              isLast={selected.at === placesIn(definition, selected.list).length - 1}
              onMove={(by) => acts(selected.list).move(selected.at, by)}
              onRemove={() => acts(selected.list).remove(selected.at)}
            />
          ),
          content:
            selected.list === 'home' ? (
              <p className="t13 ink-2">{t('example.homeText')}</p>
            ) : (
              <Inspector
                {...{ kind, name, definition, inForce, readOnly, set }}
                key={`${selected.at} ${addressIn(chosen).name}`}
                at={['nav', String(selected.at)]}
                without={WITHOUT}
                always={chosen.entity === undefined ? OF_FIGURES : OF_ENTITY}
              />
            ),
        }
  const { dragged, drag } = useDrag<Dragged, Drop>(
    (what, to) => ('out' in to ? 'entry' in what : takesPlace(to.place, ledBy(what))),
    onDrop,
  )
  return (
    <DragPicture
      {...{ ways, side, palette, drag }}
      keys={t('layouts.keys')}
      surface={preview}
      below={palette}
      face={dragged === undefined ? undefined : places.tileOf(ledBy(dragged))}
    />
  )
}

/** Where it leads is what it is: another place is another entry. */
const WITHOUT: ReadonlySet<string> = new Set(['entity', 'dashboard', 'report'])

interface PaletteProps {
  readonly places: ReturnType<typeof useAppPlaces>
  readonly lists: ReactNode
  readonly readOnly: boolean
  readonly onPick: (place: Json) => void
}

/** Both lists, and where they could lead: dragged into one, or pressed for the navigation. */
function Palette({ places, lists, readOnly, onPick }: PaletteProps) {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const wanted = text.trim().toLowerCase()
  const groups = [
    { key: 'entities', all: places.entities },
    { key: 'dashboards', all: places.dashboards },
    { key: 'reports', all: places.reports },
  ] as const
  return (
    <aside className="layout-palette" aria-label={t('layouts.palette')}>
      {lists}
      <Offers label={t('example.searchPlaces')} text={text} onText={setText}>
        {groups.map(({ key, all }) => {
          const found = all
            .map((place: Json) => ({ place, face: places.tileOf(place) }))
            .filter(({ face }) => `${face.label} ${face.name}`.toLowerCase().includes(wanted))
          return found.length === 0 ? null : (
            <PaletteGroup key={key} title={t(`example.${key}`)} count={found.length}>
              {found.map(({ place, face }) => (
                <PaletteOffer
                  key={face.name}
                  id={`offer ${face.name}`}
                  dragged={{ led: place }}
                  isOff={readOnly}
                  onPick={({ led }) => onPick(led)}
                >
                  <TileFace field={face} />
                </PaletteOffer>
              ))}
            </PaletteGroup>
          )
        })}
      </Offers>
    </aside>
  )
}
