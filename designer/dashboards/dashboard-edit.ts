import { droppedEntry } from '../canvas/entries.ts'
import { freshName } from '../inspector/controls/fresh-name.ts'
import { isObject, type Json } from '../store/json-value.ts'

/** Of the twelve columns of the grid. */
export const WIDTHS = [3, 4, 6, 8, 9, 12] as const
const [USUAL_WIDTH, USUAL_HEIGHT] = [6, 2]
export const HIGHEST = 6
/** Tiles that a dashboard has at most. */
export const MOST_TILES = 40

export interface DraftTile extends Json {
  readonly name: string
}

export const tilesOf = (definition: Json): readonly DraftTile[] =>
  Array.isArray(definition.tiles)
    ? definition.tiles.filter(isObject).map((tile) => ({ ...tile, name: String(tile.name ?? '') }))
    : []

export interface Size {
  readonly width: number
  readonly height: number
}

export const sizeOf = (tile: Json): Size => ({
  width: typeof tile.width === 'number' ? tile.width : USUAL_WIDTH,
  height: typeof tile.height === 'number' ? tile.height : USUAL_HEIGHT,
})

const withTiles = (definition: Json, tiles: readonly DraftTile[]): Json => ({ ...definition, tiles })

/** What a new tile shows. */
export type Shown = { readonly report: string; readonly isNumber: boolean } | { readonly text: Json }

/** Another tile, before the one that stands there: a number is small. */
export function withTile(definition: Json, shown: Shown, before: number): Json {
  const tiles = tilesOf(definition)
  if (tiles.length >= MOST_TILES) return definition
  const tile =
    'report' in shown
      ? {
          ...{ name: freshName(shown.report, tiles), report: shown.report },
          ...(shown.isNumber ? { width: 3, height: 1 } : {}),
        }
      : { name: freshName('text', tiles), text: shown.text, height: 1 }
  return withTiles(definition, tiles.toSpliced(before, 0, tile))
}

export function movedTile(definition: Json, from: number, before: number): Json {
  const tiles = tilesOf(definition)
  const moved = droppedEntry(tiles, from, before)
  return moved === tiles ? definition : withTiles(definition, moved)
}

/** A dashboard shows something: the last tile stays. */
export function withoutTile(definition: Json, at: number): Json {
  const tiles = tilesOf(definition)
  return tiles.length < 2 || tiles[at] === undefined
    ? definition
    : withTiles(definition, tiles.toSpliced(at, 1))
}

/** A tile of another size; what is usual is not said. */
export function resized(definition: Json, at: number, size: Partial<Size>): Json {
  const tiles = tilesOf(definition)
  const tile = tiles[at]
  if (tile === undefined) return definition
  const { width: _width, height: _height, ...rest } = tile
  const next = { ...sizeOf(tile), ...size }
  const said = {
    ...rest,
    ...(next.width === USUAL_WIDTH ? {} : { width: next.width }),
    ...(next.height === USUAL_HEIGHT ? {} : { height: next.height }),
  } as DraftTile
  return withTiles(definition, tiles.toSpliced(at, 1, said))
}

/** The next width that a tile may have on that side. */
export const widthBeside = (width: number, by: -1 | 1): number =>
  (by > 0 ? WIDTHS.find((one) => one > width) : WIDTHS.findLast((one) => one < width)) ?? width

export const heightBeside = (height: number, by: -1 | 1): number =>
  Math.min(HIGHEST, Math.max(1, height + by))

/** A tile whose title alone is small takes a row for each of its height, others a row between them as well. */
export const isSmall = (width: number): boolean => width <= 3

/**
 * The size that comes nearest to what somebody pulls.
 * @param pulled pixels
 * @param grid pixels of a column with its gap, and of a row
 */
export function sizeNear(
  pulled: { readonly width: number; readonly height: number },
  grid: { readonly column: number; readonly row: number },
): Size {
  const columns = pulled.width / grid.column
  const width = [...WIDTHS].sort((one, other) => Math.abs(one - columns) - Math.abs(other - columns))[0]!
  const rows = pulled.height / grid.row
  const height = Math.round(isSmall(width) ? rows : (rows + 1) / 2)
  return { width, height: Math.min(HIGHEST, Math.max(1, height)) }
}
