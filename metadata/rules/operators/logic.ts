import { truthOf } from '../comparing.ts'
import { defineOperator, type Slot } from '../operator.ts'
import type { Evaluate } from '../running.ts'
import { ALL_LIST_TYPES, SCALAR_TYPES } from '../types.ts'
import { isNothing } from '../values.ts'

const condition: Slot = { kind: 'value', types: ['boolean'] }
const anything: Slot = { kind: 'value', types: [...SCALAR_TYPES, ...ALL_LIST_TYPES] }
const scalar: Slot = { kind: 'same', types: SCALAR_TYPES }

const truth =
  (wanted: boolean): Evaluate =>
  ([arg]) => {
    const { run, type } = arg!
    return (world, subject) => {
      const value = run(world, subject)
      return (!isNothing(value) && truthOf(value, type)) === wanted
    }
  }

const branches: Evaluate = (args) => {
  const pairs = Math.floor(args.length / 2)
  const otherwise = args.length % 2 === 1 ? args.at(-1)!.run : () => null
  return (world, subject) => {
    for (let at = 0; at < pairs; at++) {
      if (args[2 * at]!.run(world, subject) === true) return args[2 * at + 1]!.run(world, subject)
    }
    return otherwise(world, subject)
  }
}

export const logicOperators = [
  defineOperator({
    name: 'and',
    family: 'logic',
    label: { en: 'all of', 'zh-CN': '全部满足' },
    description: { en: 'True when every condition is true.', 'zh-CN': '所有条件都成立时为真。' },
    nullBehaviour: { en: 'Null counts as false.', 'zh-CN': '空值视为不成立。' },
    signature: { shape: 'fixed', slots: [condition], rest: condition, result: 'boolean' },
    comparesOptions: false,
    sentence: { en: '{all}', 'zh-CN': '{all}' },
    joiner: { en: ' and ', 'zh-CN': '，且' },
    examples: [
      { rule: { and: [{ var: 'active' }, { '>': [{ var: 'amount' }, 100000] }] }, value: true },
      { rule: { and: [{ var: 'active' }, { '>': [{ var: 'budget' }, 0] }] }, value: false },
    ],
    evaluate: (args) => {
      const runs = args.map((arg) => arg.run)
      return (world, subject) => runs.every((run) => run(world, subject) === true)
    },
  }),
  defineOperator({
    name: 'or',
    family: 'logic',
    label: { en: 'any of', 'zh-CN': '满足任一' },
    description: { en: 'True when at least one condition is true.', 'zh-CN': '至少一个条件成立时为真。' },
    nullBehaviour: { en: 'Null counts as false.', 'zh-CN': '空值视为不成立。' },
    signature: { shape: 'fixed', slots: [condition], rest: condition, result: 'boolean' },
    comparesOptions: false,
    sentence: { en: '{all}', 'zh-CN': '{all}' },
    joiner: { en: ' or ', 'zh-CN': '，或' },
    examples: [{ rule: { or: [{ '==': [{ var: 'stage' }, 'won'] }, { var: 'active' }] }, value: true }],
    evaluate: (args) => {
      const runs = args.map((arg) => arg.run)
      return (world, subject) => runs.some((run) => run(world, subject) === true)
    },
  }),
  defineOperator({
    name: '!',
    family: 'logic',
    label: { en: 'not', 'zh-CN': '非' },
    description: {
      en: 'True when the value is false, null, 0, an empty text or an empty list.',
      'zh-CN': '值为假、空、0、空文本或空列表时为真。',
    },
    nullBehaviour: { en: 'True for null.', 'zh-CN': '空值时为真。' },
    signature: { shape: 'fixed', slots: [anything], result: 'boolean' },
    comparesOptions: false,
    sentence: { en: 'not {0}', 'zh-CN': '并非{0}' },
    aliases: ['not'],
    examples: [
      { rule: { '!': { '==': [{ var: 'stage' }, 'won'] } }, value: true },
      { rule: { '!': { var: 'budget' } }, value: true },
    ],
    evaluate: truth(false),
  }),
  defineOperator({
    name: '!!',
    family: 'logic',
    label: { en: 'has a value', 'zh-CN': '有值' },
    description: {
      en: 'True when the value is neither false, null, 0, an empty text nor an empty list.',
      'zh-CN': '值不是假、空、0、空文本或空列表时为真。',
    },
    nullBehaviour: { en: 'False for null.', 'zh-CN': '空值时为假。' },
    signature: { shape: 'fixed', slots: [anything], result: 'boolean' },
    comparesOptions: false,
    sentence: { en: '{0} has a value', 'zh-CN': '{0}有值' },
    aliases: ['has_value'],
    examples: [
      { rule: { '!!': { var: 'amount' } }, value: true },
      { rule: { '!!': { var: 'budget' } }, value: false },
    ],
    evaluate: truth(true),
  }),
  defineOperator({
    name: 'if',
    family: 'logic',
    label: { en: 'if … then …', 'zh-CN': '如果…则…' },
    description: {
      en: 'The value after the first condition that is true; else the last value; else null.',
      'zh-CN': '取首个成立条件之后的值；都不成立时取最后的值，没有则为空。',
    },
    nullBehaviour: { en: 'A condition that is null counts as false.', 'zh-CN': '条件为空视为不成立。' },
    signature: { shape: 'branches' },
    comparesOptions: false,
    sentence: { en: 'if {0} then {1}', 'zh-CN': '如果{0}，则为{1}' },
    examples: [
      { rule: { if: [{ '>': [{ var: 'amount' }, 100000] }, 'large', 'small'] }, value: 'large' },
      { rule: { if: [{ '==': [{ var: 'stage' }, 'won'] }, 1] }, value: null },
    ],
    evaluate: branches,
  }),
  defineOperator({
    name: 'coalesce',
    family: 'logic',
    label: { en: 'first that has a value', 'zh-CN': '首个非空值' },
    description: {
      en: 'The first of several values of one type that is not null; an error counts as null here.',
      'zh-CN': '同类型多个值中首个不为空者；错误值在此视为空。',
    },
    nullBehaviour: { en: 'Null only where all are null.', 'zh-CN': '全部为空时结果才为空。' },
    signature: { shape: 'fixed', slots: [scalar, scalar], rest: scalar, result: 'shared' },
    comparesOptions: false,
    sentence: { en: 'the first with a value of {list}', 'zh-CN': '{list}中首个有值者' },
    examples: [
      { rule: { coalesce: [{ var: 'budget' }, { var: 'amount' }] }, value: 120000.5 },
      { rule: { coalesce: [{ '/': [{ var: 'amount' }, 0] }, 0] }, value: 0 },
    ],
    evaluate: (args) => {
      const runs = args.map((arg) => arg.run)
      return (world, subject) => {
        for (const run of runs) {
          const value = run(world, subject)
          if (!isNothing(value)) return value
        }
        return null
      }
    },
  }),
]
