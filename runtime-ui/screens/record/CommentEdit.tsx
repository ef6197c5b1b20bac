import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { changeComment, type Mention } from '../../api/records.ts'
import type { Entity, RecordData } from '../../api/types.ts'
import { Button } from '../../kit/Button.tsx'
import { CommentBox, MentionButton, useCommentBox } from './composer/CommentBox.tsx'
import { useRefusal } from './use-delete.ts'

interface CommentEditProps {
  readonly entity: Entity
  readonly record: RecordData
  readonly comment: { readonly id: string; readonly text: string; readonly mentions: readonly Mention[] }
  readonly onSaved: () => Promise<void>
  readonly onCancel: () => void
}

/** One's own comment in the place where it stands, to say it otherwise. */
export function CommentEdit({ entity, record, comment, onSaved, onCancel }: CommentEditProps) {
  const { t } = useTranslation()
  const refuse = useRefusal()
  const running = useRef(false)
  const [busy, setBusy] = useState(false)
  const [text, setText] = useState(comment.text)
  const [known] = useState(
    () =>
      new Map(comment.mentions.flatMap(({ id, label }) => (label === null ? [] : [[id, label] as const]))),
  )
  const { field, mention } = useCommentBox(entity, record, text, setText, known)
  const save = async (): Promise<void> => {
    if (text.trim() === '' || running.current) return
    if (text === comment.text) return onCancel()
    running.current = true
    setBusy(true)
    try {
      await changeComment(entity.name, record.id, comment.id, { text, mentions: mention.mentioned() })
      await onSaved()
    } catch (error) {
      refuse(error)
    } finally {
      running.current = false
      setBusy(false)
    }
  }
  return (
    <form
      className="composer comment-edit"
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
    >
      <CommentBox
        label={t('comment.editing')}
        text={text}
        mention={mention}
        field={field}
        autoFocus
        onChange={setText}
        onSend={() => void save()}
        onCancel={onCancel}
      />
      <div className="row composer-foot">
        <MentionButton mention={mention} />
        <Button className="end" onClick={onCancel}>
          {t('act.cancel')}
        </Button>
        <Button
          className="comment-save"
          type="primary"
          htmlType="submit"
          aria-busy={busy}
          disabled={text.trim() === ''}
        >
          {t('act.save')}
        </Button>
      </div>
    </form>
  )
}
