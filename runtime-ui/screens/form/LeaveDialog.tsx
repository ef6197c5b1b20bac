import { Modal } from 'antd'
import { useTranslation } from 'react-i18next'
import { Button } from '../../kit/Button.tsx'
import { overlayPlace } from '../../kit/overlays.ts'
import { useReturnFocus } from '../../kit/use-return-focus.ts'

export interface LeaveDialogProps {
  readonly onLeave: () => void
  readonly onStay: () => void
}

/** Asks before what was typed is lost. */
export function LeaveDialog({ onLeave, onStay }: LeaveDialogProps) {
  const { t } = useTranslation()
  useReturnFocus()
  return (
    <Modal
      open
      width={420}
      getContainer={overlayPlace}
      closable={false}
      title={t('leave.title')}
      onCancel={onStay}
      footer={[
        <Button key="leave" danger onClick={onLeave}>
          {t('leave.discard')}
        </Button>,
        <Button key="stay" type="primary" autoFocus onClick={onStay}>
          {t('leave.stay')}
        </Button>,
      ]}
    >
      <p className="ink-2">{t('leave.text')}</p>
    </Modal>
  )
}
