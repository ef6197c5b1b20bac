import { useQueryClient } from '@tanstack/react-query'
import { Modal } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../runtime-ui/kit/Button.tsx'
import { FaultNote, faultOf } from '../../runtime-ui/kit/FaultNote.tsx'
import { overlayPlace } from '../../runtime-ui/kit/overlays.ts'
import { removeSandbox, SANDBOXES } from './api.ts'

interface RemoveSandboxDialogProps {
  readonly name: string
  readonly label: string
  /** Definitions that only it has like that. */
  readonly changes: number
  readonly onClose: () => void
  readonly onGone: () => void
}

/** Asks before a sandbox is thrown away: nothing brings it back. */
export function RemoveSandboxDialog({ name, label, changes, onClose, onGone }: RemoveSandboxDialogProps) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const [fault, setFault] = useState<string>()
  const [isBusy, setBusy] = useState(false)
  const remove = async (): Promise<void> => {
    if (isBusy) return
    setBusy(true)
    setFault(undefined)
    try {
      await removeSandbox(name)
      await client.invalidateQueries({ queryKey: SANDBOXES, exact: true })
      onGone()
    } catch (error) {
      setFault(faultOf(error, t))
      setBusy(false)
    }
  }
  return (
    <Modal
      open
      width={420}
      getContainer={overlayPlace}
      closable={false}
      title={t('sandboxes.removeTitle', { name: label })}
      onCancel={onClose}
      footer={[
        <Button key="stay" autoFocus onClick={onClose}>
          {t('act.cancel')}
        </Button>,
        <Button key="remove" danger aria-busy={isBusy} onClick={() => void remove()}>
          {t('sandboxes.removeIt')}
        </Button>,
      ]}
    >
      <FaultNote id="sandbox-remove-fault" fault={fault} />
      <p className="ink-2">{t('sandboxes.removeText')}</p>
      {changes === 0 ? null : <p className="strong">{t('sandboxes.removeLoses', { count: changes })}</p>}
    </Modal>
  )
}
