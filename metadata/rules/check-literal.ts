import { didYouMean, nearest } from '../nearest.ts'
import { below, type CheckContext, mayGuess, report, reportLiteral, shorten } from './check-context.ts'
import { readLiteral } from './literals.ts'
import type { RuleType, TypedList, TypedLiteral } from './types.ts'

/** Reads a literal as a value of the type; null fits every type. */
export function checkLiteral(
  literal: unknown,
  path: string,
  type: RuleType,
  context: CheckContext,
): TypedLiteral | undefined {
  if (literal === null) return { kind: 'literal', type: 'null', value: null }
  const reading = readLiteral(literal, type)
  if ('value' in reading) return { kind: 'literal', type, value: reading.value }
  return reportLiteral(context, path, literal, type, reading.fault)
}

/** Reads a list of literals of one type; every item that does not fit is reported. */
export function checkList(
  items: readonly unknown[],
  path: string,
  type: RuleType,
  context: CheckContext,
): TypedList | undefined {
  const values: (string | boolean)[] = []
  let holdsNull = false
  let sound = true
  for (const [index, item] of items.entries()) {
    if (item === null) {
      holdsNull = true
      continue
    }
    const reading = readLiteral(item, type)
    if ('value' in reading) values.push(reading.value)
    else {
      sound = false
      reportItem(item, below(path, index), type, reading.fault, context)
    }
  }
  return sound ? { kind: 'list', type, values, holdsNull } : undefined
}

function reportItem(
  item: unknown,
  path: string,
  type: RuleType,
  fault: 'type' | 'form' | 'precision',
  context: CheckContext,
): void {
  if (typeof item === 'object' && fault === 'type') {
    report(context, {
      code: 'RULE_SHAPE_INVALID',
      path,
      hint: { en: 'A list holds plain values only.', 'zh-CN': '列表中只能写普通值。' },
    })
    return
  }
  reportLiteral(context, path, item, type, fault)
}

/** Reports every value that is none of the options of the field beside it. */
export function checkOptions(
  values: readonly { readonly value: string; readonly path: string }[],
  options: readonly string[],
  context: CheckContext,
): void {
  const known = new Set(options)
  for (const { value, path } of values) {
    if (known.has(value)) continue
    const guess = mayGuess(context, value) ? nearest(value, options) : undefined
    const hint = didYouMean(guess) ?? {
      en: `Options: ${options.slice(0, 12).join(', ')}${options.length > 12 ? ', …' : ''}`,
      'zh-CN': `可选项：${options.slice(0, 12).join('、')}${options.length > 12 ? '……' : ''}`,
    }
    report(context, { code: 'RULE_OPTION_UNKNOWN', path, params: { value: shorten(value) }, hint })
  }
}
