import { compareOf, compareParts } from '../comparing.ts'
import { defineOperator, type RuleOperator, type Slot } from '../operator.ts'
import type { Evaluate } from '../running.ts'
import { type LocalText, ORDERED_TYPES, SCALAR_TYPES, type TypedRule } from '../types.ts'
import { isNothing, type RuleValue } from '../values.ts'

const scalar: Slot = { kind: 'same', types: SCALAR_TYPES }
const ordinal: Slot = { kind: 'same', types: ORDERED_TYPES }

const equality =
  (wanted: boolean): Evaluate =>
  ([left, right]) => {
    const compare = compareParts(left!, right!)
    return (world, subject) => {
      const a = left!.run(world, subject)
      const b = right!.run(world, subject)
      if (isNothing(a) || isNothing(b)) return (isNothing(a) && isNothing(b)) === wanted
      return (compare(a, b, world) === 0) === wanted
    }
  }

const HOLDS: Readonly<Record<'<' | '<=' | '>' | '>=', (order: number) => boolean>> = {
  '<': (order) => order < 0,
  '<=': (order) => order <= 0,
  '>': (order) => order > 0,
  '>=': (order) => order >= 0,
}

const ordered =
  (name: keyof typeof HOLDS): Evaluate =>
  (args) => {
    const holds = HOLDS[name]
    const compares = args.slice(1).map((arg, at) => compareParts(args[at]!, arg))
    return (world, subject) => {
      let before = args[0]!.run(world, subject)
      for (const [at, compare] of compares.entries()) {
        const value = args[at + 1]!.run(world, subject)
        if (isNothing(before) || isNothing(value) || !holds(compare(before, value, world))) return false
        before = value
      }
      return true
    }
  }

const contained: Evaluate = ([needle, where]) => {
  const compare = compareOf(needle!.type === 'null' ? where!.type : needle!.type)
  const inText = where!.part.kind !== 'list' && where!.type === 'text'
  return (world, subject) => {
    const place = where!.run(world, subject)
    const value = needle!.run(world, subject)
    if (isNothing(place)) return false
    if (inText) return typeof value === 'string' && (place as string).includes(value)
    const items = place as readonly RuleValue[]
    if (isNothing(value)) return where!.part.kind === 'list' && items.includes(null)
    return items.some((item) => !isNothing(item) && compare(item, value, world) === 0)
  }
}

/** The options of the field that is the first argument, from the second argument on. */
export function optionsFrom([field, option]: readonly TypedRule[]): readonly string[] {
  if (field?.kind !== 'path' || option?.kind !== 'literal') return []
  const options = field.options ?? []
  const at = options.indexOf(String(option.value))
  return at < 0 ? [] : options.slice(at)
}

const ORDERING_EXAMPLES = {
  '<': [
    { rule: { '<': [0, { var: 'discount' }, 0.3] }, value: true },
    { rule: { '<': [{ var: 'budget' }, 1] }, value: false },
  ],
  '<=': [{ rule: { '<=': [{ var: 'created_at' }, '2026-03-02'] }, value: true }],
  '>': [{ rule: { '>': [{ var: 'amount' }, 100000] }, value: true }],
  '>=': [{ rule: { '>=': [{ var: 'close_date' }, { var: 'today' }] }, value: true }],
} as const

function ordering<const N extends '<' | '<=' | '>' | '>='>(
  name: N,
  label: LocalText,
  dateLabel: LocalText,
  description: LocalText,
): RuleOperator<N> {
  return defineOperator({
    name,
    family: 'comparison',
    label,
    description,
    nullBehaviour: { en: 'False where one side is null.', 'zh-CN': '任一侧为空时为假。' },
    signature: {
      shape: 'fixed',
      slots: [ordinal, ordinal, ordinal],
      optional: 1,
      result: 'boolean',
    },
    comparesOptions: false,
    sentence: { en: `{0} ${label.en} {1}`, 'zh-CN': `{0}${label['zh-CN']}{1}` },
    dateSentence: { en: `{0} ${dateLabel.en} {1}`, 'zh-CN': `{0}${dateLabel['zh-CN']}{1}` },
    examples: ORDERING_EXAMPLES[name],
    evaluate: ordered(name),
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
    examples: [
      { rule: { '==': [{ var: 'stage' }, 'proposal'] }, value: true },
      { rule: { '==': [{ var: 'created_at' }, '2026-03-02'] }, value: true },
      { rule: { '==': [{ var: 'budget' }, null] }, value: true },
    ],
    evaluate: equality(true),
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
    examples: [{ rule: { '!=': [{ var: 'budget' }, 0] }, value: true }],
    evaluate: equality(false),
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
    examples: [
      { rule: { in: [{ var: 'stage' }, ['proposal', 'won']] }, value: true },
      { rule: { in: ['机械', { var: 'name' }] }, value: true },
      { rule: { in: ['sales', { var: 'actor.roles' }] }, value: true },
    ],
    evaluate: contained,
  }),
  defineOperator({
    name: 'reaches',
    family: 'comparison',
    label: { en: 'has reached', 'zh-CN': '已达到' },
    description: {
      en: 'True when a select or stage stands at an option or behind it in the order of its list.',
      'zh-CN': '选项或阶段字段的值等于该选项，或在列表中排在其后时为真。',
    },
    nullBehaviour: { en: 'False for null.', 'zh-CN': '空值时为假。' },
    signature: {
      shape: 'fixed',
      slots: [{ kind: 'value', types: ['text'] }, { kind: 'option' }],
      result: 'boolean',
    },
    comparesOptions: true,
    sentence: { en: '{0} has reached {1}', 'zh-CN': '{0}已达到{1}' },
    examples: [
      { rule: { reaches: [{ var: 'stage' }, 'requirement'] }, value: true },
      { rule: { reaches: [{ var: 'stage' }, 'won'] }, value: false },
    ],
    evaluate: ([field, option], call) => {
      const reached = new Set(optionsFrom(call.arguments))
      return (world, subject) => option !== undefined && reached.has(field!.run(world, subject) as string)
    },
  }),
]
