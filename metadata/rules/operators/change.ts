import { compareOf } from '../comparing.ts'
import { defineOperator } from '../operator.ts'
import type { Evaluate, Part } from '../running.ts'
import { ITEM_TYPES, isPlainList, type LocalText } from '../types.ts'
import { isNothing, type RuleValue } from '../values.ts'

const nullBehaviour: LocalText = {
  en: 'Null equals null only: from null to a value is a change. A new record had null everywhere.',
  'zh-CN': '空值只与空值相等：从空变为有值即为变更。新建记录之前的值均视为空。',
}
const ENGINE_ONLY: LocalText = {
  en: 'A filter or a right sees what is stored, not what it was before.',
  'zh-CN': '筛选与权限只能看到当前存储的值，看不到之前的值。',
}

/** Whether two values of the part are the same, lists item by item. */
function sameOf(part: Part): (a: RuleValue, b: RuleValue) => boolean {
  const compare = compareOf(isPlainList(part.type) ? ITEM_TYPES[part.type] : part.type)
  const same = (a: RuleValue, b: RuleValue): boolean => {
    if (isNothing(a) || isNothing(b)) return isNothing(a) && isNothing(b)
    if (!Array.isArray(a) || !Array.isArray(b)) return compare(a, b, NO_WORLD) === 0
    return a.length === b.length && a.every((item, at) => same(item as RuleValue, b[at] as RuleValue))
  }
  return same
}

// Values of one type compare without a time zone.
const NO_WORLD = undefined as never

/** The arguments are the field, its stored state, and the values that it is held against. */
const changed =
  (
    holds: (same: (a: RuleValue, b: RuleValue) => boolean, values: readonly RuleValue[]) => boolean,
  ): Evaluate =>
  (args) => {
    const same = sameOf(args[0]!)
    const runs = args.map((arg) => arg.run)
    return (world, subject) => {
      const values = runs.map((run) => run(world, subject))
      return !same(values[0]!, values[1]!) && holds(same, values)
    }
  }

export const changeOperators = [
  defineOperator({
    name: 'changed',
    family: 'change',
    label: { en: 'changes', 'zh-CN': '有变更' },
    description: {
      en: 'True when a write gives the field another value than is stored.',
      'zh-CN': '写入的值与已存储的值不同时为真。',
    },
    nullBehaviour,
    signature: { shape: 'change', values: 0 },
    comparesOptions: false,
    engineOnly: ENGINE_ONLY,
    sentence: { en: '{0} changes', 'zh-CN': '{0}有变更' },
    examples: [
      { rule: { changed: { var: 'stage' } }, value: true },
      { rule: { changed: { var: 'discount' } }, value: false },
    ],
    evaluate: changed(() => true),
  }),
  defineOperator({
    name: 'changed_to',
    family: 'change',
    label: { en: 'changes to', 'zh-CN': '变更为' },
    description: {
      en: 'True when a write gives the field this value and another one is stored.',
      'zh-CN': '写入的值为指定值且与已存储的值不同时为真。',
    },
    nullBehaviour,
    signature: { shape: 'change', values: 1 },
    comparesOptions: true,
    engineOnly: ENGINE_ONLY,
    sentence: { en: '{0} changes to {2}', 'zh-CN': '{0}变更为{2}' },
    examples: [{ rule: { changed_to: [{ var: 'stage' }, 'proposal'] }, value: true }],
    evaluate: changed((same, [value, , to]) => same(value!, to!)),
  }),
  defineOperator({
    name: 'changed_from_to',
    family: 'change',
    label: { en: 'changes from … to …', 'zh-CN': '由…变更为…' },
    description: {
      en: 'True when the first value is stored and a write gives the field the second.',
      'zh-CN': '已存储的值为前一值，且写入的值为后一值时为真。',
    },
    nullBehaviour,
    signature: { shape: 'change', values: 2 },
    comparesOptions: true,
    engineOnly: ENGINE_ONLY,
    sentence: { en: '{0} changes from {2} to {3}', 'zh-CN': '{0}由{2}变更为{3}' },
    examples: [
      { rule: { changed_from_to: [{ var: 'stage' }, 'requirement', 'proposal'] }, value: true },
      { rule: { changed_from_to: [{ var: 'stage' }, 'first_contact', 'proposal'] }, value: false },
    ],
    evaluate: changed((same, [value, before, from, to]) => same(before!, from!) && same(value!, to!)),
  }),
]
