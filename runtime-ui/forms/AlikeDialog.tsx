import { Modal } from 'antd'
import { useTranslation } from 'react-i18next'
import type { ProblemItem } from '../api/problem.ts'
import type { Entity } from '../api/types.ts'
import { Button } from '../kit/Button.tsx'
import { overlayPlace } from '../kit/overlays.ts'
import { AlikeItem } from './AlikeItem.tsx'
import { mayAccept } from './alike.ts'

export interface AlikeDialogProps {
  /** The entity of the record that is being saved. */
  readonly entity: Entity
  readonly items: readonly ProblemItem[]
  /** What “all the same” is called: to create, to save, to restore. */
  readonly acceptLabel: string
  /** The way back, where it is not a form. */
  readonly backLabel?: string
  readonly busy: boolean
  readonly onAccept: () => void
  readonly onClose: () => void
  /** Stores what is saved and goes on to merge it with one of them, for who may; absent where nothing is stored. */
  readonly onMerge?: ((other: string) => void) | undefined
}

/** Records that are there already and like the one that is being saved: whose they are, and the way to them. */
export function AlikeDialog(props: AlikeDialogProps) {
  const { entity, items, acceptLabel, busy, onAccept, onClose } = props
  const { t } = useTranslation()
  const isOpen = mayAccept(items)
  return (
    <Modal
      open
      width={520}
      title={t(isOpen ? 'alike.title' : 'alike.blockedTitle')}
      onCancel={onClose}
      getContainer={overlayPlace}
      closable={false}
      footer={[
        ...(isOpen
          ? [
              <Button key="accept" aria-busy={busy} onClick={onAccept}>
                {acceptLabel}
              </Button>,
            ]
          : []),
        <Button key="back" type="primary" autoFocus onClick={onClose}>
          {props.backLabel ?? t('alike.back')}
        </Button>,
      ]}
    >
      <p className="ink-2 conflict-text">{t(isOpen ? 'alike.text' : 'alike.blockedText')}</p>
      <ul className="alike">
        {items.map((item, index) => (
          <AlikeItem
            key={`${item.path} ${item.record?.rule} ${item.record?.id ?? index}`}
            entity={entity}
            item={item}
            onMerge={
              isOpen && entity.rights.merge && item.record?.entity === entity.name ? props.onMerge : undefined
            }
          />
        ))}
      </ul>
    </Modal>
  )
}
