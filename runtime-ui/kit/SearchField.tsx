import type { ComponentProps, ReactNode } from 'react'
import { Icon } from './icons/Icon.tsx'

interface SearchFieldProps extends Omit<ComponentProps<'input'>, 'type'> {
  /** What is looked for; it stands in the empty field as well. */
  readonly label: string
  /** Behind the words: the key that leads here, or what empties it. */
  readonly end?: ReactNode
}

/** A field in which words are looked for; the browser's own, as a list's first sight has one. */
export function SearchField({ label, end, ...input }: SearchFieldProps) {
  return (
    <label className="search-box">
      <Icon name="search" />
      <input {...input} type="search" placeholder={label} aria-label={label} />
      {end}
    </label>
  )
}
