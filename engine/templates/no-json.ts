import type { LocalText } from '../errors.ts'

/** Where a text stops being JSON; the rest of what the parser says is in English and for programmers. */
export function noJson({ message }: SyntaxError): LocalText {
  const [, line, column] = /line (\d+) column (\d+)/.exec(message) ?? []
  if (line === undefined) return { en: 'it is no JSON', 'zh-CN': '不是有效的 JSON' }
  return {
    en: `it is no JSON from line ${line}, column ${column} on`,
    'zh-CN': `从第 ${line} 行第 ${column} 列起不是有效的 JSON`,
  }
}
