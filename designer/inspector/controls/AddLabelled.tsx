import { Input } from 'antd'
import { type ClipboardEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../../runtime-ui/kit/Button.tsx'
import { Icon } from '../../../runtime-ui/kit/icons/Icon.tsx'
import { useReadChinese, useReading } from '../../naming/read-chinese.ts'
import type { Json } from '../../store/json-value.ts'
import { labelled } from './fresh-name.ts'

interface AddLabelledProps {
  readonly title: string
  readonly list: readonly unknown[]
  readonly onAdd: (more: readonly Json[]) => void
}

/** Adds entries by what people call them: each with Enter, several at once when lines are pasted. */
export function AddLabelled({ title, list, onAdd }: AddLabelledProps) {
  const { t, i18n } = useTranslation()
  const [text, setText] = useState('')
  // They come while something is written.
  useReadChinese(text)
  const { readThen: add, isReading } = useReading((words, read) => {
    const more = labelled(words, list, { language: i18n.language, read })
    if (more.length > 0) onAdd(more)
    setText('')
  })
  const paste = (event: ClipboardEvent<HTMLInputElement>): void => {
    const words = event.clipboardData.getData('text/plain')
    if (!words.trim().includes('\n')) return
    event.preventDefault()
    add(`${text}${words}`)
  }
  return (
    <div className="row add-labelled">
      <Input
        aria-label={t('inspector.addTo', { title })}
        placeholder={t('inspector.addWords')}
        autoComplete="off"
        maxLength={120}
        readOnly={isReading}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onPaste={paste}
        // What is being composed (pinyin) ends with an Enter of its own.
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.nativeEvent.isComposing) return
          event.preventDefault()
          if (!isReading) add(text)
        }}
      />
      <Button
        icon={<Icon name="plus" />}
        loading={isReading}
        disabled={text.trim() === ''}
        onClick={() => add(text)}
      >
        {t('inspector.addEntry')}
      </Button>
    </div>
  )
}
