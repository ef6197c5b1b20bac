const COLOURS = ['slate', 'clay', 'ochre', 'moss', 'jade', 'sky', 'iris', 'plum'] as const

/** The same colour for the same name, on every page. */
export function colourOf(name: string): (typeof COLOURS)[number] {
  let hash = 0
  for (const character of name) hash = (hash * 31 + (character.codePointAt(0) ?? 0)) >>> 0
  return COLOURS[hash % COLOURS.length]!
}

const CJK = /\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Hangul}/u

/** What stands in the mark: the first character of a Chinese name, initials of a Latin one. */
export function initialsOf(name: string, letters: 1 | 2): string {
  const trimmed = name.trim()
  const first = [...trimmed][0] ?? '–'
  if (CJK.test(first) || letters === 1) return first.toLocaleUpperCase()
  const words = trimmed.split(/\s+/)
  const last = words.length > 1 ? ([...(words.at(-1) ?? '')][0] ?? '') : ''
  return (first + last).toLocaleUpperCase()
}

export interface AvatarProps {
  readonly name: string
  /** Round for people, square for everything else. */
  readonly person?: boolean
  readonly size?: 'small' | 'medium' | 'big'
}

export function Avatar({ name, person = false, size = 'small' }: AvatarProps) {
  const classes = ['avatar', colourOf(name), person ? '' : 'square', size === 'small' ? '' : size]
  return (
    <span className={classes.filter(Boolean).join(' ')} aria-hidden="true">
      {initialsOf(name, person ? 2 : 1)}
    </span>
  )
}
