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

/**
 * A lookup: its joint at the many side, its end at the one that it leads to. Pressed, it opens the field that it is;
 * the keys reach the lines of the selected entity, since all of them would stand between them and the cards.
 */
export function LinkEdge({ data }: EdgeProps<LinkLine>) {
  const { t } = useTranslation()
  const { selected, entityCalled, select } = useModelPicture()
  if (data === undefined) return null
  const { link, from, to, row } = data
  const { line, tenon, end } = lineOf(from, row, to)
  const isLit = selected === link.from || selected === link.to
  const said = t('model.link', { from: entityCalled(link.from), to: entityCalled(link.to) })
  const open = (): void => select(link.from, link.field)
  const classes = ['link-line']
  if (isLit) classes.push('on')
  else if (selected !== undefined) classes.push('dim')
  if (link.isNew) classes.push('new')
  return (
    // biome-ignore lint/a11y/useSemanticElements: a picture has no buttons of its own
    <g
      className={classes.join(' ')}
      data-link={link.id}
      role="button"
      tabIndex={isLit ? 0 : -1}
      aria-label={said}
      onClick={open}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' && event.key !== ' ') return
        event.preventDefault()
        open()
      }}
    >
      <title>{said}</title>
      <path className="link-hit" d={line} />
      <path className={isLit ? 'canvas-line on' : 'canvas-line'} d={line} />
      <path className={isLit ? 'canvas-tenon on' : 'canvas-tenon'} d={tenon} />
      <circle className={isLit ? 'canvas-tenon on' : 'canvas-tenon'} cx={end.x} cy={end.y} r={3.5} />
    </g>
  )
}
