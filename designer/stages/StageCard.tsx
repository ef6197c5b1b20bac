import { Handle, type NodeProps, Position, useConnection } from '@xyflow/react'
import type { KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { Icon } from '../../runtime-ui/kit/icons/Icon.tsx'
import { useReveal } from '../canvas/Canvas.tsx'
import { StageMarks } from './StageMarks.tsx'
import { StageTop } from './StageTop.tsx'
import { useStagesPicture } from './stages-context.ts'

/** A stage: its mark and name, how many records stand there, what it asks for. A move is drawn from its right edge. */
export function StageCard({ data }: NodeProps) {
  const { t } = useTranslation()
  const { stages, readOnly, selected, isNew, isFaulty, acts } = useStagesPicture()
  const isConnecting = useConnection(({ inProgress }) => inProgress)
  const reveal = useReveal()
  const at = Number(data.at)
  const stage = stages[at]
  if (stage === undefined) return null
  const onKeyDown = (event: KeyboardEvent): void => {
    const by = event.key === 'ArrowLeft' ? -1 : event.key === 'ArrowRight' ? 1 : 0
    if (event.altKey && by !== 0) {
      event.preventDefault()
      acts.move(at, at + by)
    }
    if (event.key === 'Delete' && stages.length > 1) acts.remove(at)
  }
  const classes = ['canvas-card', 'stage-card', `of-${stage.type}`]
  if (selected === at) classes.push('on')
  if (isFaulty(at)) classes.push('faulty')
  if (isNew(at)) classes.push('new')
  return (
    <>
      <Handle
        id="in"
        type="target"
        position={Position.Left}
        className={isConnecting ? 'canvas-everywhere open' : 'canvas-everywhere'}
      />
      <button
        type="button"
        className={classes.join(' ')}
        aria-pressed={selected === at}
        aria-keyshortcuts="Alt+ArrowLeft Alt+ArrowRight Delete"
        onClick={() => acts.select(at)}
        onFocus={(event) => {
          if (event.currentTarget.matches(':focus-visible')) reveal(String(at))
        }}
        onKeyDown={onKeyDown}
      >
        <StageTop at={at} />
        <StageMarks stage={stage} isFirst={at === 0} />
        {isFaulty(at) ? (
          <span className="stage-fault row t12">
            <Icon name="alert" size="small" />
            {t('canvas.faulty')}
          </span>
        ) : null}
      </button>
      <Handle
        id="out"
        type="source"
        position={Position.Right}
        className="canvas-tie"
        isConnectable={!readOnly}
        title={t('stages.drag')}
      />
    </>
  )
}
