import type { Node, NodeProps } from '@xyflow/react'
import { useTranslation } from 'react-i18next'
import type { FlowLayout, PlacedLine } from './step-layout.ts'
import { useStepsPicture } from './steps-context.ts'
import { useLaneWord } from './use-lane-word.ts'

export type LinesCardNode = Node<{ readonly layout: FlowLayout }>

/** All lines of a flow, below its cards, with the names of its ways. Those that a simulation went are lit. */
export function LinesNode({ data: { layout } }: NodeProps<LinesCardNode>) {
  const { t } = useTranslation()
  const laneWord = useLaneWord()
  const { taken } = useStepsPicture()
  const isGone = ({ of, unless }: PlacedLine): boolean => {
    if (taken === undefined) return false
    if (unless?.some((key) => taken.has(key)) === true) return false
    return of === 'trigger' ? true : taken.has(of)
  }
  return (
    <div className="step-lines">
      <svg width={layout.width} height={layout.height} aria-hidden="true">
        {layout.names.map(({ lane, frame }) =>
          frame === undefined ? null : (
            <rect key={lane.path.join('/')} className="step-frame" rx={12} {...frame} />
          ),
        )}
        {[...layout.lines]
          .sort((one, other) => Number(isGone(one)) - Number(isGone(other)))
          .map((one) => (
            <g key={`${one.line}${one.of}`} data-gone={isGone(one) ? one.of : undefined}>
              <path className={isGone(one) ? 'canvas-line on' : 'canvas-line'} d={one.line} />
              {one.tenon === undefined ? null : (
                <path className={isGone(one) ? 'canvas-tenon on' : 'canvas-tenon'} d={one.tenon} />
              )}
            </g>
          ))}
      </svg>
      {layout.names.map(({ lane, x, y, frame }) => (
        <span
          key={lane.path.join('/')}
          className={frame === undefined ? 'step-way t12' : 'step-way framed t12'}
          style={{ left: x, top: y }}
        >
          {frame === undefined ? laneWord(lane) : t('steps.each')}
        </span>
      ))}
    </div>
  )
}
