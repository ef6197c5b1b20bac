import { defineOperator, type RuleOperator, type Slot } from '../operator.ts'
import { type LocalText, ORDERED_TYPES, SCALAR_TYPES } from '../types.ts'

const scalar: Slot = { kind: 'same', types: SCALAR_TYPES }
const ordered: Slot = { kind: 'same', types: ORDERED_TYPES }

function ordering(
  name: '<' | '<=' | '>' | '>=',
  label: LocalText,
  dateLabel: LocalText,
  description: LocalText,
): RuleOperator {
  return defineOperator({
    name,
    family: 'comparison',
    label,
    description,
    nullBehaviour: { en: 'False where one side is null.', 'zh-CN': '任一侧为空时为假。' },
    signature: {
      shape: 'fixed',
      slots: [ordered, ordered, ordered],
      optional: 1,
      result: 'boolean',
    },
    comparesOptions: false,
    sentence: { en: `{0} ${label.en} {1}`, 'zh-CN': `{0}${label['zh-CN']}{1}` },
    dateSentence: { en: `{0} ${dateLabel.en} {1}`, 'zh-CN': `{0}${dateLabel['zh-CN']}{1}` },
  })
}

export const comparisonOperators = [
  defineOperator({
    name: '==',
    family: 'comparison',
    label: { en: 'is', 'zh-CN': '等于' },
    description: {
      en: 'True when both sides are equal. An instant equals a date when it falls on that day.',
      'zh-CN': '两侧相等时为真。日期时间与日期比较时，落在该日即相等。',
    },
    nullBehaviour: { en: 'Null equals null and nothing else.', 'zh-CN': '空值只与空值相等。' },
    signature: { shape: 'fixed', slots: [scalar, scalar], result: 'boolean' },
    comparesOptions: true,
    sentence: { en: '{0} is {1}', 'zh-CN': '{0}为{1}' },
  }),
  defineOperator({
    name: '!=',
    family: 'comparison',
    label: { en: 'is not', 'zh-CN': '不等于' },
    description: { en: 'True when the sides differ.', 'zh-CN': '两侧不同时为真。' },
    nullBehaviour: {
      en: 'Null differs from every value, and not from null.',
      'zh-CN': '空值与任何值都不相等，但与空值相等。',
    },
    signature: { shape: 'fixed', slots: [scalar, scalar], result: 'boolean' },
    comparesOptions: true,
    sentence: { en: '{0} is not {1}', 'zh-CN': '{0}不为{1}' },
  }),
  ordering(
    '<',
    { en: 'is below', 'zh-CN': '小于' },
    { en: 'is before', 'zh-CN': '早于' },
    {
      en: 'True when the left side comes before the right; with three values, when the middle lies strictly between. Text goes by code point, an instant against a date by its day.',
      'zh-CN':
        '左侧小于右侧时为真；三个值时，中间值严格介于两者之间为真。文本按码位比较，日期时间与日期按所在日比较。',
    },
  ),
  ordering(
    '<=',
    { en: 'is at most', 'zh-CN': '不超过' },
    { en: 'is not after', 'zh-CN': '不晚于' },
    {
      en: 'True when the left side does not come after the right; with three values, when the middle lies between, ends included.',
      'zh-CN': '左侧不大于右侧时为真；三个值时，中间值介于两者之间（含端点）为真。',
    },
  ),
  ordering(
    '>',
    { en: 'is above', 'zh-CN': '大于' },
    { en: 'is after', 'zh-CN': '晚于' },
    {
      en: 'True when the left side comes after the right; with three values, when they fall strictly from left to right.',
      'zh-CN': '左侧大于右侧时为真；三个值时，从左到右严格递减为真。',
    },
  ),
  ordering(
    '>=',
    { en: 'is at least', 'zh-CN': '不低于' },
    { en: 'is not before', 'zh-CN': '不早于' },
    {
      en: 'True when the left side does not come before the right; with three values, when they never rise from left to right.',
      'zh-CN': '左侧不小于右侧时为真；三个值时，从左到右不递增为真。',
    },
  ),
  defineOperator({
    name: 'in',
    family: 'comparison',
    label: { en: 'is one of', 'zh-CN': '属于' },
    description: {
      en: 'True when the value is one of a list, or a text is part of another, letter for letter.',
      'zh-CN': '值在列表中，或文本是另一文本的一部分（区分大小写）时为真。',
    },
    nullBehaviour: {
      en: 'Null is in a list only when the list names null; nothing is in a null list or text.',
      'zh-CN': '仅当列表中写有空值时，空值才属于它；列表或文本为空时为假。',
    },
    signature: { shape: 'fixed', slots: [scalar, { kind: 'container' }], result: 'boolean' },
    comparesOptions: true,
    sentence: { en: '{0} is one of {1}', 'zh-CN': '{0}属于{1}' },
  }),
]
