import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { answerRequest, type ChangeRequest } from '../../api/requests.ts'
import { Button } from '../../kit/Button.tsx'
import { FaultNote, faultOf } from '../../kit/FaultNote.tsx'
import { Sheet } from '../../kit/Sheet.tsx'
import { toast } from '../../kit/toast.tsx'

export interface AnswerSheetProps {
  readonly request: ChangeRequest
  readonly onClose: () => void
}

/** Done, or declined with a reason. */
export function AnswerSheet({ request, onClose }: AnswerSheetProps) {
  const { t } = useTranslation()
  const queryClient = useQueryClient()
  const [answer, setAnswer] = useState('')
  const [isMissing, setMissing] = useState(false)
  const closing = useMutation({
    mutationFn: (state: 'done' | 'declined') => answerRequest(request.id, state, answer.trim()),
    onSuccess: (_answer, state) => {
      toast({ text: t(`request.saved.${state}`) })
      onClose()
    },
    onSettled: () => queryClient.invalidateQueries({ queryKey: ['requests'] }),
  })
  const close = (state: 'done' | 'declined'): void => {
    if (closing.isPending) return
    const isReasonDue = state === 'declined' && answer.trim() === ''
    setMissing(isReasonDue)
    if (!isReasonDue) closing.mutate(state)
  }
  return (
    <Sheet open title={t('request.answer')} onClose={onClose}>
      <form className="request-form" onSubmit={(event) => event.preventDefault()} noValidate>
        <blockquote className="request-quote">{request.text}</blockquote>
        <FaultNote id="answer-fault" fault={closing.isError ? faultOf(closing.error, t) : undefined} />
        <div className="field">
          <label htmlFor="request-answer">{t('request.answer')}</label>
          <Input.TextArea
            id="request-answer"
            autoFocus
            autoSize={{ minRows: 3, maxRows: 10 }}
            maxLength={2000}
            value={answer}
            status={isMissing ? 'error' : ''}
            aria-invalid={isMissing}
            aria-describedby="request-answer-hint"
            onChange={(event) => {
              setMissing(false)
              setAnswer(event.target.value)
            }}
          />
          <span id="request-answer-hint" className={isMissing ? 'field-problem' : 't12 ink-3'} role="status">
            {t(isMissing ? 'request.answerMissing' : 'request.answerHint')}
          </span>
        </div>
        <div className="request-acts">
          <Button aria-busy={closing.isPending} onClick={() => close('declined')}>
            {t('request.decline')}
          </Button>
          <Button type="primary" aria-busy={closing.isPending} onClick={() => close('done')}>
            {t('request.done')}
          </Button>
        </div>
      </form>
    </Sheet>
  )
}
