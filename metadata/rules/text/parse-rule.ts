import { nearest } from '../../nearest.ts'
import { OPERATORS } from '../catalogue.ts'
import type { LocalText } from '../types.ts'
import {
  bareWord,
  between,
  call,
  fallback,
  itemNames,
  listNode,
  type Node,
  place,
  resolved,
  type TextNames,
} from './nodes.ts'
import { readTokens, TextError, type TextFault, type Token } from './tokens.ts'
import { constantOf, functionNamed, functionNames, IF_NULL, infixNamed, wordSign } from './words.ts'

export interface ParseOptions {
  readonly names?: TextNames
  /** Filled with the place of every part of the rule in the text, by JSON pointer: [start, end). */
  readonly spans?: Map<string, readonly [number, number]>
}

export type ParsedRule = { readonly rule: unknown } | { readonly fault: TextFault }

/** Characters of one text. */
export const MAX_TEXT = 20_000
const MAX_DEPTH = 100

/** Reads the text form of a rule as JSON Logic. What the rule means is not looked at: `checkRule` does that. */
export function parseRule(text: string, { names, spans }: ParseOptions = {}): ParsedRule {
  try {
    if (text.length > MAX_TEXT) throw new TextError({ start: MAX_TEXT, end: text.length, hint: TOO_LONG })
    const reader = new Reader(readTokens(text), text, names)
    const node = reader.expression(names)
    reader.expect('end')
    if (spans !== undefined) place(node, '', spans)
    return { rule: node.json }
  } catch (error) {
    if (error instanceof TextError) return { fault: error.fault }
    throw error
  }
}

const TOO_LONG: LocalText = {
  en: `A rule has at most ${MAX_TEXT} characters.`,
  'zh-CN': `规则最多 ${MAX_TEXT} 个字符。`,
}

const COMPARISONS: ReadonlyMap<string, string> = new Map([
  ['=', '=='],
  ['!=', '!='],
  ['<', '<'],
  ['<=', '<='],
  ['>', '>'],
  ['>=', '>='],
])

const A_VALUE: LocalText = { en: 'a value, a field or a function', 'zh-CN': '值、字段或函数' }

// A class of its own, since every method moves one place in one list of tokens.
class Reader {
  readonly #tokens: readonly Token[]
  readonly #text: string
  readonly #root: TextNames | undefined
  #at = 0
  #depth = 0

  constructor(tokens: readonly Token[], text: string, root: TextNames | undefined) {
    this.#tokens = tokens
    this.#text = text
    this.#root = root
  }

