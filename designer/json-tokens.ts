export type JsonTokenKind = 'key' | 'text' | 'number' | 'word' | 'sign' | 'space'

export interface JsonToken {
  readonly kind: JsonTokenKind
  readonly text: string
}

const TOKEN =
  /("(?:[^"\\]|\\.)*")(\s*:)?|(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|(true|false|null)|([{}[\],:])|(\s+)/g

/** The pieces of formatted JSON for plain highlighting: keys, texts, numbers, words, signs. */
export function jsonTokens(json: string): readonly JsonToken[] {
  const tokens: JsonToken[] = []
  for (const [whole, text, colon, number, word, sign] of json.matchAll(TOKEN)) {
    if (text !== undefined) {
      tokens.push({ kind: colon === undefined ? 'text' : 'key', text })
      if (colon !== undefined) tokens.push({ kind: 'sign', text: colon })
    } else if (number !== undefined) tokens.push({ kind: 'number', text: number })
    else if (word !== undefined) tokens.push({ kind: 'word', text: word })
    else tokens.push({ kind: sign === undefined ? 'space' : 'sign', text: whole })
  }
  return tokens
}

/**
 * A definition as people write it: short lists and objects stay on one line (at most 100 characters), as the
 * examples of the language do.
 */
export function prettyJson(value: unknown, indent = ''): string {
  const flat = flatJson(value)
  if (flat.length + indent.length <= 100 && !(indent === '' && typeof value === 'object')) return flat
  const inner = `${indent}  `
  if (Array.isArray(value)) {
    if (value.length === 0) return '[]'
    return `[\n${value.map((item) => inner + prettyJson(item, inner)).join(',\n')}\n${indent}]`
  }
  if (value !== null && typeof value === 'object') {
    const entries = Object.entries(value).map(
      ([key, item]) => `${inner}${JSON.stringify(key)}: ${prettyJson(item, inner)}`,
    )
    return entries.length === 0 ? '{}' : `{\n${entries.join(',\n')}\n${indent}}`
  }
  return flat
}

function flatJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(flatJson).join(', ')}]`
  if (value !== null && typeof value === 'object') {
    const entries = Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}: ${flatJson(item)}`)
    return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`
  }
  return JSON.stringify(value) ?? 'null'
}
