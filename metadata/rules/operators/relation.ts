import { add, type Decimal, divide, wholeDecimal, ZERO } from '../decimal.ts'
import { defineOperator, type RuleOperator, type Slot } from '../operator.ts'
import { type Evaluate, eachOf, type Part, type Subject, type World } from '../running.ts'
import { ALL_LIST_TYPES, type LocalText, PLAIN_LIST_TYPES } from '../types.ts'
import { isNothing, RuleFault, type RuleValue } from '../values.ts'

const anyList: Slot = { kind: 'value', types: ALL_LIST_TYPES }
const plainList: Slot = { kind: 'value', types: PLAIN_LIST_TYPES }
const numbers: Slot = { kind: 'value', types: ['numbers'] }
const sent = { filter: [{ var: 'quotes' }, { '==': [{ var: 'status' }, 'sent'] }] } as const

const NULL_LIST: LocalText = {
  en: 'A list that is null is empty.',
  'zh-CN': '列表为空值视为空列表。',
}

function listOf(list: Part, world: World, subject: Subject): readonly RuleValue[] {
  return eachOf(list.run(world, subject), world)
}

/** A question put to each item. Errors and nulls are no. */
function quantifier<const N extends string>(
  name: N,
  label: LocalText,
  description: LocalText,
  sentence: LocalText,
  value: boolean,
  of: (items: readonly RuleValue[], holds: (item: RuleValue) => boolean) => boolean,
): RuleOperator<N> {
  return defineOperator({
    name,
    family: 'relation',
    label,
    description,
    nullBehaviour: NULL_LIST,
    signature: { shape: 'each', body: 'condition', result: 'boolean' },
    comparesOptions: false,
    sentence,
    examples: [
      {
        rule: {
          [name]: [{ var: 'quotes' }, { '>': [{ var: 'total' }, { '*': [{ var: 'record.amount' }, 0.02] }] }],
        },
        value,
      },
      {
        rule: { [name]: [{ var: 'tags' }, { starts_with: [{ var: 'item' }, 'x'] }] },
        value: name === 'none',
      },
    ],
    evaluate:
      ([list, body]) =>
      (world, subject) =>
        of(listOf(list!, world, subject), (item) => body!.run(world, item) === true),
  })
}

/** One value of a list of numbers, nulls passed over; an error in it is the answer. */
const ofNumbers =
  (of: (values: readonly Decimal[]) => RuleValue): Evaluate =>
  ([list]) =>
  (world, subject) => {
    const value = list!.run(world, subject)
    if (value instanceof RuleFault) return value
    const items = eachOf(value, world).filter((item) => item !== null)
    return items.find((item) => item instanceof RuleFault) ?? of(items as readonly Decimal[])
  }

function total(values: readonly Decimal[]): Decimal {
  return values.reduce(add, ZERO)
}

function end<const N extends 'first' | 'last'>(
  name: N,
  label: LocalText,
  description: LocalText,
  value: unknown,
): RuleOperator<N> {
  return defineOperator({
    name,
    family: 'relation',
    label,
    description,
    nullBehaviour: {
      en: 'Null for an empty list, and where that item is null.',
      'zh-CN': '列表为空或该项为空时结果为空。',
    },
    signature: { shape: 'fixed', slots: [plainList], result: 'item' },
    comparesOptions: false,
    sentence: { en: `the ${label.en} of {0}`, 'zh-CN': `{0}的${label['zh-CN']}` },
    examples: [{ rule: { [name]: { var: 'quotes.status' } }, value }],
    evaluate:
      ([list]) =>
      (world, subject) => {
        const found = list!.run(world, subject)
        if (isNothing(found)) return found
        return (found as readonly RuleValue[]).at(name === 'first' ? 0 : -1) ?? null
      },
  })
}

