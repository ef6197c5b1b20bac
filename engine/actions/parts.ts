import type { LocalText } from '../errors.ts'
import type { ActionParameter } from '../registry/action.ts'
import type { JsonSchema } from '../registry/field-type.ts'

type Said = Pick<ActionParameter, 'required' | 'schema'>

/** A parameter with its words. */
export function takes(
  is: ActionParameter['is'],
  label: LocalText,
  description: LocalText,
  said: Said = {},
): ActionParameter {
  return { is, label, description, ...said }
}

/** The record that a step changes; the flow's own where nothing is said. */
export const recordParameter = takes(
  'record',
  { en: 'Record', 'zh-CN': '记录' },
  {
    en: 'Which record: a lookup of the flow’s record, item, or a record of an earlier step; the flow’s own when absent. Where there is none nothing is done.',
    'zh-CN':
      '哪条记录：自动流程的记录的查找字段、item，或前面步骤的记录；不写则为自动流程的记录本身。没有记录时不执行。',
  },
)

export const entityParameter = (en: string, chinese: string): ActionParameter =>
  takes('entity', { en: 'Entity', 'zh-CN': '实体' }, { en, 'zh-CN': chinese }, { required: true })

export const setParameter = (required: boolean): ActionParameter =>
  takes(
    'values',
    { en: 'Set', 'zh-CN': '设置' },
    {
      en: 'Values by field. An object with an operator, such as {"var": "owner"}, is worked out; a field of people takes the form of people, such as {"field": "owner"}; {"literal": …} is taken as it is.',
      'zh-CN':
        '按字段给出取值。带运算符的对象（如 {"var": "owner"}）会被计算；人员字段可用人员写法，如 {"field": "owner"}；{"literal": …} 按原样使用。',
    },
    { required },
  )

export const steps = (label: LocalText, description: LocalText, required = false): ActionParameter =>
  takes('steps', label, description, { required })

export const tagList: JsonSchema = {
  type: 'array',
  minItems: 1,
  maxItems: 20,
  items: { type: 'string', minLength: 1, maxLength: 40 },
}
