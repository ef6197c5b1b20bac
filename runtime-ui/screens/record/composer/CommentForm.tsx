import { useQueryClient } from '@tanstack/react-query'
import { Input } from 'antd'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { addComment } from '../../../api/records.ts'
import type { Entity, RecordData } from '../../../api/types.ts'
import { Button } from '../../../kit/Button.tsx'
import { MOD_KEY } from '../../../kit/use-shortcut.ts'
import { useRefusal } from '../use-delete.ts'

interface CommentFormProps {
  readonly entity: Entity
  readonly record: RecordData
  /** It stands by itself. */
  readonly isCard?: boolean
}

/** The box to say something about a record. */
export function CommentForm({ entity, record, isCard = false }: CommentFormProps) {
  const { t } = useTranslation()
  const queryClient = useQueryClient()
  const refuse = useRefusal()
  const running = useRef(false)
  const [text, setText] = useState('')
  const [busy, setBusy] = useState(false)
  const send = async (): Promise<void> => {
    if (text.trim() === '' || running.current) return
    running.current = true
    setBusy(true)
    try {
      await addComment(entity.name, record.id, text)
      setText('')
      for (const part of ['comments', 'timeline'])
        await queryClient.invalidateQueries({ queryKey: ['records', entity.name, 'one', record.id, part] })
    } catch (error) {
      refuse(error)
    } finally {
      running.current = false
      setBusy(false)
    }
  }
  return (
    <form
      className={isCard ? 'composer' : undefined}
      onSubmit={(event) => {
        event.preventDefault()
        void send()
      }}
    >
      <Input.TextArea
        variant="borderless"
        aria-label={t('comment.write')}
        placeholder={t('comment.write')}
        autoSize={{ minRows: 2, maxRows: 10 }}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) void send()
        }}
      />
      <div className="row composer-foot">
        <span className="end t12 ink-3 no-phone">{MOD_KEY}↵</span>
        <Button
          type={text.trim() === '' ? 'default' : 'primary'}
          htmlType="submit"
          aria-busy={busy}
          disabled={text.trim() === ''}
        >
          {t('comment.send')}
        </Button>
      </div>
    </form>
  )
}
