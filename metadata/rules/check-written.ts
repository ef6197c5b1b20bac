import { didYouMean, nearest } from '../nearest.ts'
import type { CallToCheck } from './check-arguments.ts'
import { mayGuess, report, shorten } from './check-context.ts'
import { checkLiteral } from './check-literal.ts'
import { isNumberLiteral } from './literals.ts'
import type { Slot } from './operator.ts'
import type { LocalText, TypedRule } from './types.ts'

type WrittenSlot = Extract<Slot, { readonly kind: 'choice' | 'whole' | 'words' | 'option' }>

/** Whether an argument is written out in the rule, because what is done depends on it. */
export function isWrittenOut(slot: Slot): slot is WrittenSlot {
  return slot.kind === 'choice' || slot.kind === 'whole' || slot.kind === 'words' || slot.kind === 'option'
}

/** Checks an argument that must be a literal of its own small kind. */
export function checkWritten(call: CallToCheck, slot: WrittenSlot, index: number): TypedRule | undefined {
  const path = call.pathOf(index)
  const literal = call.args[index]
  if (slot.kind === 'whole') return checkWhole(call, slot, path, literal)
  if (typeof literal !== 'string') {
    return report(call.context, { code: 'RULE_SHAPE_INVALID', path, hint: WRITTEN_OUT })
  }
  if (slot.kind === 'choice' && !slot.words.includes(literal)) {
    const guess = mayGuess(call.context, literal) ? nearest(literal, slot.words) : undefined
    return report(call.context, {
      code: 'RULE_LITERAL_INVALID',
      path,
      params: { value: shorten(literal) },
      hint: didYouMean(guess) ?? oneOf(slot.words),
    })
  }
  return checkLiteral(literal, path, 'text', call.context)
}

function checkWhole(
  { context }: CallToCheck,
  { min, max }: Extract<Slot, { readonly kind: 'whole' }>,
  path: string,
  literal: unknown,
): TypedRule | undefined {
  if (!isNumberLiteral(literal)) {
    return report(context, { code: 'RULE_SHAPE_INVALID', path, hint: WRITTEN_OUT })
  }
  const text = typeof literal === 'number' ? String(literal) : literal.value
  const value = /^-?\d{1,6}$/.test(text) ? Number(text) : Number.NaN
  if (value >= min && value <= max) return { kind: 'literal', type: 'number', value: String(value + 0) }
  return report(context, {
    code: 'RULE_LITERAL_INVALID',
    path,
    params: { value: shorten(text) },
    hint: { en: `A whole number from ${min} to ${max}.`, 'zh-CN': `应为 ${min} 到 ${max} 的整数。` },
  })
}

const WRITTEN_OUT: LocalText = {
  en: 'This is written out in the rule; it cannot be computed.',
  'zh-CN': '此处须直接写出，不能由计算得到。',
}

function oneOf(words: readonly string[]): LocalText {
  return { en: `One of ${words.join(', ')}.`, 'zh-CN': `可选：${words.join('、')}。` }
}
