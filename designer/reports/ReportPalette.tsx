import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Offers, PaletteGroup, PaletteOffer } from '../canvas/PaletteParts.tsx'
import { type TileActs, TileOrder } from '../canvas/TileOrder.tsx'
import { TileFace } from '../layouts/FieldTile.tsx'
import type { LayoutField } from '../layouts/layout-context.ts'
import type { Json } from '../store/json-value.ts'
import { formOf, type Place, placesOf } from './report-edit.ts'
import type { SelectedPart } from './report-side.tsx'

/** What is dragged: an entry of a list, or a field. */
export type Dragged = { readonly place: Place; readonly entry: number } | { readonly path: string }
export type Drop = { readonly place: Place; readonly before: number } | { readonly out: true }

interface ReportPaletteProps {
  readonly definition: Json
  readonly tiles: (place: Place) => readonly LayoutField[]
  readonly selected: SelectedPart
  readonly readOnly: boolean
  readonly acts: (place: Place) => TileActs
  readonly isFaulty: (place: Place, at: number) => boolean
  readonly offered: readonly LayoutField[]
  readonly related: readonly LayoutField[]
  /** Whether it can be put somewhere by a press. */
  readonly isOffered: (path: string) => boolean
  readonly add: (path: string) => void
}

/** Fields of related records that are offered at once. */
const MOST_RELATED = 30

/** What the figures are grouped by, the figures, and the fields that either could be. */
export function ReportPalette(props: ReportPaletteProps) {
  const { definition, tiles, selected, readOnly, acts, isFaulty, offered, related } = props
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const wanted = text.trim().toLowerCase()
  const found = [...offered, ...(wanted === '' ? [] : related.slice())]
    .filter(({ label, name }) => `${label} ${name}`.toLowerCase().includes(wanted) && props.isOffered(name))
    .slice(0, wanted === '' ? undefined : MOST_RELATED)
  return (
    <aside className="layout-palette" aria-label={t('layouts.palette')}>
      {placesOf(formOf(definition)).map((place) => {
        const own = tiles(place)
        return (
          <TileOrder
            key={place}
            {...{ place, readOnly }}
            title={t(`example.place.${place}`)}
            tiles={own}
            acts={acts(place)}
            selected={selected?.place === place ? selected.at : undefined}
            faulty={new Set(own.flatMap((_one, at) => (isFaulty(place, at) ? [at] : [])))}
          />
        )
      })}
      <Offers label={t('example.search')} text={text} onText={setText}>
        <PaletteGroup title={t('example.offers')} count={found.length}>
          {found.map((field) => (
            <PaletteOffer
              key={field.name}
              id={`offer ${field.name}`}
              dragged={{ path: field.name }}
              isOff={readOnly}
              onPick={({ path }) => props.add(path)}
            >
              <TileFace field={field} />
            </PaletteOffer>
          ))}
          {found.length === 0 ? <li className="t12 ink-3 palette-none">{t('layouts.noneFound')}</li> : null}
        </PaletteGroup>
      </Offers>
    </aside>
  )
}
