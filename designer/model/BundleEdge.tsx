import type { Edge, EdgeProps } from '@xyflow/react'
import { useTranslation } from 'react-i18next'
import { useModelPicture } from './model-context.ts'
import type { Bundle } from './model-groups.ts'
import { lineOf, type Place } from './model-layout.ts'

export type BundleLine = Edge<{ readonly bundle: Bundle; readonly from: Place; readonly to: Place }>

/** All lookups from or to a folded group that go the same way, as one line. */
export function BundleEdge({ data }: EdgeProps<BundleLine>) {
  const { t } = useTranslation()
  const { selected, nodeCalled } = useModelPicture()
  if (data === undefined) return null
  const { bundle, from, to } = data
  const { line, tenon, end } = lineOf(from, undefined, to)
  const isLit = selected === bundle.from || selected === bundle.to
  const classes = ['link-line', 'bundle']
  if (isLit) classes.push('on')
  else if (selected !== undefined) classes.push('dim')
  if (bundle.isNew) classes.push('new')
  return (
    <g className={classes.join(' ')} data-bundle={bundle.id}>
      <title>
        {t('model.group.bundle', {
          ...{ from: nodeCalled(bundle.from), to: nodeCalled(bundle.to), count: bundle.count },
        })}
      </title>
      <path className="link-hit" d={line} />
      <path className={isLit ? 'canvas-line on' : 'canvas-line'} d={line} />
      <path className={isLit ? 'canvas-tenon on' : 'canvas-tenon'} d={tenon} />
      <circle className={isLit ? 'canvas-tenon on' : 'canvas-tenon'} cx={end.x} cy={end.y} r={3.5} />
    </g>
  )
}
