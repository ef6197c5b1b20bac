import { Input } from 'antd'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../runtime-ui/kit/Button.tsx'
import { FaultNote, faultOf } from '../../runtime-ui/kit/FaultNote.tsx'
import { Sheet } from '../../runtime-ui/kit/Sheet.tsx'
import { openChangeset } from '../api.ts'
import { describeDraft } from './describe-draft.ts'

interface NamedDraft {
  readonly id: string
  readonly label: string
  readonly description: string | null
}

interface DraftNameSheetProps {
  readonly open: boolean
  /** The draft that gets other words; without one another is begun. */
  readonly draft?: NamedDraft | undefined
  readonly onClose: () => void
  /** With the draft's id, once it is there or has its words. */
  readonly onDone: (id: string) => void
}

/** Begins a draft under a name, or names one otherwise and says what it is for. */
export function DraftNameSheet({ open, draft, onClose, onDone }: DraftNameSheetProps) {
  const { t } = useTranslation()
  return (
    <Sheet
      open={open}
      title={t(draft === undefined ? 'drafts.beginTitle' : 'drafts.words')}
      onClose={onClose}
    >
      {open ? <WordsForm draft={draft} onClose={onClose} onDone={onDone} /> : null}
    </Sheet>
  )
}

/** Characters, as the engine takes them. */
const [MAX_NAME, MAX_DESCRIPTION] = [200, 2_000]

function WordsForm({ draft, onClose, onDone }: Omit<DraftNameSheetProps, 'open'>) {
  const { t } = useTranslation()
  const [label, setLabel] = useState(draft?.label ?? '')
  const [description, setDescription] = useState(draft?.description ?? '')
  const [fault, setFault] = useState<string>()
  const [isBusy, setBusy] = useState(false)
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    if (isBusy) return
    const name = label.trim()
    if (name === '') return setFault(t('drafts.nameMissing'))
    setBusy(true)
    try {
      if (draft === undefined) onDone(await openChangeset(name, description.trim()))
      else {
        await describeDraft(draft.id, { label: name, description: description.trim() })
        onDone(draft.id)
      }
      onClose()
    } catch (error) {
      setFault(faultOf(error, t))
      setBusy(false)
    }
  }
  return (
    <form className="role-form" onSubmit={(event) => void submit(event)} noValidate>
      <FaultNote id="draft-fault" fault={fault} />
      <div className="field">
        <label htmlFor="draft-name">{t('drafts.name')}</label>
        <Input
          id="draft-name"
          autoFocus
          autoComplete="off"
          maxLength={MAX_NAME}
          value={label}
          onChange={(event) => setLabel(event.target.value)}
        />
        <p className="t12 ink-3">{t('drafts.nameHelp')}</p>
      </div>
      <div className="field">
        <label htmlFor="draft-description">{t('drafts.description')}</label>
        <Input.TextArea
          id="draft-description"
          aria-describedby="draft-description-help"
          maxLength={MAX_DESCRIPTION}
          autoSize={{ minRows: 3, maxRows: 10 }}
          value={description}
          onChange={(event) => setDescription(event.target.value)}
        />
        <p className="t12 ink-3" id="draft-description-help">
          {t('drafts.descriptionHelp')}
        </p>
      </div>
      <span className="row">
        <Button type="primary" htmlType="submit" aria-busy={isBusy}>
          {t(draft === undefined ? 'drafts.beginIt' : 'drafts.keepWords')}
        </Button>
      </span>
    </form>
  )
}
