import type { KeyboardEvent } from 'react'
import { formatNumber } from '../../../kit/format.ts'
import { Icon } from '../../../kit/icons/Icon.tsx'
import { useLanguage } from '../../../kit/model-context.tsx'
import type { GroupProps } from './GroupedBody.tsx'
import { GroupName } from './GroupName.tsx'

/** The head of a group: pressed, or by ← and →, it closes and opens; ↑ and ↓ go to the next one. */
export function GroupButton({ entity, field, group, isOpen, onToggle }: GroupProps) {
  const language = useLanguage()
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    if (event.altKey || event.metaKey || event.ctrlKey) return
    const by = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : 0
    const closes = event.key === 'ArrowLeft'
    if (by === 0 && !closes && event.key !== 'ArrowRight') return
    event.preventDefault()
    event.stopPropagation()
    if (by === 0) {
      if (closes === isOpen) onToggle(group.key)
      return
    }
    const all = [...document.querySelectorAll<HTMLElement>('.group-button')]
    all[all.indexOf(event.currentTarget) + by]?.focus()
  }
  return (
    <button
      type="button"
      className="plain-button group-button"
      aria-expanded={isOpen}
      onClick={() => onToggle(group.key)}
      onKeyDown={onKeyDown}
    >
      <Icon name={isOpen ? 'chevron_down' : 'chevron_right'} size="small" />
      <GroupName {...{ entity, field, group }} />
      <span className="count num">{formatNumber(group.count, language)}</span>
    </button>
  )
}
