import type { LocalText } from '../types.ts'

/** A fault of a text: where it is, in UTF-16 units, and what was expected there. */
export interface TextFault {
  readonly start: number
  readonly end: number
  readonly hint: LocalText
}

/** One step of a path, as it is written; in brackets it may hold anything. */
export interface Step {
  readonly text: string
  readonly isBracketed: boolean
}

export type Token = { readonly start: number; readonly end: number } & (
  | { readonly kind: 'number'; readonly text: string }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'path'; readonly steps: readonly Step[] }
  | { readonly kind: 'sign'; readonly sign: string }
  | { readonly kind: 'end' }
)

/** Thrown inside the reading of one text, and caught at its edge. */
export class TextError extends Error {
  readonly fault: TextFault
  constructor(fault: TextFault) {
    super(fault.hint.en)
    this.fault = fault
  }
}

/** What Chinese and mathematical punctuation means. */
const SIGNS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    '（': '(',
    '）': ')',
    '，': ',',
    '；': ',',
    '、': ',',
    ';': ',',
    '＝': '=',
    '＞': '>',
    '＜': '<',
    '！': '!',
    '＋': '+',
    '－': '-',
    '−': '-',
    '–': '-',
    '＊': '*',
    '×': '*',
    '·': '*',
    '／': '/',
    '÷': '/',
    '％': '%',
    '＆': '&',
    '≤': '<=',
    '≥': '>=',
    '≠': '!=',
    '｛': '{',
    '｝': '}',
    '．': '.',
    '［': '[',
    '］': ']',
    '【': '[',
    '】': ']',
  }),
)
/** What opens a text, and what closes it; the closing sign twice stands for itself. */
const QUOTES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    "'": "'",
    '"': '"',
    '‘': '’',
    '’': '’',
    '“': '”',
    '”': '”',
    '＇': '＇',
    '＂': '＂',
    '「': '」',
  }),
)
const LONG_SIGNS: ReadonlySet<string> = new Set(['<=', '>=', '!=', '<>', '==', '&&', '||'])
const SAME_SIGN: ReadonlyMap<string, string> = new Map([
  ['<>', '!='],
  ['==', '='],
  ['&&', 'and'],
  ['||', 'or'],
])
const SHORT_SIGNS = '()+-*/%=<>,{}&'
const BLANK = /[\s\u3000]/
const DIGIT = /[0-9\uff10-\uff19]/
const NAME_START = /[\p{L}_]/u
const NAME_PART = /[\p{L}\p{N}\p{M}_]/u

/** Cuts a text into tokens. @throws TextError */
export function readTokens(text: string): readonly Token[] {
  const tokens: Token[] = []
  let at = 0
  while (at < text.length) {
    if (BLANK.test(text[at]!)) {
      at += 1
      continue
    }
    const token = readToken(text, at)
    tokens.push(token)
    at = token.end
  }
  tokens.push({ kind: 'end', start: text.length, end: text.length })
  return tokens
}

function readToken(text: string, at: number): Token {
  const letter = String.fromCodePoint(text.codePointAt(at)!)
  if (QUOTES.has(letter)) return readText(text, at, QUOTES.get(letter)!)
  if (DIGIT.test(letter)) return readNumber(text, at)
  if (NAME_START.test(letter) || signAt(text, at) === '[') return readPath(text, at)
  return readSign(text, at, letter)
}

function signAt(text: string, at: number): string {
  const unit = text[at] ?? ''
  return SIGNS.get(unit) ?? unit
}

function readText(text: string, start: number, close: string): Token {
  let content = ''
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] !== close) {
      content += text[at]
      continue
    }
    if (text[at + 1] !== close) return { kind: 'text', text: content, start, end: at + 1 }
    content += close
    at += 1
  }
  throw new TextError({
    start,
    end: text.length,
    hint: { en: `This text is not closed; ${close} is missing.`, 'zh-CN': `文本没有结束，缺少 ${close}。` },
  })
}

const MAX_DIGITS = 15

function readNumber(text: string, start: number): Token {
  const half = [...text.slice(start, start + 60)]
    .map((digit) => (DIGIT.test(digit) ? String(digit.charCodeAt(0) & 15) : digit === '．' ? '.' : digit))
    .join('')
  const [number = ''] = /^\d+(\.\d+)?([eE][+-]?\d{1,3})?/.exec(half) ?? []
  const end = start + number.length
  const digits = number
    .replace(/[eE].*$/, '')
    .replace('.', '')
    .replace(/^0+/, '')
    .replace(/0+$/, '')
  if (digits.length > MAX_DIGITS || number.length > 50) {
    const hint = {
      en: `A number has at most ${MAX_DIGITS} significant digits.`,
      'zh-CN': `数字最多 ${MAX_DIGITS} 位有效数字。`,
    }
    throw new TextError({ start, end, hint })
  }
  return { kind: 'number', text: number, start, end }
}

function readPath(text: string, start: number): Token {
  const steps: Step[] = []
  let at = start
  for (;;) {
    const read = signAt(text, at) === '[' ? readBracketed(text, at) : readName(text, at)
    steps.push(read.step)
    at = read.end
    const next = at + 1
    const goesOn = signAt(text, at) === '.' && (signAt(text, next) === '[' || isNameStart(text, next))
    if (!goesOn) return { kind: 'path', steps, start, end: at }
    at = next
  }
}

function isNameStart(text: string, at: number): boolean {
  const code = text.codePointAt(at)
  return code !== undefined && NAME_START.test(String.fromCodePoint(code))
}

function readName(text: string, start: number): { readonly step: Step; readonly end: number } {
  let end = start
  while (end < text.length) {
    const letter = String.fromCodePoint(text.codePointAt(end)!)
    if (!NAME_PART.test(letter)) break
    end += letter.length
  }
  return { step: { text: text.slice(start, end), isBracketed: false }, end }
}

function readBracketed(text: string, start: number): { readonly step: Step; readonly end: number } {
  let content = ''
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] !== ']' && text[at] !== '】' && text[at] !== '］') {
      content += text[at]
      continue
    }
    if (text[at + 1] !== text[at]) return { step: { text: content, isBracketed: true }, end: at + 1 }
    content += text[at]
    at += 1
  }
  throw new TextError({
    start,
    end: text.length,
    hint: { en: 'This name is not closed; ] is missing.', 'zh-CN': '名称没有结束，缺少 ]。' },
  })
}

function readSign(text: string, start: number, letter: string): Token {
  const long = signAt(text, start) + signAt(text, start + 1)
  if (LONG_SIGNS.has(long)) return sign(SAME_SIGN.get(long) ?? long, start, start + 2)
  const one = signAt(text, start)
  if (one.length === 2 || SHORT_SIGNS.includes(one)) return sign(one, start, start + 1)
  if (one === '!') return sign('not', start, start + 1)
  throw new TextError({
    start,
    end: start + letter.length,
    hint: { en: `“${letter}” means nothing here.`, 'zh-CN': `此处的“${letter}”没有意义。` },
  })
}

function sign(name: string, start: number, end: number): Token {
  return { kind: 'sign', sign: name, start, end }
}
