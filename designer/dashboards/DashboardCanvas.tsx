import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { textIn } from '../../metadata/text.ts'
import { listReports } from '../../runtime-ui/api/reports.ts'
import { entryAt, useAtHash } from '../canvas/at-hash.ts'
import type { CanvasProps } from '../canvas/canvases.tsx'
import { DragPicture, useDrag } from '../canvas/DragPicture.tsx'
import { stepTo } from '../canvas/step-to.ts'
import { problemsOf } from '../inspector/inspected.ts'
import type { Json } from '../store/json-value.ts'
import { useStore } from '../store/store.tsx'
import '../canvas/canvas.css'
import '../canvas/editor.css'
import '../views/views.css'
import { DashboardGrid } from './DashboardGrid.tsx'
import { DashboardPalette, type Dragged, type Drop, type Offer, reportFace } from './DashboardPalette.tsx'
import { movedTile, resized, type Size, tilesOf, withoutTile, withTile } from './dashboard-edit.ts'
import { dashboardSide } from './dashboard-side.tsx'
import './dashboards.css'

const NEW_TEXT = { en: 'A text', 'zh-CN': '一段文字' }

/** A dashboard, put together of tiles with live figures. */
export function DashboardCanvas(props: CanvasProps) {
  const { kind, name, definition, readOnly, set, ways } = props
  const { t, i18n } = useTranslation()
  const { problems } = useStore()
  const [selected, setSelected] = useState<string>()
  const reports = useQuery({ queryKey: ['reports', i18n.language], queryFn: listReports })
  const offers: readonly Offer[] = (reports.data ?? []).map((report) => ({
    ...{ name: report.name, label: report.label, about: report.entityLabel },
    isNumber: report.shape === 'number',
  }))
  const tiles = tilesOf(definition)
  useAtHash((hash) => {
    const at = entryAt(hash, ['tiles'])
    setSelected(at === undefined ? undefined : tiles[at]?.name)
  })
  const at = tiles.findIndex((tile) => tile.name === selected)
  const apply = (next: Json): void => {
    const step = readOnly ? undefined : stepTo(definition, next)
    if (step !== undefined) set(step.path, step.value, true)
  }
  const labelOf = (tile: Json): string => {
    const report = offers.find((one) => one.name === tile.report)
    const own = (tile.label ?? (report === undefined ? tile.text : undefined)) as Parameters<typeof textIn>[0]
    return textIn(own, i18n.language, report?.label ?? String(tile.report ?? tile.name ?? ''))
  }
  const put = (report: string | undefined, before: number): void => {
    const offer = offers.find((one) => one.name === report)
    const shown = report === undefined ? { text: NEW_TEXT } : { report, isNumber: offer?.isNumber === true }
    const next = withTile(definition, shown, before)
    apply(next)
    setSelected(tilesOf(next)[before]?.name)
  }
  const acts = {
    select: (to: number) => setSelected(tiles[to]?.name),
    move: (from: number, by: -1 | 1) => apply(movedTile(definition, from, by < 0 ? from - 1 : from + 2)),
    remove: (from: number) => {
      apply(withoutTile(definition, from))
      setSelected(undefined)
    },
    resize: (of: number, size: Partial<Size>) => apply(resized(definition, of, size)),
    add: (report: string | undefined) => put(report, at < 0 ? tiles.length : at + 1),
  }
  const onDrop = (what: Dragged, to: Drop): void => {
    if ('out' in to) {
      if ('entry' in what) acts.remove(what.entry)
    } else if ('entry' in what) apply(movedTile(definition, what.entry, to.before))
    else put(what.report ?? undefined, to.before)
  }
  const { dragged, drag } = useDrag<Dragged, Drop>((what, to) => 'entry' in what || !('out' in to), onDrop)
  const here = problemsOf(problems, kind, name)
  const isFaulty = (of: number): boolean =>
    here.some(({ path }) => path === `/tiles/${of}` || path.startsWith(`/tiles/${of}/`))
  const grid = (
    <DashboardGrid
      {...{ definition, tiles, readOnly, dragged, acts, labelOf, isFaulty }}
      selected={at < 0 ? undefined : at}
    />
  )
  const palette = <DashboardPalette {...{ offers, readOnly }} onPick={acts.add} />
  const face =
    dragged === undefined
      ? undefined
      : reportFace(
          'entry' in dragged
            ? labelOf(tiles[dragged.entry] ?? {})
            : (offers.find((one) => one.name === dragged.report)?.label ?? t('example.text')),
        )
  return (
    <DragPicture
      {...{ ways, palette, drag, face }}
      keys={t('example.tileKeys')}
      surface={grid}
      below={palette}
      side={dashboardSide({
        ...{ ...props, t, apply, tiles, labelOf, acts },
        selected: at < 0 ? undefined : at,
        onClose: () => setSelected(undefined),
      })}
    />
  )
}
