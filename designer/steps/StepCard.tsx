import type { Node, NodeProps } from '@xyflow/react'
import type { KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { Icon } from '../../runtime-ui/kit/icons/Icon.tsx'
import { useReveal } from '../canvas/Canvas.tsx'
import { StepState } from '../flows/RunState.tsx'
import type { Path } from '../store/json-value.ts'
import { lookOf } from './step-look.ts'
import { keyOfPath } from './step-tree.ts'
import { useStepsPicture } from './steps-context.ts'
import type { Words } from './use-step-words.ts'

export type StepCardNode = Node<{
  readonly path: Path
  /** `trigger`, or what the step does. */
  readonly action: string
  readonly words: Words
  /** Whether it is passed over where its condition does not hold. */
  readonly isConditional: boolean
}>

/** A step or the trigger: what it does in words, what is wrong with it, what a simulation did. */
export function StepCard({ id, data }: NodeProps<StepCardNode>) {
  const { t } = useTranslation()
  const { path, action, words, isConditional } = data
  const { selected, faulty, taken, readOnly, acts, dragged, setDragged } = useStepsPicture()
  const reveal = useReveal()
  const key = keyOfPath(path)
  const look = lookOf(action)
  const isTrigger = action === 'trigger'
  const state = taken?.get(key)
  const isPassed = taken !== undefined && state === undefined && !isTrigger
  const onKeyDown = (event: KeyboardEvent): void => {
    if (readOnly || isTrigger) return
    const by = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : undefined
    if (event.altKey && by !== undefined) {
      event.preventDefault()
      acts.moveBy(path, by)
    }
    if (event.key === 'Delete') acts.remove(path)
  }
  const classes = ['canvas-card', 'step-card', 'nopan']
  if (selected === key) classes.push('on')
  if (faulty.has(key)) classes.push('faulty')
  if (isPassed) classes.push('passed')
  if (dragged !== undefined && 'path' in dragged && keyOfPath(dragged.path) === key) classes.push('dragged')
  return (
    <button
      type="button"
      className={classes.join(' ')}
      data-path={key}
      aria-pressed={selected === key}
      aria-keyshortcuts={isTrigger ? undefined : 'Alt+ArrowUp Alt+ArrowDown Delete'}
      draggable={!readOnly && !isTrigger}
      onDragStart={(event) => {
        event.dataTransfer.effectAllowed = 'move'
        event.dataTransfer.setData('text/plain', words.title)
        setDragged({ path })
      }}
      onDragEnd={() => setDragged(undefined)}
      onClick={() => acts.select(path)}
      onFocus={(event) => {
        if (event.currentTarget.matches(':focus-visible')) reveal(id)
      }}
      onKeyDown={onKeyDown}
    >
      <span className={`step-tile ${look.tint}`}>
        <Icon name={look.icon} />
      </span>
      <span className="step-words">
        <span className="cut step-title">{words.title}</span>
        <span className="cut t12 ink-2">
          {isConditional ? `${t('steps.onlyIf')} ` : ''}
          {words.text}
        </span>
      </span>
      {faulty.has(key) ? (
        <span className="step-fault" title={t('canvas.faulty')}>
          <Icon name="alert" />
          <span className="visually-hidden">{t('canvas.faulty')}</span>
        </span>
      ) : state === undefined ? null : (
        <StepState state={state} />
      )}
    </button>
  )
}

/** Where the flow ends. */
export function EndMark() {
  const { t } = useTranslation()
  return (
    <span className="step-end row t13 ink-2">
      <Icon name="check" size="small" />
      {t('steps.end')}
    </span>
  )
}
