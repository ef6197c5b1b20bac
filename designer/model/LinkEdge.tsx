import type { Edge, EdgeProps } from '@xyflow/react'
import { useTranslation } from 'react-i18next'
import { useModelPicture } from './model-context.ts'
import type { Link } from './model-graph.ts'
import { lineOf, type Place } from './model-layout.ts'

export type LinkLine = Edge<{
  readonly link: Link
  readonly from: Place
  readonly to: Place
  /** The row of the field on its card; undefined where the card has no room for it. */
  readonly row: number | undefined
}>

/** A lookup: its joint at the many side, its end at the one that it leads to. */
export function LinkEdge({ data }: EdgeProps<LinkLine>) {
  const { t } = useTranslation()
  const { selected, entityCalled } = useModelPicture()
  if (data === undefined) return null
  const { link, from, to, row } = data
  const { line, tenon, end } = lineOf(from, row, to)
  const isLit = selected === link.from || selected === link.to
  const classes = ['link-line']
  if (isLit) classes.push('on')
  else if (selected !== undefined) classes.push('dim')
  if (link.isNew) classes.push('new')
  return (
    <g className={classes.join(' ')} data-link={link.id}>
      <title>{t('model.link', { from: entityCalled(link.from), to: entityCalled(link.to) })}</title>
      <path className={isLit ? 'canvas-line on' : 'canvas-line'} d={line} />
      <path className={isLit ? 'canvas-tenon on' : 'canvas-tenon'} d={tenon} />
      <circle className={isLit ? 'canvas-tenon on' : 'canvas-tenon'} cx={end.x} cy={end.y} r={3.5} />
    </g>
  )
}
