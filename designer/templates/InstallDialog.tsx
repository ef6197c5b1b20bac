import { useQueryClient } from '@tanstack/react-query'
import { Checkbox, Modal } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { textIn } from '../../metadata/text.ts'
import { Button, ButtonLink } from '../../runtime-ui/kit/Button.tsx'
import { useWork } from '../../runtime-ui/kit/model-context.tsx'
import { overlayPlace } from '../../runtime-ui/kit/overlays.ts'
import { AnswersDialog } from './AnswersDialog.tsx'
import { type Answers, installTemplate, type TemplateItem } from './api.ts'

type Installed = Awaited<ReturnType<typeof installTemplate>>

interface InstallDialogProps {
  readonly template: TemplateItem
  readonly onClose: () => void
}

/**
 * Asks what the template wants to know and whether the demo data comes along, installs, and leads to what is there now. An
 * empty workspace is shown something: there the data comes along unless it is left out.
 */
export function InstallDialog({ template, onClose }: InstallDialogProps) {
  const { t, i18n } = useTranslation()
  const client = useQueryClient()
  const { model } = useWork()
  const [data, setData] = useState(() => model.entities.every(({ builtIn }) => builtIn === true))
  const [done, setDone] = useState<Installed>()
  const label = textIn(template.label, i18n.language, template.name)
  const install = async (answers: Answers): Promise<void> => {
    setDone(await installTemplate(template.name, data, answers))
    await client.invalidateQueries()
  }
  if (done !== undefined) {
    const { version, records: count } = done
    return (
      <Modal
        open
        width={420}
        getContainer={overlayPlace}
        closable={false}
        title={t('templates.installedTitle')}
        onCancel={onClose}
        footer={[
          <Button key="close" onClick={onClose}>
            {t('act.close')}
          </Button>,
          <ButtonLink key="pages" type="primary" href="/" autoFocus>
            {t('templates.openPages')}
          </ButtonLink>,
        ]}
      >
        <p className="ink-2">{t('templates.installedNow', { label, version, count })}</p>
      </Modal>
    )
  }
  return (
    <AnswersDialog
      title={t('templates.installTitle', { label })}
      text={t('templates.installText')}
      act={t('templates.installIt')}
      parameters={template.parameters}
      answers={template.answers}
      onSubmit={install}
      onClose={onClose}
    >
      {(isBusy) =>
        template.has_data ? (
          <Checkbox checked={data} disabled={isBusy} onChange={({ target }) => setData(target.checked)}>
            {t('templates.withData')}
          </Checkbox>
        ) : null
      }
    </AnswersDialog>
  )
}
