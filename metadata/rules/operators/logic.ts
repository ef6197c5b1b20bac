import { defineOperator, type Slot } from '../operator.ts'
import { LIST_TYPES, SCALAR_TYPES } from '../types.ts'

const condition: Slot = { kind: 'value', types: ['boolean'] }
const anything: Slot = { kind: 'value', types: [...SCALAR_TYPES, ...LIST_TYPES] }

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
  }),
]
