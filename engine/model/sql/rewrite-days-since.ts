import { MAX_DURATION_DAYS } from '../../../metadata/rules/durations.ts'
import type { TypedRule } from '../../../metadata/rules/types.ts'
import { type Comparison, FLIPPED } from './day-sql.ts'

/**
 * `days_since(field) > 14` says the same as `field < today − 14 days`, and only the second can use the field's
 * index. Whole numbers that a duration can hold; anything else is returned unchanged.
 */
export function rewriteDaysSince(
  comparison: Comparison,
  args: readonly TypedRule[],
): { readonly operator: Comparison; readonly arguments: readonly TypedRule[] } {
  const [left, right] = args
  if (right?.kind === 'call' && right.operator === 'days_since' && left?.kind === 'literal') {
    return rewriteDaysSince(FLIPPED[comparison], [right, left])
  }
  const unchanged = { operator: comparison, arguments: args }
  if (left?.kind !== 'call' || left.operator !== 'days_since' || right?.kind !== 'literal') return unchanged
  const field = left.arguments[0]!
  const days = /^-?\d{1,6}$/.test(String(right.value)) ? Number(right.value) : Number.NaN
  if (field.kind === 'literal' || !(Math.abs(days) <= MAX_DURATION_DAYS)) return unchanged
  const back = days > 0 ? `-P${days}D` : `P${-days}D`
  const day: TypedRule = {
    kind: 'call',
    type: 'date',
    operator: 'date_add',
    arguments: [
      { kind: 'ambient', type: 'date', name: 'today' },
      { kind: 'literal', type: 'duration', value: back },
    ],
  }
  return { operator: FLIPPED[comparison], arguments: [field, day] }
}
