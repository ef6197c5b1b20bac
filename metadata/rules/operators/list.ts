import { defineOperator, type RuleOperator, type Slot } from '../operator.ts'
import type { Evaluate } from '../running.ts'
import { ALL_LIST_TYPES, LIST_TYPES, type LocalText, SCALAR_TYPES } from '../types.ts'
import { isNothing, type RuleValue } from '../values.ts'

const anything: Slot = { kind: 'value', types: [...SCALAR_TYPES, ...ALL_LIST_TYPES] }
const list: Slot = { kind: 'value', types: LIST_TYPES }

const emptyTest =
  (wanted: boolean): Evaluate =>
  ([arg]) => {
    const { run } = arg!
    return (world, subject) => {
      const value = run(world, subject)
      const isEmpty = isNothing(value) || value === '' || (Array.isArray(value) && value.length === 0)
      return isEmpty === wanted
    }
  }

/** A list that is null is empty; null is in no list. */
const holding =
  (of: (list: readonly RuleValue[], wanted: RuleValue) => boolean): Evaluate =>
  ([list, wanted]) =>
  (world, subject) => {
    const items = list!.run(world, subject)
    return of(isNothing(items) ? [] : (items as readonly RuleValue[]), wanted!.run(world, subject))
  }
const isHeld = (list: readonly RuleValue[], item: RuleValue) => !isNothing(item) && list.includes(item)
const itemsOf = (wanted: RuleValue) => (isNothing(wanted) ? [] : (wanted as readonly RuleValue[]))

function emptiness<const N extends 'empty' | 'not_empty'>(
  name: N,
  label: LocalText,
  description: LocalText,
  nullBehaviour: LocalText,
): RuleOperator<N> {
  return defineOperator({
    name,
    family: 'list',
    label,
    description,
    nullBehaviour,
    signature: { shape: 'fixed', slots: [anything], result: 'boolean' },
    comparesOptions: false,
    sentence: { en: `{0} ${label.en}`, 'zh-CN': `{0}${label['zh-CN']}` },
    examples: [
      { rule: { [name]: { var: 'tags' } }, value: name === 'not_empty' },
      { rule: { [name]: { var: 'budget' } }, value: name === 'empty' },
    ],
    evaluate: emptyTest(name === 'empty'),
  })
}

function membership<const N extends string>(
  name: N,
  wanted: Slot,
  label: LocalText,
  description: LocalText,
  sentence: LocalText,
  evaluate: Evaluate,
): RuleOperator<N> {
  return defineOperator({
    name,
    family: 'list',
    label,
    description,
    nullBehaviour: {
      en: 'A list that is null is empty; null is in no list.',
      'zh-CN': '列表为空值视为空列表；空值不属于任何列表。',
    },
    signature: { shape: 'fixed', slots: [list, wanted], result: 'boolean' },
    comparesOptions: true,
    sentence,
    examples: [
      { rule: { [name]: [{ var: 'tags' }, wanted.kind === 'item' ? 'vip' : ['vip', 'expo']] }, value: true },
      { rule: { [name]: [{ var: 'tags' }, wanted.kind === 'item' ? 'VIP' : ['dormant']] }, value: false },
    ],
    evaluate,
  })
}

export const listOperators = [
  emptiness(
    'empty',
    { en: 'is empty', 'zh-CN': '为空' },
    { en: 'True for null, an empty text and an empty list.', 'zh-CN': '空值、空文本、空列表时为真。' },
    { en: 'True for null.', 'zh-CN': '空值时为真。' },
  ),
  emptiness(
    'not_empty',
    { en: 'is not empty', 'zh-CN': '不为空' },
    { en: 'True unless null, an empty text or an empty list.', 'zh-CN': '不是空值、空文本或空列表时为真。' },
    { en: 'False for null.', 'zh-CN': '空值时为假。' },
  ),
  membership(
    'has',
    { kind: 'item' },
    { en: 'has', 'zh-CN': '含有' },
    { en: 'True when the list holds the value.', 'zh-CN': '列表中有该值时为真。' },
    { en: '{0} has {1}', 'zh-CN': '{0}含有{1}' },
    holding(isHeld),
  ),
  membership(
    'has_any',
    { kind: 'items' },
    { en: 'has any of', 'zh-CN': '含有任一' },
    { en: 'True when the list holds at least one of the values.', 'zh-CN': '列表中至少有其中一个值时为真。' },
    { en: '{0} has any of {1}', 'zh-CN': '{0}含有{1}中任一' },
    holding((list, wanted) => itemsOf(wanted).some((item) => isHeld(list, item))),
  ),
  membership(
    'has_all',
    { kind: 'items' },
    { en: 'has all of', 'zh-CN': '含有全部' },
    {
      en: 'True when the list holds all of the values; no values at all are held by every list.',
      'zh-CN': '列表中含有所有这些值时为真；未给出值时总为真。',
    },
    { en: '{0} has all of {1}', 'zh-CN': '{0}含有{1}全部' },
    holding((list, wanted) => itemsOf(wanted).every((item) => isHeld(list, item))),
  ),
]