export const relationOperators = [
  quantifier(
    'some',
    { en: 'some', 'zh-CN': '存在' },
    {
      en: 'True when the condition holds for at least one item. Within it, bare names are those of the item (a plain value is “item”), “record.” leads to the record itself.',
      'zh-CN': '至少一项满足条件时为真。条件中直接写该项的字段（普通值写 item），record. 指向记录本身。',
    },
    { en: 'for some of {0}: {1}', 'zh-CN': '{0}中至少一项满足：{1}' },
    true,
    (items, holds) => items.some(holds),
  ),
  quantifier(
    'all',
    { en: 'all', 'zh-CN': '全部' },
    {
      en: 'True when the condition holds for every item; also for an empty list.',
      'zh-CN': '每一项都满足条件时为真，空列表也为真。',
    },
    { en: 'for all of {0}: {1}', 'zh-CN': '{0}中每一项都满足：{1}' },
    false,
    (items, holds) => items.every(holds),
  ),
  quantifier(
    'none',
    { en: 'none', 'zh-CN': '均不' },
    {
      en: 'True when the condition holds for no item; also for an empty list.',
      'zh-CN': '没有任何一项满足条件时为真，空列表也为真。',
    },
    { en: 'for none of {0}: {1}', 'zh-CN': '{0}中没有一项满足：{1}' },
    false,
    (items, holds) => !items.some(holds),
  ),
  defineOperator({
    name: 'filter',
    family: 'relation',
    label: { en: 'those of … for which', 'zh-CN': '筛选' },
    description: {
      en: 'The items for which the condition holds, in their order.',
      'zh-CN': '满足条件的各项，保持顺序。',
    },
    nullBehaviour: NULL_LIST,
    signature: { shape: 'each', body: 'condition', result: 'same' },
    comparesOptions: false,
    sentence: { en: 'those of {0} for which {1}', 'zh-CN': '{0}中满足“{1}”的各项' },
    examples: [{ rule: { count: sent }, value: 2 }],
    evaluate:
      ([list, body]) =>
      (world, subject) =>
        listOf(list!, world, subject).filter((item) => body!.run(world, item) === true),
  }),
  defineOperator({
    name: 'map',
    family: 'relation',
    label: { en: 'of each', 'zh-CN': '逐项取值' },
    description: {
      en: 'One value of each item, in their order. “quotes.total” is short for it.',
      'zh-CN': '对每一项取一个值，保持顺序；quotes.total 是其简写。',
    },
    nullBehaviour: NULL_LIST,
    signature: { shape: 'each', body: 'value', result: 'list' },
    comparesOptions: false,
    sentence: { en: '{1} of each of {0}', 'zh-CN': '{0}中每一项的{1}' },
    examples: [
      { rule: { sum: { map: [sent, { var: 'total' }] } }, value: 4300.5 },
      { rule: { map: [{ var: 'tags' }, { upper: { var: 'item' } }] }, value: ['VIP', 'EXPO'] },
    ],
    evaluate:
      ([list, body]) =>
      (world, subject) =>
        listOf(list!, world, subject).map((item) => body!.run(world, item)),
  }),
  defineOperator({
    name: 'count',
    family: 'relation',
    label: { en: 'number of', 'zh-CN': '数量' },
    description: { en: 'How many items a list has, nulls included.', 'zh-CN': '列表的项数，空值也计入。' },
    nullBehaviour: NULL_LIST,
    signature: { shape: 'fixed', slots: [anyList], result: 'number' },
    comparesOptions: false,
    sentence: { en: 'the number of {0}', 'zh-CN': '{0}的数量' },
    examples: [
      { rule: { count: { var: 'quotes' } }, value: 3 },
      { rule: { count: { var: 'tags' } }, value: 2 },
    ],
    evaluate:
      ([list]) =>
      (world, subject) => {
        const items = list!.run(world, subject)
        return wholeDecimal(isNothing(items) ? 0 : (items as readonly RuleValue[]).length)
      },
  }),
  defineOperator({
    name: 'sum',
    family: 'relation',
    label: { en: 'sum of', 'zh-CN': '合计' },
    description: {
      en: 'The exact sum of a list of numbers, 0 for an empty one.',
      'zh-CN': '数字列表的精确合计，空列表为 0。',
    },
    nullBehaviour: { en: 'Nulls are passed over.', 'zh-CN': '空值忽略不计。' },
    signature: { shape: 'fixed', slots: [numbers], result: 'number' },
    comparesOptions: false,
    sentence: { en: 'the sum of {0}', 'zh-CN': '{0}的合计' },
    examples: [{ rule: { sum: { var: 'quotes.total' } }, value: 5300.5 }],
    evaluate: ofNumbers(total),
  }),
  defineOperator({
    name: 'average',
    family: 'relation',
    label: { en: 'average of', 'zh-CN': '平均值' },
    description: {
      en: 'The sum of a list of numbers by their number, to 10 decimals, halves away from zero.',
      'zh-CN': '数字列表的合计除以个数，保留 10 位小数，四舍五入。',
    },
    nullBehaviour: {
      en: 'Nulls are passed over; null where there is no number.',
      'zh-CN': '空值忽略不计；没有数字时结果为空。',
    },
    signature: { shape: 'fixed', slots: [numbers], result: 'number' },
    comparesOptions: false,
    sentence: { en: 'the average of {0}', 'zh-CN': '{0}的平均值' },
    aliases: ['avg'],
    examples: [{ rule: { average: { var: 'quotes.total' } }, value: 1766.8333333333 }],
    evaluate: ofNumbers((values) => divide(total(values), wholeDecimal(values.length)) ?? null),
  }),
  end(
    'first',
    { en: 'first', 'zh-CN': '首项' },
    {
      en: 'The first item of a list; records that point here come the oldest first.',
      'zh-CN': '列表的首项；关联记录按创建先后排列。',
    },
    'draft',
  ),
  end(
    'last',
    { en: 'last', 'zh-CN': '末项' },
    {
      en: 'The last item of a list; records that point here come the oldest first.',
      'zh-CN': '列表的末项；关联记录按创建先后排列。',
    },
    'sent',
  ),
]
