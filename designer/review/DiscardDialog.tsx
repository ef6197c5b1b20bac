import { Modal } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../runtime-ui/kit/Button.tsx'
import { FaultNote, faultOf } from '../../runtime-ui/kit/FaultNote.tsx'
import { overlayPlace } from '../../runtime-ui/kit/overlays.ts'
import { discardChangeset } from '../api.ts'
import { useDraftLabel } from './draft-label.ts'

interface DiscardDialogProps {
  readonly draft: { readonly id: string; readonly label: string }
  readonly onClose: () => void
  /** Before it goes: nothing asks about it any more. */
  readonly onLeave: () => void
  /** It could not be thrown away. */
  readonly onStay: () => void
  /** It is gone; absent: as where it is closed. */
  readonly onGone?: () => void
}

/** Asks before a draft is thrown away: nothing brings it back. */
export function DiscardDialog({ draft, onClose, onLeave, onStay, onGone = onClose }: DiscardDialogProps) {
  const { t } = useTranslation()
  const called = useDraftLabel()
  const [fault, setFault] = useState<string>()
  const discard = async (): Promise<void> => {
    onLeave()
    try {
      await discardChangeset(draft.id)
      onGone()
    } catch (error) {
      onStay()
      setFault(faultOf(error, t))
    }
  }
  return (
    <Modal
      open
      width={420}
      getContainer={overlayPlace}
      closable={false}
      title={t('drafts.discardTitle', { label: called(draft.label) })}
      onCancel={onClose}
      footer={[
        <Button key="stay" autoFocus onClick={onClose}>
          {t('act.cancel')}
        </Button>,
        <Button key="discard" danger onClick={() => void discard()}>
          {t('drafts.discardIt')}
        </Button>,
      ]}
    >
      <FaultNote id="discard-fault" fault={fault} />
      <p className="ink-2">{t('drafts.discardText')}</p>
    </Modal>
  )
}
