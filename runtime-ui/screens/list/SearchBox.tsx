import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Entity } from '../../api/types.ts'
import { Icon } from '../../kit/icons/Icon.tsx'
import { SearchField } from '../../kit/SearchField.tsx'
import { useShortcut } from '../../kit/use-shortcut.ts'

const PAUSE_MS = 250

export interface SearchBoxProps {
  readonly entity: Entity
  readonly value: string
  readonly onChange: (value: string) => void
}

/** Searches while typing, after a short pause; words being composed (pinyin) wait until they are there. */
export function SearchBox({ entity, value, onChange }: SearchBoxProps) {
  const { t } = useTranslation()
  const input = useRef<HTMLInputElement>(null)
  const [text, setText] = useState(value)
  const [composing, setComposing] = useState(false)
  const changeRef = useRef(onChange)
  changeRef.current = onChange
  const sent = useRef(value)
  useEffect(() => {
    // Back and forward change the address; what was typed here must follow.
    if (value === sent.current) return
    sent.current = value
    setText(value)
  }, [value])
  useEffect(() => {
    if (composing || text === sent.current) return
    const timer = setTimeout(() => {
      sent.current = text
      changeRef.current(text)
    }, PAUSE_MS)
    return () => clearTimeout(timer)
  }, [text, composing])
  useShortcut('/', (event) => {
    event.preventDefault()
    input.current?.select()
  })
  return (
    <SearchField
      ref={input}
      label={t('list.search', { entities: entity.plural })}
      value={text}
      onChange={(event) => setText(event.target.value)}
      onCompositionStart={() => setComposing(true)}
      onCompositionEnd={() => setComposing(false)}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        if (text === '') input.current?.blur()
        else setText('')
      }}
      end={
        text === '' ? (
          <kbd className="no-phone">/</kbd>
        ) : (
          <button
            type="button"
            className="plain-button search-clear"
            aria-label={t('list.clearSearch')}
            onClick={() => {
              setText('')
              input.current?.focus()
            }}
          >
            <Icon name="close" size="small" />
          </button>
        )
      }
    />
  )
}
