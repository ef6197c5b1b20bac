import type { CallToCheck } from './check-arguments.ts'
import { report, reportType } from './check-context.ts'
import { itemScope } from './check-path.ts'
import type { Signature } from './operator.ts'
import { withinList } from './scopes.ts'
import {
  ALL_LIST_TYPES,
  ITEM_TYPES,
  isPlainList,
  LIST_OF,
  type LocalText,
  type RuleScope,
  type RuleType,
  SCALAR_TYPES,
  type ScalarType,
  type TypedRule,
} from './types.ts'

/** `some`, `all`, `none`, `filter`, `map`: a list, and what is asked or taken of each item. */
export function checkEach(
  call: CallToCheck,
  signature: Extract<Signature, { readonly shape: 'each' }>,
): TypedRule | undefined {
  const { context, operator, args } = call
  const list = context.node(args[0], call.pathOf(0), ALL_LIST_TYPES, operator.name)
  if (list === undefined) return undefined
  const items = itemsOf(list, call)
  if (items === undefined)
    return reportType(context, call.pathOf(0), operator.name, ALL_LIST_TYPES, list.type)
  const within = context.within(withinList(context.root, items))
  const types: readonly RuleType[] = signature.body === 'condition' ? ['boolean'] : SCALAR_TYPES
  const body = within.node(args[1], call.pathOf(1), types, operator.name)
  if (body === undefined) return undefined
  const typed: TypedRule = {
    kind: 'call',
    type: resultOf(signature.result, list, body),
    operator: operator.name,
    arguments: [list, body],
  }
  if (signature.body === 'value') refuseFaults(call, [body])
  if (signature.result === 'same') context.itemScopes.set(typed, items)
  return typed
}

/** In the database an item that is an error is null like one without a value, and sums would pass it over. */
export function refuseFaults(call: CallToCheck, typed: readonly TypedRule[]): void {
  const { context, operator } = call
  if (context.runner !== 'database' || !typed.some(mayFault)) return
  const params = { name: operator.name }
  report(context, { code: 'RULE_PLACE_UNFIT', path: call.pathOf(0), params, hint: FAULTS })
}

const FAULTS: LocalText = {
  en: 'The database cannot tell an error, as of ÷ 0, from an empty value here. Wrap the division in coalesce.',
  'zh-CN': '数据库在此无法区分错误值（如除以零）与空值，请用 coalesce 包住除法。',
}

function mayFault(part: TypedRule): boolean {
  if (part.kind === 'fallback') return false
  if (part.kind !== 'call' || part.operator === 'coalesce' || part.type === 'boolean') return false
  if (part.operator === '/' || part.operator === '%') return true
  const isMove = part.operator === 'date_add' || part.operator === 'date_sub'
  return (isMove && part.arguments[1]?.kind !== 'literal') || part.arguments.some(mayFault)
}

/** What can be said of an item of the list. */
function itemsOf(list: TypedRule, { context }: CallToCheck): RuleScope | undefined {
  if (isPlainList(list.type)) return itemScope(ITEM_TYPES[list.type])
  return context.itemScopes.get(list)
}

function resultOf(result: 'boolean' | 'same' | 'list', list: TypedRule, body: TypedRule): RuleType {
  if (result === 'boolean') return 'boolean'
  if (result === 'same') return list.type === 'null' ? 'texts' : list.type
  return body.type === 'null' ? 'texts' : LIST_OF[body.type as ScalarType]
}

/** `changed` and its kin: a field of the record itself, its stored state, and values of its type. */
export function checkChange(call: CallToCheck): TypedRule | undefined {
  const { context, operator, args } = call
  const field = context.expression(args[0], call.pathOf(0))
  if (field === undefined) return undefined
  const isOwn = field.kind === 'path' && field.from === undefined && context.scope === context.root
  const name = isOwn ? `before.${field.path.join('.')}` : ''
  const stored = context.root.resolve(name)
  if (!isOwn || stored === undefined) {
    return report(context, {
      code: 'RULE_PLACE_UNFIT',
      path: call.pathOf(0),
      params: { name: operator.name },
      hint: OWN_FIELD,
    })
  }
  const before: TypedRule = { kind: 'path', type: stored.type, path: name.split('.'), from: 'before' }
  const values = args
    .slice(1)
    .map((arg, at) => context.node(arg, call.pathOf(at + 1), [field.type], operator.name))
  if (!values.every((value) => value !== undefined)) return undefined
  return { kind: 'call', type: 'boolean', operator: operator.name, arguments: [field, before, ...values] }
}

const OWN_FIELD: LocalText = {
  en: 'Changes are known of fields of the record itself, where a write is judged.',
  'zh-CN': '只有在判断写入时，才能得知记录自身字段的变更。',
}