  get #next(): Token {
    return this.#tokens[this.#at]!
  }

  /** The sign that comes next, words among them. */
  #sign(token = this.#next): string | undefined {
    if (token.kind === 'sign') return token.sign
    const word = bareWord(token)
    return word === undefined ? undefined : wordSign(word)
  }

  #take(sign: string): boolean {
    if (this.#sign() !== sign) return false
    this.#at += 1
    return true
  }

  expect(sign: 'end' | ')' | '}'): Token {
    const token = this.#next
    if (sign === 'end' ? token.kind === 'end' : this.#sign() === sign) {
      this.#at += 1
      return token
    }
    const expected = sign === 'end' ? OPERATOR_OR_END : { en: `“,” or “${sign}”`, 'zh-CN': `“,”或“${sign}”` }
    throw this.#fault(expected)
  }

  #fault(expected: LocalText, token = this.#next, more?: LocalText): TextError {
    const found = this.#text.slice(token.start, token.end).slice(0, 30)
    const hint =
      token.kind === 'end'
        ? {
            en: `Expected ${expected.en}; the text ends here.`,
            'zh-CN': `应为${expected['zh-CN']}，但文本到此结束。`,
          }
        : {
            en: `Expected ${expected.en}, found “${found}”.`,
            'zh-CN': `应为${expected['zh-CN']}，实际为“${found}”。`,
          }
    const whole =
      more === undefined ? hint : { en: `${hint.en} ${more.en}`, 'zh-CN': `${hint['zh-CN']}${more['zh-CN']}` }
    return new TextError({ start: token.start, end: token.end, hint: whole })
  }

  expression(names: TextNames | undefined): Node {
    this.#depth += 1
    if (this.#depth > MAX_DEPTH) throw this.#fault({ en: 'fewer brackets', 'zh-CN': '更少的括号' })
    const node = this.#joined('or', names, () => this.#joined('and', names, () => this.#not(names)))
    this.#depth -= 1
    return node
  }

  #joined(word: 'and' | 'or', _names: TextNames | undefined, part: () => Node): Node {
    const parts = [part()]
    while (this.#take(word)) parts.push(part())
    return parts.length === 1 ? parts[0]! : between(word, parts)
  }

  #not(names: TextNames | undefined): Node {
    const { start } = this.#next
    if (!this.#take('not')) return this.#comparison(names)
    this.#depth += 1
    if (this.#depth > MAX_DEPTH) throw this.#fault({ en: 'fewer “not”', 'zh-CN': '更少的“not”' })
    const part = this.#not(names)
    this.#depth -= 1
    return call('!', [part], start, part.end)
  }

  #comparison(names: TextNames | undefined): Node {
    const first = this.#concatenation(names)
    const sign = this.#sign()
    const operator = sign === undefined ? undefined : COMPARISONS.get(sign)
    if (operator !== undefined) return this.#compared(first, sign!, operator, names)
    if (sign === 'is') return this.#is(first)
    if (sign === 'in') {
      this.#at += 1
      return between('in', [first, this.#container(names)])
    }
    if (sign === 'not' && this.#sign(this.#tokens[this.#at + 1]) === 'in') {
      this.#at += 2
      const inside = between('in', [first, this.#container(names)])
      return call('!', [inside], inside.start, inside.end)
    }
    const word = bareWord(this.#next)
    const infix = word === undefined ? undefined : infixNamed(word)
    if (infix === undefined) return first
    this.#at += 1
    return between(infix, [first, this.#concatenation(names)])
  }

  #compared(first: Node, sign: string, operator: string, names: TextNames | undefined): Node {
    const parts = [first]
    const most = sign === '=' || sign === '!=' ? 2 : 3
    while (parts.length < most && this.#take(sign)) parts.push(this.#concatenation(names))
    const further = this.#sign()
    if (further !== undefined && COMPARISONS.has(further)) {
      throw this.#fault({ en: '“and” between comparisons', 'zh-CN': '比较之间的“and”' })
    }
    return between(operator, parts)
  }

  /** `is null`, `is not empty`. */
  #is(first: Node): Node {
    this.#at += 1
    const isNot = this.#take('not')
    const token = this.#next
    const word = bareWord(token)?.toLowerCase()
    if (word !== 'null' && word !== 'empty')
      throw this.#fault({ en: '“null” or “empty”', 'zh-CN': '“null”或“empty”' })
    this.#at += 1
    if (word === 'empty') return call(isNot ? 'not_empty' : 'empty', [first], first.start, token.end)
    const nothing: Node = { json: null, start: token.start, end: token.end, parts: [] }
    return between(isNot ? '!=' : '==', [first, nothing])
  }

  /** Behind `in`: a list in brackets, or what a list or text is read from. */
  #container(names: TextNames | undefined): Node {
    const start = this.#at
    const open = this.#next
    if (this.#take('(')) {
      const items = this.#literals(')')
      if (items !== undefined) return listNode(items, open.start, this.#tokens[this.#at - 1]!.end)
      this.#at = start
    }
    return this.#concatenation(names)
  }

  /** Literals up to the closing sign; undefined where something else is among them. */
  #literals(close: ')' | '}'): readonly Node[] | undefined {
    const items: Node[] = []
    if (this.#take(close)) return items
    for (;;) {
      const item = this.#literal()
      if (item === undefined) return undefined
      items.push(item)
      if (this.#take(close)) return items
      if (!this.#take(',')) return undefined
    }
  }

  #literal(): Node | undefined {
    const token = this.#next
    const { start, end } = token
    if (token.kind === 'text') {
      this.#at += 1
      return { json: token.text, start, end, parts: [] }
    }
    if (token.kind === 'number') {
      this.#at += 1
      return { json: Number(token.text), start, end, parts: [] }
    }
    const after = this.#tokens[this.#at + 1]
    if (this.#sign() === '-' && after?.kind === 'number') {
      this.#at += 2
      return { json: -Number(after.text), start, end: after.end, parts: [] }
    }
    const word = bareWord(token)
    const constant = word === undefined ? undefined : constantOf(word)
    if (constant === undefined) return undefined
    this.#at += 1
    return { json: constant, start, end, parts: [] }
  }

  #concatenation(names: TextNames | undefined): Node {
    const parts = [this.#sum(names)]
    while (this.#take('&')) parts.push(this.#sum(names))
    return parts.length === 1 ? parts[0]! : between('cat', parts)
  }

  #sum(names: TextNames | undefined): Node {
    return this.#chained(['+', '-'], () => this.#product(names))
  }

  #product(names: TextNames | undefined): Node {
    return this.#chained(['*', '/', '%'], () => this.#unary(names))
  }

  /** From left to right; `+` and `*` take any number of arguments. */
  #chained(signs: readonly string[], part: () => Node): Node {
    let node = part()
    for (;;) {
      const sign = this.#sign()
      if (sign === undefined || !signs.includes(sign)) return node
      this.#at += 1
      const right = part()
      const grows = (sign === '+' || sign === '*') && node.chain === sign
      const args = grows ? node.parts.map(([, arg]) => arg) : [node]
      node = between(sign, [...args, right], sign)
    }
  }

  #unary(names: TextNames | undefined): Node {
    const { start } = this.#next
    if (this.#sign() !== '-') return this.#primary(names)
    const literal = this.#literal()
    if (literal !== undefined) return literal
    this.#at += 1
    this.#depth += 1
    if (this.#depth > MAX_DEPTH) throw this.#fault({ en: 'fewer signs', 'zh-CN': '更少的负号' })
    const part = this.#unary(names)
    this.#depth -= 1
    return call('-', [part], start, part.end)
  }

  #primary(names: TextNames | undefined): Node {
    const token = this.#next
    const opens = this.#sign(this.#tokens[this.#at + 1]) === '('
    const word = bareWord(token)
    if (word !== undefined && opens) return this.#function(word, token, names)
    const literal = this.#literal()
    if (literal !== undefined) return literal
    if (this.#take('{')) {
      const items = this.#literals('}')
      if (items === undefined)
        throw this.#fault({ en: 'a plain value, “,” or “}”', 'zh-CN': '普通值、“,”或“}”' })
      return listNode(items, token.start, this.#tokens[this.#at - 1]!.end)
    }
    if (this.#take('(')) {
      const inner = this.expression(names)
      const close = this.expect(')')
      const { chain: _, ...node } = inner
      return { ...node, start: token.start, end: close.end }
    }
    if (token.kind === 'path' && this.#sign() === undefined) {
      this.#at += 1
      return {
        json: { var: resolved(token.steps, names, this.#root).join('.') },
        start: token.start,
        end: token.end,
        parts: [],
      }
    }
    throw this.#fault(A_VALUE)
  }

  #function(word: string, token: Token, names: TextNames | undefined): Node {
    const isFallback = word.toLowerCase() === IF_NULL
    const operator = functionNamed(word)
    if (operator === undefined && !isFallback) {
      const guess = nearest(word.toUpperCase(), functionNames())
      const more = guess && { en: `Did you mean ${guess}?`, 'zh-CN': `您是不是要用 ${guess}？` }
      throw this.#fault({ en: 'the name of a function', 'zh-CN': '函数名' }, token, more || undefined)
    }
    this.#at += 2
    const isEach = OPERATORS.get(operator ?? '')?.signature.shape === 'each'
    const args: Node[] = []
    if (this.#sign() !== ')') {
      do {
        const [list] = args
        args.push(this.expression(isEach && list !== undefined ? itemNames(list.json, names) : names))
      } while (this.#take(','))
    }
    const { end } = this.expect(')')
    return isFallback ? fallback(args, token.start, end) : call(operator!, args, token.start, end)
  }
}

const OPERATOR_OR_END: LocalText = { en: 'an operator or the end', 'zh-CN': '运算符或结尾' }
