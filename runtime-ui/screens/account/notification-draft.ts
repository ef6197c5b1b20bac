import type { Preference } from '../../api/notifications.ts'

/** What holds for every kind of message that has no word of its own. */
export const ANY_KIND = '*'

/** Whether a kind of message comes through a channel: its own word, else the word for all. */
export function isOn({ off = {} }: Preference, kind: string, channel: string): boolean {
  return !(off[kind] ?? off[ANY_KIND] ?? []).includes(channel)
}

/** The draft with a channel switched for a kind; a kind without a word of its own begins with the word for all. */
export function withChannel(
  draft: Preference,
  { kind, channel, on }: { readonly kind: string; readonly channel: string; readonly on: boolean },
): Preference {
  const { off = {} } = draft
  const before = off[kind] ?? off[ANY_KIND] ?? []
  const after = on ? before.filter((one) => one !== channel) : [...new Set([...before, channel])]
  return { ...draft, off: { ...off, [kind]: after } }
}
