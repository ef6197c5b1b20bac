import { Input } from 'antd'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../runtime-ui/kit/Button.tsx'
import { FaultNote, faultOf } from '../../runtime-ui/kit/FaultNote.tsx'
import { Sheet } from '../../runtime-ui/kit/Sheet.tsx'
import { openChangeset } from '../api.ts'

interface DraftNameSheetProps {
  readonly open: boolean
  readonly onClose: () => void
  readonly onOpened: (id: string) => void
}

/** Begins a draft under a name. */
export function DraftNameSheet({ open, onClose, onOpened }: DraftNameSheetProps) {
  const { t } = useTranslation()
  const [label, setLabel] = useState('')
  const [fault, setFault] = useState<string>()
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    if (label.trim() === '') return setFault(t('drafts.nameMissing'))
    try {
      onOpened(await openChangeset(label.trim()))
      setLabel('')
      setFault(undefined)
      onClose()
    } catch (error) {
      setFault(faultOf(error, t))
    }
  }
  return (
    <Sheet open={open} title={t('drafts.begin')} onClose={onClose}>
      <form className="role-form" onSubmit={(event) => void submit(event)} noValidate>
        <FaultNote id="draft-fault" fault={fault} />
        <div className="field">
          <label htmlFor="draft-name">{t('drafts.name')}</label>
          <Input
            id="draft-name"
            autoFocus
            autoComplete="off"
            maxLength={200}
            value={label}
            onChange={(event) => setLabel(event.target.value)}
          />
          <p className="t12 ink-3">{t('drafts.nameHelp')}</p>
        </div>
        <span className="row">
          <Button type="primary" htmlType="submit">
            {t('drafts.beginIt')}
          </Button>
        </span>
      </form>
    </Sheet>
  )
}
