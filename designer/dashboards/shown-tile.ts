import { textIn } from '../../metadata/text.ts'
import type { Chart, Tile } from '../../runtime-ui/api/reports.ts'
import { type DraftTile, sizeOf } from './dashboard-edit.ts'

/** A tile of a draft as dashboards draw it. */
export const shownTile = (tile: DraftTile, label: string, language: string): Tile => ({
  ...{ name: tile.name, label, entity: null, parameters: [], trend: tile.trend === true, ...sizeOf(tile) },
  report: typeof tile.report === 'string' ? tile.report : null,
  chart: (tile.chart as Chart | undefined) ?? null,
  text: textIn(tile.text as Parameters<typeof textIn>[0], language, ''),
})
