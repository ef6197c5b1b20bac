import { iconKnown, iconNamed } from '../../../runtime-ui/kit/icons/paths.ts'

/** The icons that tell what something is about, as definitions name them; others of ours are for acts. */
export const OFFERED_ICONS = [
  ...['building', 'contact', 'user', 'users', 'deal', 'funnel', 'target', 'megaphone', 'headset', 'phone'],
  ...['mail', 'message', 'calendar', 'clock', 'hourglass', 'history', 'task', 'bell', 'flag', 'pin'],
  ...['document', 'file', 'paperclip', 'list', 'table', 'columns', 'chart', 'cart', 'cube', 'tag'],
  ...['star', 'home', 'globe', 'link', 'image', 'camera', 'bolt', 'branch', 'merge', 'refresh'],
  ...['lock', 'shield', 'alert', 'help', 'text', 'hash', 'code', 'sun', 'moon'],
] as const

const OFFERED: ReadonlySet<string> = new Set(OFFERED_ICONS)

interface IconChoice {
  /** As the definition writes it. */
  readonly name: string
  /** The offered icon whose word says what it shows; undefined for a name that says itself what it is. */
  readonly word: OfferedIcon | undefined
}

type OfferedIcon = (typeof OFFERED_ICONS)[number]

/**
 * What is chosen among. A name that stands there and is none of them is another one for one of them, and stands in its place;
 * or it is none that we have, and comes first.
 */
export function iconChoices(standing: string | undefined): readonly IconChoice[] {
  const offered = OFFERED_ICONS.map((name): IconChoice => ({ name, word: name }))
  if (standing === undefined || OFFERED.has(standing)) return offered
  const shows = iconKnown(standing)
  const word = OFFERED_ICONS.find((name) => shows !== undefined && iconNamed(name) === shows)
  if (word === undefined) return [{ name: standing, word }, ...offered]
  return offered.map((one) => (one.name === word ? { name: standing, word } : one))
}
