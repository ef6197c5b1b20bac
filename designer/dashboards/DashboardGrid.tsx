import { type CSSProperties, type KeyboardEvent, type PointerEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { State } from '../../runtime-ui/kit/State.tsx'
import { DashboardTile } from '../../runtime-ui/screens/reports/DashboardTile.tsx'
import { EntryButton, useBefore } from '../canvas/EntrySlot.tsx'
import type { TileActs } from '../canvas/TileOrder.tsx'
import type { Json } from '../store/json-value.ts'
import type { Dragged } from './DashboardPalette.tsx'
import {
  type DraftTile,
  heightBeside,
  isSmall,
  type Size,
  sizeNear,
  sizeOf,
  widthBeside,
} from './dashboard-edit.ts'
import { shownTile } from './shown-tile.ts'
import '../../runtime-ui/screens/reports/reports.css'

interface GridActs extends TileActs {
  readonly resize: (at: number, size: Partial<Size>) => void
}

interface DashboardGridProps {
  readonly definition: Json
  readonly tiles: readonly DraftTile[]
  readonly selected: number | undefined
  readonly dragged: Dragged | undefined
  readonly readOnly: boolean
  readonly acts: GridActs
  readonly labelOf: (tile: Json) => string
  readonly isFaulty: (at: number) => boolean
}

/** The tiles as the dashboard lays them out, each with its live figures. */
export function DashboardGrid(props: DashboardGridProps) {
  const { definition, tiles, selected, dragged, isFaulty } = props
  const { t } = useTranslation()
  const period = typeof definition.period === 'string' ? definition.period : undefined
  return (
    <section className="live live-dashboard" aria-label={t('example.dashboard')}>
      {tiles.length === 0 && dragged === undefined ? (
        <State joint="empty" title={t('example.noTiles')} text={t('example.noTilesText')} />
      ) : (
        <div className="dashboard">
          {tiles.map((tile, at) => (
            <Slot
              key={tile.name}
              {...props}
              {...{ tile, at, period }}
              isOn={selected === at}
              isBad={isFaulty(at)}
            />
          ))}
          {dragged === undefined ? null : <End at={tiles.length} />}
        </div>
      )}
    </section>
  )
}

interface SlotProps extends DashboardGridProps {
  readonly tile: DraftTile
  readonly at: number
  readonly period: string | undefined
  readonly isOn: boolean
  readonly isBad: boolean
}

/** A tile in its place: pressed to be changed, dragged or moved by keys, sized by its corner or by Shift and the arrows. */
function Slot({ tile, at, period, isOn, isBad, tiles, readOnly, acts, labelOf, dragged }: SlotProps) {
  const { i18n } = useTranslation()
  const { setNodeRef, isOver } = useBefore(at, 'tiles')
  const [pulled, setPulled] = useState<Size>()
  const size = pulled ?? sizeOf(tile)
  const label = labelOf(tile)
  const shown = { ...shownTile(tile, label, i18n.language), ...size }
  const onKeyDown = (event: KeyboardEvent): void => {
    const by = SIZING[event.key]
    if (!event.shiftKey || event.altKey || by === undefined || readOnly) return
    event.preventDefault()
    acts.resize(
      at,
      'width' in by
        ? { width: widthBeside(size.width, by.width) }
        : { height: heightBeside(size.height, by.height) },
    )
  }
  const classes = [
    'tile-slot',
    isSmall(size.width) ? 'small' : '',
    isOn || pulled !== undefined ? 'on' : '',
    isBad ? 'faulty' : '',
  ]
  if (isOver && dragged !== undefined) classes.push('over')
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: hears the keys of the button inside
    <div
      ref={setNodeRef}
      className={classes.filter((one) => one !== '').join(' ')}
      data-tile={tile.name}
      style={{ '--w': size.width, '--h': size.height } as CSSProperties}
      onKeyDown={onKeyDown}
    >
      <div className="tile-picture" inert>
        <DashboardTile tile={shown} period={period} />
      </div>
      <EntryButton
        {...{ at, label, isOn, readOnly }}
        place="tiles"
        count={tiles.length}
        className="tile-handle"
        isFaulty={isBad}
        keys={['ArrowLeft', 'ArrowRight']}
        onSelect={() => acts.select(at)}
        onMove={(to) => acts.move(at, to < at ? -1 : 1)}
        onRemove={() => acts.remove(at)}
      >
        {null}
      </EntryButton>
      {readOnly ? null : <Corner onPull={setPulled} onSize={(next) => acts.resize(at, next)} />}
    </div>
  )
}

const SIZING: Readonly<Record<string, { readonly width: -1 | 1 } | { readonly height: -1 | 1 }>> = {
  ArrowLeft: { width: -1 },
  ArrowRight: { width: 1 },
  ArrowUp: { height: -1 },
  ArrowDown: { height: 1 },
}

interface CornerProps {
  readonly onPull: (size: Size | undefined) => void
  readonly onSize: (size: Size) => void
}

/** Pixels between the columns of the grid. */
const GAP = 24

/** The corner by which a tile is pulled to another size; keys and the fields beside do the same. */
function Corner({ onPull, onSize }: CornerProps) {
  const onPointerDown = (event: PointerEvent<HTMLElement>): void => {
    const corner = event.currentTarget
    const slot = corner.parentElement
    const grid = slot?.parentElement
    if (event.button !== 0 || slot == null || grid == null) return
    event.preventDefault()
    event.stopPropagation()
    corner.setPointerCapture(event.pointerId)
    const { left, top } = slot.getBoundingClientRect()
    // The grid is drawn smaller than it is.
    const scale = grid.getBoundingClientRect().width / grid.offsetWidth
    const { paddingLeft, paddingRight, gridAutoRows } = getComputedStyle(grid)
    const inner = grid.clientWidth - Number.parseFloat(paddingLeft) - Number.parseFloat(paddingRight)
    const measures = { column: (inner + GAP) / 12, row: Number.parseFloat(gridAutoRows) }
    let last: Size | undefined
    const move = ({ clientX, clientY }: globalThis.PointerEvent): void => {
      last = sizeNear({ width: (clientX - left) / scale, height: (clientY - top) / scale }, measures)
      onPull(last)
    }
    const over = new AbortController()
    const end = ({ type }: Event): void => {
      over.abort()
      onPull(undefined)
      if (type === 'pointerup' && last !== undefined) onSize(last)
    }
    corner.addEventListener('pointermove', move, { signal: over.signal })
    for (const name of ['pointerup', 'pointercancel', 'lostpointercapture'])
      corner.addEventListener(name, end, { signal: over.signal })
  }
  return <span className="tile-corner" aria-hidden="true" onPointerDown={onPointerDown} />
}

function End({ at }: { readonly at: number }) {
  const { t } = useTranslation()
  const { setNodeRef, isOver } = useBefore(at, 'tiles')
  return (
    <div ref={setNodeRef} className={isOver ? 'layout-open tile-end over' : 'layout-open tile-end'}>
      <span className="t12 ink-3">{t('layouts.dropHere')}</span>
    </div>
  )
}
