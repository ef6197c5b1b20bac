import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../runtime-ui/kit/Button.tsx'
import { Icon } from '../../runtime-ui/kit/icons/Icon.tsx'

interface ActsProps {
  readonly isFirst: boolean
  readonly isLast: boolean
  readonly onMove: (by: -1 | 1) => void
  readonly onRemove: () => void
  readonly removeWord?: string
  readonly children?: ReactNode
}

/** Up, down, away: what dragging does, for keys and fingers. */
export function PartActs({ isFirst, isLast, onMove, onRemove, removeWord, children }: ActsProps) {
  const { t } = useTranslation()
  return (
    <>
      <Button size="small" disabled={isFirst} onClick={() => onMove(-1)}>
        {t('layouts.up')}
      </Button>
      <Button size="small" disabled={isLast} onClick={() => onMove(1)}>
        {t('layouts.down')}
      </Button>
      {children}
      <RemoveButton word={removeWord ?? t('layouts.takeOff')} onRemove={onRemove} />
    </>
  )
}

interface RemoveProps {
  readonly word?: string
  readonly disabled?: boolean
  readonly onRemove: () => void
}

/** Takes the selected part of a picture away; it stands apart from the other buttons beside the picture. */
export function RemoveButton({ word, disabled = false, onRemove }: RemoveProps) {
  const { t } = useTranslation()
  return (
    <Button
      {...{ disabled }}
      size="small"
      type="text"
      danger
      className="canvas-page-danger"
      icon={<Icon name="trash" />}
      onClick={onRemove}
    >
      {word ?? t('designer.remove')}
    </Button>
  )
}
