import { htmlOf } from '../../notify/html.ts'
import { notice } from '../../notify/notices.ts'
import type { ChannelMessage } from '../../registry/connector.ts'
import type { Spoken } from '../../registry/words.ts'
import { MENTION } from './kinds.ts'
import type { Told } from './told-store.ts'

const DEFAULT_WORKSPACE = 'default'
/** Titles that one gathered message lists. */
const MOST_LISTED = 20

/** Where a page is shown; undefined where nobody has said where Tenon is reached. */
function pageAt(base: string | undefined, workspace: string, path: string): string | undefined {
  if (base === undefined) return undefined
  const url = new URL(path, base)
  if (workspace !== DEFAULT_WORKSPACE) url.hostname = `${workspace}.${url.hostname}`
  return url.toString()
}

export interface WordsFor {
  readonly to: string
  readonly spoken: Spoken
  readonly workspace: string
  readonly publicUrl: string | undefined
}

/** What goes out for one thing told, or for several together. */
export function messageFor(
  told: readonly Told[],
  { to, spoken, workspace, publicUrl }: WordsFor,
): ChannelMessage {
  const [first] = told
  const isOne = told.length === 1 && first !== undefined
  const path =
    isOne && first.entity !== null && first.record !== null
      ? `/records/${first.entity}/${first.record}${first.kind === MENTION ? '#comments' : ''}`
      : '/notifications'
  const url = pageAt(publicUrl, workspace, path)
  const { title, text } = isOne ? first : gathered(told, spoken)
  const { language } = spoken
  const whole = url === undefined ? text : [text, url].filter((part) => part !== '').join('\n\n')
  return {
    to,
    title,
    text,
    html: htmlOf(whole === '' ? title : whole, spoken.words?.tag ?? language),
    url,
    language,
  }
}

function gathered(told: readonly Told[], spoken: Spoken): { readonly title: string; readonly text: string } {
  const lines = told.slice(0, MOST_LISTED).map(({ title }) => `· ${title}`)
  const rest = told.length - lines.length
  const more = rest === 0 ? [] : [notice('gathered.more', spoken, { count: rest })]
  return { title: notice('gathered', spoken, { count: told.length }), text: [...lines, ...more].join('\n') }
}
