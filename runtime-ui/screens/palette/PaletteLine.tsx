import type { ReactNode } from 'react'
import { Avatar } from '../../kit/Avatar.tsx'
import { Icon } from '../../kit/icons/Icon.tsx'
import { isPerson } from '../list/NameCell.tsx'
import type { PaletteEntry } from './entries.ts'

export interface PaletteLineProps {
  readonly id: string
  readonly entry: PaletteEntry
  readonly words: string
  readonly on: boolean
  readonly onPoint: () => void
  readonly onChoose: (isNewTab: boolean) => void
}

/** A line that can be chosen: the mouse and the keys choose the same one. */
export function PaletteLine({ id, entry, words, on, onPoint, onChoose }: PaletteLineProps) {
  const { record, label, note, end, icon } = entry
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the field above keeps the focus and names the line in use
    // biome-ignore lint/a11y/useKeyWithClickEvents: the field above hears the keys
    <div
      id={id}
      role="option"
      aria-selected={on}
      className={on ? 'palette-line on' : 'palette-line'}
      onMouseMove={onPoint}
      onClick={(event) => onChoose(event.metaKey || event.ctrlKey)}
    >
      {record === undefined ? (
        <span className="palette-icon">{icon === undefined ? null : <Icon name={icon} />}</span>
      ) : (
        <Avatar name={label} person={isPerson(record.entity)} />
      )}
      <span className="palette-label cut">{marked(label, words)}</span>
      {note === undefined ? null : <span className="palette-note cut t13 ink-3">{note}</span>}
      {end === undefined ? null : <span className="end palette-end cut t12 ink-3">{marked(end, words)}</span>}
    </div>
  )
}

/** The label with the words in it marked. */
function marked(label: string, words: string): ReactNode {
  const found = words
    .split(/\s+/)
    .find((word) => word !== '' && label.toLowerCase().includes(word.toLowerCase()))
  if (found === undefined) return label
  const at = label.toLowerCase().indexOf(found.toLowerCase())
  return (
    <>
      {label.slice(0, at)}
      <mark>{label.slice(at, at + found.length)}</mark>
      {label.slice(at + found.length)}
    </>
  )
}
