import { EdgeLabelRenderer, type EdgeProps } from '@xyflow/react'
import { useTranslation } from 'react-i18next'
import { Icon } from '../../runtime-ui/kit/icons/Icon.tsx'
import { isSame } from '../store/json-value.ts'
import type { Arrow } from './stage-layout.ts'
import { useStagesPicture } from './stages-context.ts'

/** An allowed move. Those of the selected stage are lit; one that is selected can be taken away. */
export function MoveArrow({ data }: EdgeProps) {
  const { t } = useTranslation()
  const { stages, label, selected, selectedMove, readOnly, acts } = useStagesPicture()
  const arrow = data?.arrow as Arrow
  const { from, to } = arrow
  const isSelected = isSame(selectedMove, { from, to })
  const isLit = isSelected || selected === from
  const names = { from: label(stages[from]), to: label(stages[to]) }
  const place = { transform: `translate(-50%, -50%) translate(${arrow.middle.x}px, ${arrow.middle.y}px)` }
  return (
    <g className={isSelected ? 'move-arrow chosen' : 'move-arrow'} data-move={`${from}-${to}`}>
      <path className={isLit ? 'canvas-line on' : 'canvas-line'} d={arrow.line} />
      <path className={isLit ? 'canvas-tenon on' : 'canvas-tenon'} d={arrow.tenon} />
      {/* biome-ignore lint/a11y/useSemanticElements: a line of a drawing can be no button of HTML */}
      <path
        className="canvas-hit"
        d={arrow.line}
        role="button"
        tabIndex={0}
        aria-label={t('stages.moveOf', names)}
        aria-pressed={isSelected}
        onClick={(event) => {
          event.stopPropagation()
          acts.selectMove({ from, to })
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter' || event.key === ' ') {
            event.preventDefault()
            acts.selectMove({ from, to })
          }
          if (event.key === 'Delete' && !readOnly) acts.forbid({ from, to })
        }}
      >
        <title>{t('stages.moveOf', names)}</title>
      </path>
      {isSelected && !readOnly ? (
        <EdgeLabelRenderer>
          <button
            type="button"
            className="move-forbid nodrag nopan"
            style={place}
            aria-label={t('stages.forbidOf', names)}
            title={t('stages.forbidOf', names)}
            onClick={() => acts.forbid({ from, to })}
          >
            <Icon name="close" size="small" />
          </button>
        </EdgeLabelRenderer>
      ) : null}
    </g>
  )
}
