import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { addComment } from '../../../api/records.ts'
import type { Entity, RecordData } from '../../../api/types.ts'
import { createAttemptKeys } from '../../../forms/attempt-key.ts'
import { Button } from '../../../kit/Button.tsx'
import { MOD_KEY } from '../../../kit/use-shortcut.ts'
import { AttachButtons } from '../attach/AttachButtons.tsx'
import { AttachTray } from '../attach/AttachTray.tsx'
import { useAttaching } from '../attach/AttachZone.tsx'
import { useRefusal } from '../use-delete.ts'
import { CommentBox, MentionButton, useCommentBox } from './CommentBox.tsx'

/** Files that one comment holds at most; the others are files of the record all the same. */
const MOST_FILES = 20

interface CommentFormProps {
  readonly entity: Entity
  readonly record: RecordData
  /** It stands by itself. */
  readonly isCard?: boolean
}

/** The box to say something about a record, to somebody where they are mentioned, with files where one may add them. */
export function CommentForm({ entity, record, isCard = false }: CommentFormProps) {
  const { t } = useTranslation()
  const queryClient = useQueryClient()
  const refuse = useRefusal()
  const attaching = useAttaching()
  const running = useRef(false)
  const [text, setText] = useState('')
  const [busy, setBusy] = useState(false)
  const keyFor = useMemo(createAttemptKeys, [])
  const { field, mention } = useCommentBox(entity, record, text, setText)
  const isAttaching = attaching?.all.some(({ state }) => state === 'waiting' || state === 'sending') === true
  /** Sent as soon as the last file is there. */
  const [waits, setWaits] = useState(false)
  const send = async (): Promise<void> => {
    if (text.trim() === '' || running.current) return
    setWaits(isAttaching)
    if (isAttaching) return
    running.current = true
    setBusy(true)
    try {
      const files = (attaching?.all ?? []).flatMap(({ id }) => id ?? []).slice(0, MOST_FILES)
      const body = { text, mentions: mention.mentioned(), files }
      await addComment(entity.name, record.id, body, keyFor([body, sent.current]))
      sent.current++
      setText('')
      mention.forget()
      mention.close()
      attaching?.settle()
      for (const part of ['comments', 'files', 'timeline'])
        await queryClient.invalidateQueries({ queryKey: ['records', entity.name, 'one', record.id, part] })
    } catch (error) {
      refuse(error)
    } finally {
      running.current = false
      setBusy(false)
    }
  }
  // The same words said once more are another comment.
  const sent = useRef(0)
  const latest = useRef(send)
  latest.current = send
  useEffect(() => {
    if (waits && !isAttaching) void latest.current()
  }, [waits, isAttaching])
  return (
    <form
      className={isCard ? 'composer' : undefined}
      onSubmit={(event) => {
        event.preventDefault()
        void send()
      }}
    >
      <CommentBox
        label={t('comment.write')}
        text={text}
        mention={mention}
        field={field}
        onChange={setText}
        onSend={() => void send()}
      />
      <AttachTray />
      <div className="row composer-foot">
        <MentionButton mention={mention} />
        <AttachButtons />
        <span className="end t12 ink-3 no-phone">{MOD_KEY}↵</span>
        <Button
          className="composer-send"
          type={text.trim() === '' ? 'default' : 'primary'}
          htmlType="submit"
          aria-busy={busy || waits}
          disabled={text.trim() === ''}
        >
          {t('comment.send')}
        </Button>
      </div>
    </form>
  )
}
