import { Modal } from 'antd'
import { useTranslation } from 'react-i18next'
import { Button } from '../../kit/Button.tsx'
import { Icon } from '../../kit/icons/Icon.tsx'
import { overlayPlace } from '../../kit/overlays.ts'

interface SwitchOffDialogProps {
  readonly name: string
  readonly onClose: () => void
  readonly onConfirm: () => void
}

/** Says what becomes of somebody who is switched off, before they are. */
export function SwitchOffDialog({ name, onClose, onConfirm }: SwitchOffDialogProps) {
  const { t } = useTranslation()
  const lines = [
    ['sign_out', 'switch.offSessions'],
    ['link', 'switch.offLinks'],
    ['document', 'switch.offKeeps'],
    ['undo', 'switch.offUndo'],
  ] as const
  return (
    <Modal
      open
      width={460}
      getContainer={overlayPlace}
      closable={false}
      title={t('switch.offTitle', { name })}
      onCancel={onClose}
      footer={[
        <Button key="stay" autoFocus onClick={onClose}>
          {t('act.cancel')}
        </Button>,
        <Button
          key="off"
          danger
          onClick={() => {
            onClose()
            onConfirm()
          }}
        >
          {t('switch.offAct')}
        </Button>,
      ]}
    >
      <ul className="switch-lines">
        {lines.map(([icon, text]) => (
          <li key={text} className="switch-line ink-2">
            <Icon name={icon} />
            <span>{t(text)}</span>
          </li>
        ))}
      </ul>
    </Modal>
  )
}
