import { add, type Decimal, divide, multiply, negate, remainder, subtract } from '../decimal.ts'
import { defineOperator, type RuleOperator, type Slot } from '../operator.ts'
import { strict } from '../running.ts'
import type { LocalText } from '../types.ts'
import { RuleFault, type RuleValue } from '../values.ts'

const number: Slot = { kind: 'value', types: ['number'] }
const nullBehaviour: LocalText = {
  en: 'Null where an argument is null.',
  'zh-CN': '任一参数为空时结果为空。',
}
const byZero: LocalText = {
  en: 'Null where an argument is null; dividing by zero is an error value, which counts as null in a condition.',
  'zh-CN': '任一参数为空时结果为空；除以零得到错误值，在条件中视为空。',
}

const BY_ZERO = new RuleFault('divided_by_zero')
const fold = (of: (a: Decimal, b: Decimal) => Decimal) =>
  strict((values) => (values as readonly Decimal[]).reduce(of))
const two = (of: (a: Decimal, b: Decimal) => RuleValue | undefined) =>
  strict(([a, b]) => of(a as Decimal, b as Decimal) ?? BY_ZERO)

function many<const N extends '+' | '*'>(name: N, label: LocalText, description: LocalText): RuleOperator<N> {
  return defineOperator({
    name,
    family: 'arithmetic',
    label,
    description,
    nullBehaviour,
    signature: { shape: 'fixed', slots: [number], rest: number, result: 'number' },
    comparesOptions: false,
    sentence: { en: '{all}', 'zh-CN': '{all}' },
    joiner: { en: name === '+' ? ' + ' : ' × ', 'zh-CN': name === '+' ? ' + ' : ' × ' },
    aliases: [name === '+' ? 'plus' : 'times'],
    examples: [
      name === '+'
        ? { rule: { '+': [0.1, 0.2] }, value: 0.3 }
        : { rule: { '*': [{ var: 'amount' }, { var: 'discount' }] }, value: 12000.05 },
      { rule: { [name]: [{ var: 'budget' }, 2] }, value: null },
    ],
    evaluate: fold(name === '+' ? add : multiply),
  })
}

export const arithmeticOperators = [
  many('+', { en: 'plus', 'zh-CN': '加' }, { en: 'The exact sum.', 'zh-CN': '精确求和。' }),
  defineOperator({
    name: '-',
    family: 'arithmetic',
    label: { en: 'minus', 'zh-CN': '减' },
    description: {
      en: 'The exact difference; of one number, its negative.',
      'zh-CN': '精确求差；只有一个数时取相反数。',
    },
    nullBehaviour,
    signature: { shape: 'fixed', slots: [number, number], optional: 1, result: 'number' },
    comparesOptions: false,
    sentence: { en: '{all}', 'zh-CN': '{all}' },
    joiner: { en: ' − ', 'zh-CN': ' − ' },
    aliases: ['minus'],
    examples: [
      { rule: { '-': [1, { var: 'discount' }] }, value: 0.9 },
      { rule: { '-': { var: 'discount' } }, value: -0.1 },
    ],
    evaluate: strict((values) => {
      const [a, b] = values as readonly Decimal[]
      return b === undefined ? negate(a!) : subtract(a!, b)
    }),
  }),
  many('*', { en: 'times', 'zh-CN': '乘' }, { en: 'The exact product.', 'zh-CN': '精确求积。' }),
  defineOperator({
    name: '/',
    family: 'arithmetic',
    label: { en: 'divided by', 'zh-CN': '除以' },
    description: {
      en: 'The quotient to 10 decimals, halves rounded away from zero.',
      'zh-CN': '求商，保留 10 位小数，四舍五入。',
    },
    nullBehaviour: byZero,
    signature: { shape: 'fixed', slots: [number, number], result: 'number' },
    comparesOptions: false,
    sentence: { en: '{0} ÷ {1}', 'zh-CN': '{0} ÷ {1}' },
    aliases: ['divide'],
    examples: [
      { rule: { '/': [2, 3] }, value: 0.6666666667 },
      { rule: { '/': [1, 0] }, value: { error: 'divided_by_zero' } },
    ],
    evaluate: two(divide),
  }),
  defineOperator({
    name: '%',
    family: 'arithmetic',
    label: { en: 'remainder by', 'zh-CN': '除余' },
    description: {
      en: 'The exact remainder of a division, with the sign of the first number.',
      'zh-CN': '精确求余数，符号与被除数相同。',
    },
    nullBehaviour: byZero,
    signature: { shape: 'fixed', slots: [number, number], result: 'number' },
    comparesOptions: false,
    sentence: { en: 'the remainder of {0} ÷ {1}', 'zh-CN': '{0} ÷ {1} 的余数' },
    aliases: ['mod'],
    examples: [{ rule: { '%': [-7, 3] }, value: -1 }],
    evaluate: two(remainder),
  }),
]
