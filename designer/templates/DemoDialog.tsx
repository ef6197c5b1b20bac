import { useQueryClient } from '@tanstack/react-query'
import { Modal } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../runtime-ui/kit/Button.tsx'
import { FaultNote, faultOf } from '../../runtime-ui/kit/FaultNote.tsx'
import { overlayPlace } from '../../runtime-ui/kit/overlays.ts'
import { toast } from '../../runtime-ui/kit/toast.tsx'
import { removeDemo } from './api.ts'

/** Asks before demo data goes to the recycle bin. */
export function DemoDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const [fault, setFault] = useState<string>()
  const [isBusy, setBusy] = useState(false)
  const remove = async (): Promise<void> => {
    if (isBusy) return
    setBusy(true)
    setFault(undefined)
    try {
      const { removed, kept } = await removeDemo()
      await client.invalidateQueries()
      const gone = t('templates.demoGone', { count: removed })
      toast({ text: kept === 0 ? gone : `${gone} ${t('templates.demoKept', { count: kept })}` })
      onClose()
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
      maskClosable={!isBusy}
      title={t('templates.demoTitle')}
      onCancel={onClose}
      footer={[
        <Button key="stay" autoFocus disabled={isBusy} onClick={onClose}>
          {t('act.cancel')}
        </Button>,
        <Button key="remove" danger aria-busy={isBusy} onClick={() => void remove()}>
          {t('templates.demoIt')}
        </Button>,
      ]}
    >
      <FaultNote id="demo-fault" fault={fault} />
      <p className="ink-2">{t('templates.demoText')}</p>
    </Modal>
  )
}
