import { useQueryClient } from '@tanstack/react-query'
import { Input } from 'antd'
import type { TextAreaRef } from 'antd/es/input/TextArea'
import { useId, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { addComment } from '../../../api/records.ts'
import type { Entity, RecordData } from '../../../api/types.ts'
import { createAttemptKeys } from '../../../forms/attempt-key.ts'
import { Button, IconButton } from '../../../kit/Button.tsx'
import { Icon } from '../../../kit/icons/Icon.tsx'
import { MOD_KEY } from '../../../kit/use-shortcut.ts'
import { AttachButtons } from '../attach/AttachButtons.tsx'
import { AttachTray } from '../attach/AttachTray.tsx'
import { useAttaching } from '../attach/AttachZone.tsx'
import { useRefusal } from '../use-delete.ts'
import './composer.css'
import { MentionList, optionId } from './MentionList.tsx'
import { useMention } from './use-mention.ts'

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
  const field = useRef<TextAreaRef>(null)
  const area = useMemo(
    () => ({
      get current() {
        return field.current?.resizableTextArea?.textArea ?? null
      },
    }),
    [],
  )
  const mention = useMention(entity, record, area, text, setText)
  const list = useId()
  const send = async (): Promise<void> => {
    if (text.trim() === '' || running.current) return
    running.current = true
    setBusy(true)
    try {
      const body = { text, mentions: mention.mentioned() }
      await addComment(entity.name, record.id, body, keyFor([body, sent.current]))
      sent.current++
      setText('')
      mention.forget()
      mention.close()
      attaching?.settle()
      for (const part of ['comments', 'timeline'])
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
  const isOpen = mention.place !== undefined && mention.people.length > 0
  return (
    <form
      className={isCard ? 'composer' : undefined}
      onSubmit={(event) => {
        event.preventDefault()
        void send()
      }}
    >
      <Input.TextArea
        ref={field}
        variant="borderless"
        aria-label={t('comment.write')}
        aria-autocomplete="list"
        aria-haspopup="listbox"
        aria-controls={isOpen ? list : undefined}
        aria-activedescendant={isOpen ? optionId(list, mention.active) : undefined}
        placeholder={t('comment.write')}
        autoSize={{ minRows: 2, maxRows: 10 }}
        value={text}
        onChange={({ target }) => {
          setText(target.value)
          mention.look(target.value, target.selectionStart)
        }}
        onSelect={({ currentTarget: { value, selectionStart, selectionEnd } }) => {
          if (mention.place !== undefined && selectionStart === selectionEnd)
            mention.look(value, selectionStart)
        }}
        onBlur={() => mention.close()}
        onKeyDown={(event) => {
          if (mention.press(event)) {
            event.preventDefault()
            event.stopPropagation()
          } else if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) void send()
        }}
      />
      <MentionList id={list} box={mention} />
      <AttachTray />
      <div className="row composer-foot">
        <IconButton
          label={t('mention.begin')}
          icon={<Icon name="at" />}
          // The field keeps the focus, and a phone its keyboard.
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => mention.begin()}
        />
        <AttachButtons />
        <span className="end t12 ink-3 no-phone">{MOD_KEY}↵</span>
        <Button
          className="composer-send"
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
