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

/** The class of the tint that a colour of an option has; '' where it has none. */
export const tintOf = (colour: string | undefined): string =>
  colour === undefined ? '' : (TAG_COLOURS[colour] ?? '')

/** A short word on a tint: an option, a tag. */
export function Chip({
  colour,
  ruled = false,
  children,
}: {
  readonly colour?: string | undefined
  /** Given by a rule: nobody removes it by hand. */
  readonly ruled?: boolean
  readonly children: ReactNode
}) {
  return <span className={`chip ${tintOf(colour)}${ruled ? ' ruled' : ''}`.trim()}>{children}</span>
}
