import { useTranslation } from 'react-i18next'
import { TileFace } from '../layouts/FieldTile.tsx'
import type { LayoutField } from '../layouts/layout-context.ts'
import { EntryButton, useBefore } from './EntrySlot.tsx'
import { PaletteGroup } from './PaletteParts.tsx'

export interface TileActs {
  readonly select: (at: number) => void
  readonly move: (from: number, by: -1 | 1) => void
  readonly remove: (at: number) => void
}

export interface TileOrderProps {
  readonly title: string
  /** The list in the definition. */
  readonly place: string
  readonly tiles: readonly LayoutField[]
  readonly selected: number | undefined
  readonly faulty: ReadonlySet<number>
  readonly readOnly: boolean
  readonly acts: TileActs
}

/** Entries one below the other: pressed to be changed, dragged or moved by keys. */
export function TileOrder({ title, place, tiles, selected, faulty, ...rest }: TileOrderProps) {
  return (
    <PaletteGroup title={title} count={tiles.length}>
      {tiles.map((field, at) => (
        <Tile
          // biome-ignore lint/suspicious/noArrayIndexKey: two figures may be of one field, and tiles keep nothing
          key={`${field.name} ${at}`}
          {...{ place, field, at, ...rest }}
          count={tiles.length}
          isOn={selected === at}
          isFaulty={faulty.has(at)}
        />
      ))}
      {rest.readOnly ? null : <End place={place} at={tiles.length} />}
    </PaletteGroup>
  )
}

interface TileProps extends Pick<TileOrderProps, 'place' | 'readOnly' | 'acts'> {
  readonly field: LayoutField
  readonly at: number
  readonly count: number
  readonly isOn: boolean
  readonly isFaulty: boolean
}

function Tile({ place, field, at, count, isOn, isFaulty, readOnly, acts }: TileProps) {
  const { setNodeRef, isOver } = useBefore(at, place)
  return (
    <li ref={setNodeRef} className="layout-slot columns-1 placed-tile" data-column={field.name}>
      <EntryButton
        {...{ place, at, count, isOn, isFaulty, readOnly }}
        label={field.label}
        className={isOver ? 'layout-tile over' : 'layout-tile'}
        keys={['ArrowUp', 'ArrowDown']}
        onSelect={() => acts.select(at)}
        onMove={(to) => acts.move(at, to < at ? -1 : 1)}
        onRemove={() => acts.remove(at)}
      >
        <TileFace field={field} />
      </EntryButton>
    </li>
  )
}

/** The end of a list takes what is dropped there; it has its room before, so that nothing moves under the pointer. */
function End({ place, at }: { readonly place: string; readonly at: number }) {
  const { t } = useTranslation()
  const { setNodeRef, isOver } = useBefore(at, place)
  const kind = at === 0 ? 'layout-open' : 'tiles-end'
  return (
    <li ref={setNodeRef} className={isOver ? `${kind} over` : kind}>
      {at === 0 ? <span className="t12 ink-3">{t('layouts.dropHere')}</span> : null}
    </li>
  )
}
