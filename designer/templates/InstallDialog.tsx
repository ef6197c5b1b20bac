import { useQueryClient } from '@tanstack/react-query'
import { Checkbox } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { textIn } from '../../metadata/text.ts'
import { toast } from '../../runtime-ui/kit/toast.tsx'
import { AnswersDialog } from './AnswersDialog.tsx'
import { type Answers, installTemplate, type TemplateItem } from './api.ts'

interface InstallDialogProps {
  readonly template: TemplateItem
  readonly onClose: () => void
}

/** Asks what the template wants to know and whether the demo data comes along, and installs. */
export function InstallDialog({ template, onClose }: InstallDialogProps) {
  const { t, i18n } = useTranslation()
  const client = useQueryClient()
  const [data, setData] = useState(false)
  const label = textIn(template.label, i18n.language, template.name)
  const install = async (answers: Answers): Promise<void> => {
    const { version, records } = await installTemplate(template.name, data, answers)
    await client.invalidateQueries()
    toast({ text: t('templates.installedNow', { label, version, count: records }) })
    onClose()
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
