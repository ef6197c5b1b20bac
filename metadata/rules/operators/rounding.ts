import { compareOf } from '../comparing.ts'
import { compareDecimals, type Decimal, floor, negate, round, ZERO } from '../decimal.ts'
import { defineOperator, type RuleOperator, type Slot } from '../operator.ts'
import { type Evaluate, eachOf, literalOf, strict, strictOne } from '../running.ts'
import { isList, type LocalText, type RuleType } from '../types.ts'
import { isNothing, RuleFault, type RuleValue } from '../values.ts'

const number: Slot = { kind: 'value', types: ['number'] }
const nullBehaviour: LocalText = { en: 'Null for null.', 'zh-CN': '空值结果为空。' }
/** Types that have a least and a greatest value. */
const EXTREME_TYPES: readonly RuleType[] = ['number', 'date', 'datetime']

function one<const N extends string>(
  name: N,
  label: LocalText,
  description: LocalText,
  example: readonly [number, number],
  of: (value: Decimal) => Decimal,
  aliases: readonly string[] = [],
): RuleOperator<N> {
  return defineOperator({
    name,
    family: 'arithmetic',
    label,
    description,
    nullBehaviour,
    signature: { shape: 'fixed', slots: [number], result: 'number' },
    comparesOptions: false,
    sentence: { en: `${label.en} {0}`, 'zh-CN': `{0}的${label['zh-CN']}` },
    aliases,
    examples: [{ rule: { [name]: example[0] }, value: example[1] }],
    evaluate: strictOne<Decimal>(of),
  })
}

/** The least or greatest of several values, where null gives null, or of a list, where null is passed over. */
const extreme =
  (sign: 1 | -1): Evaluate =>
  (args, call) => {
    const compare = compareOf(call.type)
    const of = (values: readonly RuleValue[], world: Parameters<typeof compare>[2]): RuleValue => {
      let best: RuleValue = null
      for (const value of values) {
        if (value instanceof RuleFault) return value
        if (value !== null && (best === null || compare(value, best, world) * sign < 0)) best = value
      }
      return best
    }
    if (args.length > 1 || !isList(args[0]!.type)) return strict(of)(args, call)
    const { run } = args[0]!
    return (world, subject) => {
      const list = run(world, subject)
      return isNothing(list) ? list : of(eachOf(list, world), world)
    }
  }

function least<const N extends 'min' | 'max'>(
  name: N,
  label: LocalText,
  description: LocalText,
  value: number,
): RuleOperator<N> {
  return defineOperator({
    name,
    family: 'arithmetic',
    label,
    description,
    nullBehaviour: {
      en: 'Of several values null where one is null; of a list, nulls are passed over, and an empty one gives null.',
      'zh-CN': '多个值中任一为空时结果为空；列表中的空值忽略不计，空列表结果为空。',
    },
    signature: { shape: 'values_or_list', types: EXTREME_TYPES },
    comparesOptions: false,
    sentence: { en: `the ${label.en} of {list}`, 'zh-CN': `{list}中${label['zh-CN']}` },
    examples: [
      { rule: { [name]: [{ var: 'amount' }, 100000] }, value: name === 'min' ? 100000 : 120000.5 },
      { rule: { [name]: { var: 'quotes.total' } }, value },
    ],
    evaluate: extreme(name === 'min' ? 1 : -1),
  })
}

export const roundingOperators = [
  least(
    'min',
    { en: 'least', 'zh-CN': '最小者' },
    {
      en: 'The least of several numbers, dates or instants, or of one list of them.',
      'zh-CN': '多个数字、日期或日期时间中的最小者，或一个列表中的最小者。',
    },
    1000,
  ),
  least(
    'max',
    { en: 'greatest', 'zh-CN': '最大者' },
    {
      en: 'The greatest of several numbers, dates or instants, or of one list of them.',
      'zh-CN': '多个数字、日期或日期时间中的最大者，或一个列表中的最大者。',
    },
    2500.5,
  ),
  defineOperator({
    name: 'round',
    family: 'arithmetic',
    label: { en: 'rounded', 'zh-CN': '四舍五入' },
    description: {
      en: 'Rounded to so many decimals (none where it is left out, tens and hundreds for −1 and −2), halves away from zero.',
      'zh-CN': '四舍五入到指定小数位（省略为整数，-1、-2 为十位、百位），一半时远离零。',
    },
    nullBehaviour,
    signature: {
      shape: 'fixed',
      slots: [number, { kind: 'whole', min: -10, max: 10 }],
      optional: 1,
      result: 'number',
    },
    comparesOptions: false,
    sentence: { en: '{0} rounded', 'zh-CN': '{0}四舍五入' },
    examples: [
      { rule: { round: 2.5 }, value: 3 },
      { rule: { round: [-1.005, 2] }, value: -1.01 },
      { rule: { round: [{ var: 'amount' }, -3] }, value: 120000 },
    ],
    evaluate: (args, call) => {
      const decimals = Number(literalOf(args[1]) ?? 0)
      return strictOne<Decimal>((value) => round(value, decimals))(args, call)
    },
  }),
  one(
    'abs',
    { en: 'the size of', 'zh-CN': '绝对值' },
    { en: 'The number without its sign.', 'zh-CN': '数字的绝对值。' },
    [-2.5, 2.5],
    (value) => (compareDecimals(value, ZERO) < 0 ? negate(value) : value),
  ),
  one(
    'floor',
    { en: 'the whole number below', 'zh-CN': '向下取整' },
    { en: 'The greatest whole number that is not above.', 'zh-CN': '不大于该数的最大整数。' },
    [-2.5, -3],
    floor,
  ),
  one(
    'ceil',
    { en: 'the whole number above', 'zh-CN': '向上取整' },
    { en: 'The least whole number that is not below.', 'zh-CN': '不小于该数的最小整数。' },
    [2.1, 3],
    (value) => negate(floor(negate(value))),
    ['ceiling'],
  ),
]
