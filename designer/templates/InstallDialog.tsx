import { useQueryClient } from '@tanstack/react-query'
import { Checkbox, Modal } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { textIn } from '../../metadata/text.ts'
import { Button } from '../../runtime-ui/kit/Button.tsx'
import { FaultNote, faultOf } from '../../runtime-ui/kit/FaultNote.tsx'
import { overlayPlace } from '../../runtime-ui/kit/overlays.ts'
import { toast } from '../../runtime-ui/kit/toast.tsx'
import { installTemplate, type TemplateItem } from './api.ts'

interface InstallDialogProps {
  readonly template: TemplateItem
  readonly onClose: () => void
}

/** Asks whether the demo data comes along, and installs. */
export function InstallDialog({ template, onClose }: InstallDialogProps) {
  const { t, i18n } = useTranslation()
  const client = useQueryClient()
  const [data, setData] = useState(false)
  const [fault, setFault] = useState<string>()
  const [isBusy, setBusy] = useState(false)
  const label = textIn(template.label, i18n.language, template.name)
  const install = async (): Promise<void> => {
    if (isBusy) return
    setBusy(true)
    setFault(undefined)
    try {
      const { version, records } = await installTemplate(template.name, data)
      await client.invalidateQueries()
      toast({ text: t('templates.installedNow', { label, version, count: records }) })
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
      title={t('templates.installTitle', { label })}
      onCancel={onClose}
      footer={[
        <Button key="stay" disabled={isBusy} onClick={onClose}>
          {t('act.cancel')}
        </Button>,
        <Button key="install" type="primary" autoFocus aria-busy={isBusy} onClick={() => void install()}>
          {t('templates.installIt')}
        </Button>,
      ]}
    >
      <FaultNote id="install-fault" fault={fault} />
      <p className="ink-2">{t('templates.installText')}</p>
      {template.has_data ? (
        <Checkbox checked={data} disabled={isBusy} onChange={({ target }) => setData(target.checked)}>
          {t('templates.withData')}
        </Checkbox>
      ) : null}
    </Modal>
  )
}
