/** The icons that tell what something is about, as definitions name them; others of ours are for acts. */
export const OFFERED_ICONS = [
  ...['building', 'contact', 'user', 'users', 'deal', 'funnel', 'target', 'megaphone', 'headset', 'phone'],
  ...['mail', 'message', 'calendar', 'clock', 'hourglass', 'history', 'task', 'bell', 'flag', 'pin'],
  ...['document', 'file', 'paperclip', 'list', 'table', 'columns', 'chart', 'cart', 'cube', 'tag'],
  ...['star', 'home', 'globe', 'link', 'image', 'camera', 'bolt', 'branch', 'merge', 'refresh'],
  ...['lock', 'shield', 'alert', 'help', 'text', 'hash', 'code', 'sun', 'moon'],
] as const

const OFFERED: ReadonlySet<string> = new Set(OFFERED_ICONS)

/** What is chosen among; a name that stands there and is none of them comes first. */
export function iconChoices(
  standing: string | undefined,
): readonly { readonly name: string; readonly isOffered: boolean }[] {
  const offered = OFFERED_ICONS.map((name) => ({ name, isOffered: true }))
  return standing === undefined || OFFERED.has(standing)
    ? offered
    : [{ name: standing, isOffered: false }, ...offered]
}
