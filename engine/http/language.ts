import type { IncomingMessage } from 'node:http'
import type { Language } from '../errors.ts'

/** Browsers send few different headers; each is parsed once. */
const parsed = new Map<string, Language | undefined>()
const PARSED_LIMIT = 500

/**
 * The language that Accept-Language prefers among ours, undefined where it names none of them.
 * Any Chinese is answered in zh-CN, any English in en; `q` decides, then the order (RFC 9110 §12.5.4).
 */
export function acceptedLanguage(header: string | undefined): Language | undefined {
  if (header === undefined || header.length > 1000) return undefined
  if (parsed.has(header)) return parsed.get(header)
  const language = parse(header)
  if (parsed.size >= PARSED_LIMIT) parsed.clear()
  parsed.set(header, language)
  return language
}

function parse(header: string): Language | undefined {
  let best: Language | undefined
  let bestQuality = 0
  for (const item of header.split(',')) {
    const [range = '', ...parameters] = item.split(';')
    const language = languageOfRange(range.trim().toLowerCase())
    const quality = qualityOf(parameters)
    if (language !== undefined && quality > bestQuality) {
      best = language
      bestQuality = quality
    }
  }
  return best
}

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
