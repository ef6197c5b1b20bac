import { GB } from 'chrono-node/en'
import { casual as hans } from 'chrono-node/zh/hans'
import type { WallClock } from '../kit/zoned.ts'
import { readableChinese } from './chinese-days.ts'

/** What somebody's words say of time. */
export interface TimeSaid {
  /** yyyy-mm-dd */
  readonly date: string
  /** hh:mm:ss; undefined where the words name a day alone. */
  readonly time: string | undefined
  /** The words around it: what is to be done then. */
  readonly rest: string
}

const HAN = /\p{Script=Han}/u
const FILLERS =
  /^(?:at|on|by|the|的|在|于|，|,|。|\.|:|：|;|；|-|–|\s)+|(?:at|on|by|的|在|于|，|,|。|:|：|;|；|-|–|\s)+$/gi
/** The night's twelve is the next day's zero to one and this day's to another. */
const EITHER_DAY = /(?:晚上?|夜里|半夜)\s*(?:12|十二)\s*点/
const two = (value: number | null): string => String(value ?? 0).padStart(2, '0')

/**
 * Understands a day or a moment in English or Chinese words: "next Tuesday 10am", "后天下午3点". The words are read by the
 * writing that they are in, whatever language the page has; what lies ahead is preferred. Undefined where nothing of time
 * is said, or more than one could mean.
 * @param now what the workspace's clock shows: all is reckoned on it, so the browser's own zone is never asked
 */
export function readTimeWords(text: string, now: WallClock): TimeSaid | undefined {
  const words = text.normalize('NFKC').trim()
  if (words === '' || words.length > MOST_LETTERS || EITHER_DAY.test(words)) return undefined
  const instant = Date.parse(`${now.date}T${now.time}Z`)
  const reference = { instant: new Date(instant), timezone: 0 }
  const isChinese = HAN.test(words)
  const readable = isChinese ? readableChinese(words, instant) : words
  const reader = isChinese ? hans : GB
  const found = reader.parse(readable, reference, { forwardDate: true })
  const [first] = found
  // A span is no moment.
  if (first === undefined || found.length > 1 || first.end != null) return undefined
  const { start } = first
  const date = `${start.get('year')}-${two(start.get('month'))}-${two(start.get('day'))}`
  const part = /\b(tonight|morning|noon|afternoon|evening)\b/i.exec(first.text)?.[1]?.toLowerCase()
  const isSaid = start.isCertain('hour')
  const hour = isSaid || part === undefined ? start.get('hour') : USUAL_HOURS[part]!
  const time =
    isSaid || part !== undefined ? `${two(hour)}:${two(isSaid ? start.get('minute') : 0)}:00` : undefined
  const rest = readable.slice(0, first.index) + readable.slice(first.index + first.text.length)
  return { date, time, rest: rest.replaceAll(FILLERS, '').trim() }
}

/** Longer text is a story, not a time. */
const MOST_LETTERS = 200
const USUAL_HOURS: Readonly<Record<string, number>> = {
  ...{ morning: 9, noon: 12, afternoon: 14, evening: 19, tonight: 19 },
}
