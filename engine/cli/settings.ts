import type { TemplateParameter } from '../../metadata/types.ts'
import { UsageError } from './command.ts'

/** `--set name=value`, for a list once for each of its texts. */
export const SET = { set: { type: 'string', multiple: true, default: [] as string[] } } as const

/**
 * Answers to what a template asks, as they are written in a shell. What fits no parameter is left as it was written: the
 * install says what is wrong with it.
 * @throws UsageError where one is not `name=value`
 */
export function readSettings(
  written: readonly string[],
  parameters: readonly TemplateParameter[] = [],
): Readonly<Record<string, unknown>> {
  const answers = new Map<string, unknown>()
  for (const one of written) {
    const at = one.indexOf('=')
    if (at < 1) throw new UsageError(`--set ${one}: name=value`)
    const name = one.slice(0, at).trim()
    const text = one.slice(at + 1)
    const type = parameters.find((parameter) => parameter.name === name)?.type
    const before = answers.get(name)
    if (type !== 'list') answers.set(name, typedValue(type, text))
    else answers.set(name, [...(Array.isArray(before) ? before : []), ...(text === '' ? [] : [text])])
  }
  return Object.fromEntries(answers)
}

function typedValue(type: TemplateParameter['type'] | undefined, text: string): unknown {
  if (type === 'integer' && /^-?\d{1,15}$/.test(text)) return Number(text)
  if (type === 'boolean' && /^(true|false)$/.test(text)) return text === 'true'
  return text
}
