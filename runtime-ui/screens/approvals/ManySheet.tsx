import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Input } from 'antd'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { decideMany } from '../../api/approvals.ts'
import { Button } from '../../kit/Button.tsx'
import { FaultNote, faultOf } from '../../kit/FaultNote.tsx'
import { Sheet } from '../../kit/Sheet.tsx'
import { toast } from '../../kit/toast.tsx'
import './approvals.css'

interface ManySheetProps {
  readonly word: 'approve' | 'reject'
  readonly turns: readonly string[]
  readonly onDone: () => void
  readonly onClose: () => void
}

/** One comment for several words. Each is said by itself, and what could not be is told. */
export function ManySheet({ word, turns, onDone, onClose }: ManySheetProps) {
  const { t } = useTranslation()
  const queryClient = useQueryClient()
  const [comment, setComment] = useState('')
  const decide = useMutation({
    mutationFn: () => decideMany(word, turns, comment.trim()),
    onSuccess: (outcomes) => {
      const refused = outcomes.filter(({ ok }) => !ok)
      const reason = refused[0]?.problem?.message ?? ''
      toast(
        refused.length === 0
          ? { text: t('approval.inbox.decided', { count: outcomes.length }) }
          : { kind: 'problem', text: t('approval.inbox.refused', { count: refused.length, reason }) },
      )
      onClose()
      onDone()
    },
    onSettled: async () => {
      await queryClient.invalidateQueries({ queryKey: ['approvals'] })
      await queryClient.invalidateQueries({ queryKey: ['records'] })
    },
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!decide.isPending) decide.mutate()
  }
  const title = `${t(`approval.${word}`)} · ${t('approval.inbox.chosen', { count: turns.length })}`
  return (
    <Sheet open title={title} onClose={onClose}>
      <form className="word-form" onSubmit={submit} noValidate>
        <FaultNote id="many-fault" fault={decide.isError ? faultOf(decide.error, t) : undefined} />
        <div className="field">
          <label htmlFor="many-comment">{t('approval.comment')}</label>
          <Input.TextArea
            id="many-comment"
            aria-describedby="many-comment-hint"
            autoFocus
            autoSize={{ minRows: 2, maxRows: 8 }}
            maxLength={2000}
            value={comment}
            onChange={(event) => setComment(event.target.value)}
          />
          <span id="many-comment-hint" className="t12 ink-3">
            {t('approval.inbox.commentHint')}
          </span>
        </div>
        <div className="word-acts">
          <Button onClick={onClose}>{t('act.cancel')}</Button>
          <Button type="primary" htmlType="submit" danger={word === 'reject'} aria-busy={decide.isPending}>
            {t(`approval.${word}`)}
          </Button>
        </div>
      </form>
    </Sheet>
  )
}
