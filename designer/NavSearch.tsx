import { Input } from 'antd'
import type { RefObject } from 'react'
import { useTranslation } from 'react-i18next'
import { Icon } from '../runtime-ui/kit/icons/Icon.tsx'

interface NavSearchProps {
  readonly text: string
  readonly onText: (text: string) => void
  readonly input?: RefObject<HTMLInputElement | null>
  /** Whether it is typed in as soon as it is there. */
  readonly isTyped?: boolean
}

/** Searches everything in the designer by name, label and sentence. */
export function NavSearch({ text, onText, input, isTyped = false }: NavSearchProps) {
  const { t } = useTranslation()
  return (
    <Input
      ref={(field) => {
        if (input !== undefined) input.current = field?.input ?? null
      }}
      className="nav-search"
      {...(isTyped ? { 'data-typed': true } : {})}
      type="search"
      prefix={<Icon name="search" />}
      aria-label={t('designer.searchAll')}
      placeholder={t('designer.searchAll')}
      value={text}
      onChange={(event) => onText(event.target.value)}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && text !== '') {
          event.stopPropagation()
          onText('')
        }
      }}
    />
  )
}
