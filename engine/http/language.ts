import type { IncomingMessage } from 'node:http'
import type { Language } from '../errors.ts'
import type { Registry } from '../registry/registry.ts'
import type { FurtherWords } from '../registry/words.ts'

interface Asked {
  /** The best among the languages that the engine speaks. */
  readonly spoken: Language | undefined
  /** Another one that is wanted before all, such as de or zh-TW: definitions may have texts in it. */
  readonly reading: string | undefined
}

/** Browsers send few different headers; each is parsed once. */
const parsed = new Map<string, Asked>()
const PARSED_LIMIT = 500
const NOTHING: Asked = { spoken: undefined, reading: undefined }

/**
 * The language that Accept-Language prefers among ours, undefined where it names none of them.
 * Any Chinese is answered in zh-CN, any English in en; `q` decides, then the order (RFC 9110 §12.5.4).
 */
export const acceptedLanguage = (header: string | undefined): Language | undefined => asked(header).spoken

/** The language that a request wants before all, where it is none that the engine speaks itself. */
export const readingLanguage = (request: IncomingMessage): string | undefined =>
  asked(request.headers['accept-language']).reading

function asked(header: string | undefined): Asked {
  if (header === undefined || header.length > 1000) return NOTHING
  const known = parsed.get(header)
  if (known !== undefined) return known
  const found = parse(header)
  if (parsed.size >= PARSED_LIMIT) parsed.clear()
  parsed.set(header, found)
  return found
}

function parse(header: string): Asked {
  let spoken: Language | undefined
  let spokenQuality = 0
  let first: string | undefined
  let firstQuality = 0
  for (const item of header.split(',')) {
    const [range = '', ...parameters] = item.split(';')
    const tag = range.trim()
    const language = languageOfRange(tag.toLowerCase())
    const quality = qualityOf(parameters)
    if (language !== undefined && quality > spokenQuality) {
      spoken = language
      spokenQuality = quality
    }
    if (quality > firstQuality && TAG.test(tag)) {
      first = tag
      firstQuality = quality
    }
  }
  return { spoken, reading: first === undefined || isOurs(first) ? undefined : first }
}

const TAG = /^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/

/** English of any country, and Chinese as it is written on the mainland. */
const isOurs = (tag: string): boolean => /^(en(-.*)?|zh|zh-cn|zh-hans(-.*)?)$/i.test(tag)

function languageOfRange(range: string): Language | undefined {
  if (range === 'zh' || range.startsWith('zh-')) return 'zh-CN'
  return range === 'en' || range.startsWith('en-') ? 'en' : undefined
}

function qualityOf(parameters: readonly string[]): number {
  const written = parameters.map((one) => one.trim()).find((one) => one.startsWith('q='))
  if (written === undefined) return 1
  const quality = Number(written.slice(2))
  return Number.isFinite(quality) ? quality : 0
}

/** The language of an answer: what the request asks for, else the actor's or workspace's. */
export function languageOf(request: IncomingMessage, fallback: Language = 'en'): Language {
  return acceptedLanguage(request.headers['accept-language']) ?? fallback
}

/** What the files of the language say that a request wants before all; undefined where that is one of ours. */
export function furtherWords(registry: Registry, request: IncomingMessage): FurtherWords | undefined {
  const tag = readingLanguage(request)
  return tag === undefined ? undefined : registry.words(tag)
}
