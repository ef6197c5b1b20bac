import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Input } from 'antd'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'react-router'
import { fileRequest } from '../../api/requests.ts'
import { Button } from '../../kit/Button.tsx'
import { FaultNote, faultOf } from '../../kit/FaultNote.tsx'
import { useEntity, useWork } from '../../kit/model-context.tsx'
import { Sheet } from '../../kit/Sheet.tsx'
import { toast } from '../../kit/toast.tsx'
import { recordIn } from './record-in.ts'
import './requests.css'

const MOST = 2000

/** What is wrong or missing on this page, in one's own words; the page and the record go along. */
export function RequestSheet({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation()
  const { me } = useWork()
  const queryClient = useQueryClient()
  const { pathname, search } = useLocation()
  // The page that it was opened on, even where another one is gone to meanwhile.
  const [page] = useState(pathname + search)
  const record = recordIn(page)
  const entity = useEntity(record?.entity)
  const [text, setText] = useState('')
  const [expected, setExpected] = useState('')
  const [isEmpty, setEmpty] = useState(false)
  const sending = useMutation({
    mutationFn: () =>
      fileRequest({
        ...{ page, text },
        ...(expected.trim() === '' ? {} : { expected }),
        ...(record === undefined || entity === undefined ? {} : { entity: record.entity, record: record.id }),
      }),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: ['requests'] })
      toast({ text: t('request.sent') })
      onClose()
    },
  })
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (sending.isPending) return
    setEmpty(text.trim() === '')
    if (text.trim() !== '') sending.mutate()
  }
  const isOff = me.viewer !== undefined
  return (
    <Sheet open title={t('request.title')} onClose={onClose}>
      <form className="request-form" onSubmit={submit} noValidate>
        <p className="ink-2">{t('request.intro')}</p>
        <FaultNote id="request-fault" fault={sending.isError ? faultOf(sending.error, t) : undefined} />
        <div className="field">
          <label htmlFor="request-text">
            {t('request.text')}
            <span className="required" title={t('form.required')} aria-hidden="true">
              *
            </span>
          </label>
          <Input.TextArea
            id="request-text"
            required
            autoFocus
            autoSize={{ minRows: 3, maxRows: 10 }}
            maxLength={MOST}
            value={text}
            status={isEmpty ? 'error' : ''}
            aria-invalid={isEmpty}
            aria-describedby="request-text-fault"
            onChange={(event) => {
              setEmpty(false)
              setText(event.target.value)
            }}
          />
          <span id="request-text-fault" className="field-problem" role="status">
            {isEmpty ? t('fault.required') : null}
          </span>
        </div>
        <div className="field">
          <label htmlFor="request-expected">{t('request.expected')}</label>
          <Input.TextArea
            id="request-expected"
            autoSize={{ minRows: 2, maxRows: 8 }}
            maxLength={MOST}
            value={expected}
            onChange={(event) => setExpected(event.target.value)}
          />
        </div>
        <p className="t12 ink-3 request-page">
          {t('request.goesAlong')} <code>{page}</code>
        </p>
        <div className="request-acts">
          <Button onClick={onClose}>{t('act.cancel')}</Button>
          <Button type="primary" htmlType="submit" aria-busy={sending.isPending} disabled={isOff}>
            {t('request.send')}
          </Button>
        </div>
      </form>
    </Sheet>
  )
}
