import { Input } from 'antd'
import type { TextAreaRef } from 'antd/es/input/TextArea'
import { useId, useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { Entity, RecordData } from '../../../api/types.ts'
import { IconButton } from '../../../kit/Button.tsx'
import { Icon } from '../../../kit/icons/Icon.tsx'
import './composer.css'
import { MentionList, optionId } from './MentionList.tsx'
import { type MentionBox, useMention } from './use-mention.ts'

export interface CommentBoxProps {
  readonly label: string
  readonly text: string
  readonly mention: MentionBox
  readonly field: { readonly current: TextAreaRef | null }
  readonly autoFocus?: boolean
  readonly onChange: (text: string) => void
  readonly onSend: () => void
  readonly onCancel?: () => void
}

/** Whom one mentions in a box, and the box itself. @param known whom the text named before it was changed, by id */
export function useCommentBox(
  entity: Entity,
  record: RecordData,
  text: string,
  setText: (text: string) => void,
  known?: ReadonlyMap<string, string>,
): { readonly field: { current: TextAreaRef | null }; readonly mention: MentionBox } {
  const field = useRef<TextAreaRef>(null)
  const area = useMemo(
    () => ({
      get current() {
        return field.current?.resizableTextArea?.textArea ?? null
      },
    }),
    [],
  )
  return { field, mention: useMention(entity, record, area, text, setText, known) }
}

/** The words of a comment, with those below whom one may mention. */
export function CommentBox({ label, text, mention, field, autoFocus, ...on }: CommentBoxProps) {
  const { t } = useTranslation()
  const list = useId()
  const isOpen = mention.place !== undefined && mention.people.length > 0
  return (
    <>
      <Input.TextArea
        ref={field}
        variant="borderless"
        aria-label={label}
        aria-autocomplete="list"
        aria-haspopup="listbox"
        aria-controls={isOpen ? list : undefined}
        aria-activedescendant={isOpen ? optionId(list, mention.active) : undefined}
        placeholder={t('comment.write')}
        autoSize={{ minRows: 2, maxRows: 10 }}
        autoFocus={autoFocus}
        value={text}
        onChange={({ target }) => {
          on.onChange(target.value)
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
          } else if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) on.onSend()
          else if (event.key === 'Escape' && on.onCancel !== undefined && !event.nativeEvent.isComposing) {
            event.stopPropagation()
            on.onCancel()
          }
        }}
      />
      <MentionList id={list} box={mention} />
    </>
  )
}

/** Begins to mention somebody; the field keeps the focus, and a phone its keyboard. */
export function MentionButton({ mention }: { readonly mention: MentionBox }) {
  const { t } = useTranslation()
  return (
    <IconButton
      label={t('mention.begin')}
      icon={<Icon name="at" />}
      onMouseDown={(event) => event.preventDefault()}
      onClick={() => mention.begin()}
    />
  )
}
