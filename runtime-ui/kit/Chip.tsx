import type { ReactNode } from 'react'

const TAG_COLOURS: Readonly<Record<string, string>> = {
  slate: 'slate',
  clay: 'clay',
  ochre: 'ochre',
  moss: 'moss',
  jade: 'jade',
  sky: 'sky',
  iris: 'iris',
  plum: 'plum',
  blue: 'sky',
  green: 'jade',
  red: 'clay',
  orange: 'ochre',
  grey: 'slate',
}

/** A short word on a tint: an option, a tag. */
export function Chip({
  colour,
  children,
}: {
  readonly colour?: string | undefined
  readonly children: ReactNode
}) {
  const tint = colour === undefined ? '' : (TAG_COLOURS[colour] ?? '')
  return <span className={`chip ${tint}`.trim()}>{children}</span>
}
