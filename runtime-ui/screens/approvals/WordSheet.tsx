import { Input, Radio } from 'antd'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ApprovalWord } from '../../api/approvals.ts'
import { Button } from '../../kit/Button.tsx'
import { FaultNote, faultOf } from '../../kit/FaultNote.tsx'
import { Sheet } from '../../kit/Sheet.tsx'
import { RecordPicker } from '../../widgets/RecordPicker.tsx'
import { useWord } from './use-approvals.ts'
import { WordFiles } from './WordFiles.tsx'
import './approvals.css'

export interface WordSheetProps {
  readonly word: Exclude<ApprovalWord, 'submit'>
  readonly entity: string
  readonly id: string
  readonly title: string
  readonly turn?: string | undefined
  /** The version of the record that is shown. */
  readonly version?: number | undefined
  /** Levels to which it can be sent back, with their labels. */
  readonly levels?: readonly { readonly name: string; readonly label: string }[]
  readonly onClose: () => void
}

/** What goes with a word: a comment, and to whom or where. Two taps decide: the word, and this sheet's button. */
export function WordSheet({ word, entity, id, title, turn, version, levels = [], onClose }: WordSheetProps) {
  const { t } = useTranslation()
  const [comment, setComment] = useState('')
  const [files, setFiles] = useState<readonly File[]>([])
  const [person, setPerson] = useState<string>()
  const [place, setPlace] = useState<'before' | 'after'>('before')
  const [to, setTo] = useState('')
  const [after, setAfter] = useState<'restart' | 'resume'>('restart')
  const say = useWord(entity, id, title, onClose)
  const isPersonal = word === 'transfer' || word === 'add_signer'
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (say.isPending || (isPersonal && person === undefined)) return
    const body = {
      ...(turn === undefined ? {} : { turn }),
      ...(comment.trim() === '' ? {} : { comment: comment.trim() }),
      ...(isPersonal ? { person } : {}),
      ...(word === 'add_signer' ? { place } : {}),
      ...(word === 'return' ? Object.fromEntries([['then', after], ...(to === '' ? [] : [['to', to]])]) : {}),
    }
    const isJudged = word === 'approve' || word === 'reject'
    say.mutate({ word, body, version: isJudged ? version : undefined, files })
  }
  return (
    <Sheet open title={`${t(`approval.${word}`)} · ${title}`} onClose={onClose}>
      <form className="word-form" onSubmit={submit} noValidate>
        <FaultNote id="word-fault" fault={say.isError ? faultOf(say.error, t) : undefined} />
        {isPersonal ? (
          <div className="field">
            <label htmlFor="word-person">{t('approval.person')}</label>
            <RecordPicker
              entity="user"
              aria={{ id: 'word-person' }}
              autoFocus
              clearable={false}
              value={person}
              onChange={setPerson}
            />
          </div>
        ) : null}
        {word === 'add_signer' ? (
          <Choice
            label={t('approval.place')}
            value={place}
            onChange={(next) => setPlace(next as typeof place)}
            options={(['before', 'after'] as const).map((one) => ({
              value: one,
              label: t(`approval.place.${one}`),
            }))}
          />
        ) : null}
        {word === 'return' && levels.length > 0 ? (
          <Choice
            label={t('approval.to')}
            value={to}
            onChange={setTo}
            options={[
              { value: '', label: t('approval.to.submitter') },
              ...levels.map(({ name, label }) => ({ value: name, label })),
            ]}
          />
        ) : null}
        {word === 'return' ? (
          <Choice
            label={t('approval.then')}
            value={after}
            onChange={(next) => setAfter(next as typeof after)}
            options={(['restart', 'resume'] as const).map((one) => ({
              value: one,
              label: t(`approval.then.${one}`),
            }))}
          />
        ) : null}
        <div className="field">
          <label htmlFor="word-comment">{t('approval.comment')}</label>
          <Input.TextArea
            id="word-comment"
            aria-describedby="word-comment-hint"
            autoFocus={!isPersonal}
            autoSize={{ minRows: 2, maxRows: 8 }}
            maxLength={2000}
            value={comment}
            onChange={(event) => setComment(event.target.value)}
          />
          <span id="word-comment-hint" className="t12 ink-3">
            {t('approval.commentHint')}
          </span>
        </div>
        <WordFiles files={files} onChange={setFiles} />
        <div className="word-acts">
          <Button onClick={onClose}>{t('act.cancel')}</Button>
          <Button
            type="primary"
            htmlType="submit"
            danger={word === 'reject'}
            aria-busy={say.isPending}
            disabled={isPersonal && person === undefined}
          >
            {t(`approval.${word}`)}
          </Button>
        </div>
      </form>
    </Sheet>
  )
}

interface ChoiceProps {
  readonly label: string
  readonly value: string
  readonly options: readonly { readonly value: string; readonly label: string }[]
  readonly onChange: (value: string) => void
}

function Choice({ label, value, options, onChange }: ChoiceProps) {
  return (
    <fieldset className="field word-choice">
      <legend>{label}</legend>
      <Radio.Group
        value={value}
        options={options.map((option) => ({ ...option }))}
        onChange={(event) => onChange(String(event.target.value))}
      />
    </fieldset>
  )
}
