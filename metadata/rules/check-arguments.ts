import { below, type CheckContext, reportType } from './check-context.ts'
import { checkChange, checkEach, refuseFaults } from './check-each.ts'
import { checkList, checkLiteral, checkOptions } from './check-literal.ts'
import { checkWritten, isWrittenOut } from './check-written.ts'
import { naturalType, readLiteral } from './literals.ts'
import type { RuleOperator, Slot } from './operator.ts'
import { ITEM_TYPES, isList, isPlainList, type RuleType, SCALAR_TYPES, type TypedRule } from './types.ts'

/** One call of an operator whose number of arguments is right. */
export interface CallToCheck {
  readonly operator: RuleOperator
  readonly args: readonly unknown[]
  /** The JSON pointer of an argument. */
  readonly pathOf: (index: number) => string
  readonly context: CheckContext
}

/** Checks the arguments against the operator's signature and gives the call its type. */
export function checkArguments(call: CallToCheck): TypedRule | undefined {
  const { signature, name } = call.operator
  if (signature.shape === 'branches') return checkBranches(call)
  if (signature.shape === 'each') return checkEach(call, signature)
  if (signature.shape === 'change') return checkChange(call)
  if (signature.shape === 'values_or_list') return checkValuesOrList(call, signature.types)
  const slots = call.args.map((_, index) => signature.slots[index] ?? signature.rest)
  const typed = checkSlots(call, slots)
  if (typed === undefined) return undefined
  if (call.operator.comparesOptions) checkOptionLiterals(call, typed)
  if (call.operator.hidesFaults) refuseFaults(call, typed)
  const result = resultOf(signature.result, typed)
  // What gives the type of an argument gives null for null.
  if (result === 'null') return { kind: 'literal', type: 'null', value: null }
  return { kind: 'call', type: result, operator: name, arguments: typed }
}

function resultOf(
  result: RuleType | 'first' | 'item' | 'shared',
  typed: readonly TypedRule[],
): RuleType | 'null' {
  const first = typed[0]?.type ?? 'null'
  if (result === 'first') return first
  if (result === 'shared') return typed.map((part) => part.type).find((type) => type !== 'null') ?? 'null'
  if (result !== 'item') return result
  return isPlainList(first) ? ITEM_TYPES[first] : 'null'
}

function checkSlots(
  call: CallToCheck,
  slots: readonly (Slot | undefined)[],
): readonly TypedRule[] | undefined {
  const kinds = new Set(slots.map((slot) => slot?.kind))
  if (kinds.has('container')) return checkContainment(call)
  if (kinds.has('item') || kinds.has('items')) return checkMembership(call, kinds.has('items'))
  const [first] = slots
  if (first?.kind === 'same') {
    const indexes = slots.map((_, index) => index)
    return checkSame(call, indexes, first.types, call.operator.family === 'comparison')
  }
  const typed = call.args.map((arg, index) => {
    const slot = slots[index]
    if (slot !== undefined && isWrittenOut(slot)) return checkWritten(call, slot, index)
    return call.context.node(arg, call.pathOf(index), typesOf(slot), call.operator.name)
  })
  return complete(typed)
}

function typesOf(slot: Slot | undefined): readonly RuleType[] {
  return slot !== undefined && 'types' in slot ? slot.types : SCALAR_TYPES
}

function complete<T>(items: readonly (T | undefined)[]): readonly T[] | undefined {
  return items.every((item) => item !== undefined) ? (items as readonly T[]) : undefined
}

/**
 * Checks arguments that share one type: expressions say which, literals are read as that. Where days are compared
 * with instants, each side keeps its own type.
 */
function checkSame(
  call: CallToCheck,
  indexes: readonly number[],
  types: readonly RuleType[],
  mixDays: boolean,
): readonly TypedRule[] | undefined {
  const { args, context, operator } = call
  const expressions = new Map<number, TypedRule | undefined>()
  for (const index of indexes) {
    if (naturalType(args[index]) !== undefined) continue
    expressions.set(index, context.expression(args[index], call.pathOf(index)))
  }
  const shared = sharedType(call, indexes, expressions)
  if (shared === undefined) return undefined
  const typed = indexes.map((index) => {
    const path = call.pathOf(index)
    if (!expressions.has(index)) return readBeside(args[index], path, shared, types, mixDays, call)
    const expression = expressions.get(index)
    if (expression === undefined || expression.type === 'null') return expression
    const fits = expression.type === shared || (mixDays && isDay(expression.type) && isDay(shared))
    if (fits && types.includes(expression.type)) return expression
    const nullOnly = isNullTest(call, expression)
    if (nullOnly) return expression
    const expected = fits || !types.includes(shared) ? types : [shared]
    return reportType(context, path, operator.name, expected, expression.type)
  })
  return complete(typed)
}

function isDay(type: RuleType): boolean {
  return type === 'date' || type === 'datetime'
}

// A list is compared with nothing but null; has, has_any and has_all look into it.
function isNullTest(call: CallToCheck, expression: TypedRule): boolean {
  return (
    isPlainList(expression.type) &&
    call.operator.comparesOptions &&
    call.args.length === 2 &&
    call.args.includes(null)
  )
}

/** The type that the arguments share: an instant over a day, an expression over a literal; null fits all. */
function sharedType(
  call: CallToCheck,
  indexes: readonly number[],
  expressions: ReadonlyMap<number, TypedRule | undefined>,
): RuleType | undefined {
  const found = [...expressions.values()]
    .flatMap((item) => item?.type ?? [])
    .filter((type) => type !== 'null')
  if (found.includes('datetime')) return 'datetime'
  if (found[0] !== undefined) return found[0]
  if ([...expressions.values()].includes(undefined)) return undefined // already reported
  for (const index of indexes) {
    const natural = naturalType(call.args[index])
    if (natural !== undefined && natural !== 'null') return natural
  }
  return 'text' // nothing but nulls
}

function readBeside(
  literal: unknown,
  path: string,
  shared: RuleType,
  types: readonly RuleType[],
  mixDays: boolean,
  call: CallToCheck,
): TypedRule | undefined {
  if (literal === null) return { kind: 'literal', type: 'null', value: null }
  if (!types.includes(shared)) {
    const natural = naturalType(literal) ?? 'null'
    // The expression beside it is at fault, and is reported there.
    if (shared !== natural) return undefined
    return reportType(call.context, path, call.operator.name, types, natural)
  }
  const day = mixDays && shared === 'datetime' ? readLiteral(literal, 'date') : undefined
  if (day !== undefined && 'value' in day) return { kind: 'literal', type: 'date', value: day.value }
  return checkLiteral(literal, path, shared, call.context)
}

/** `in`: a value in a literal list, an item in a list, a text in a text. */
function checkContainment(call: CallToCheck): readonly TypedRule[] | undefined {
  const [needle, container] = call.args
  if (Array.isArray(container)) return checkInLiteralList(call, container)
  const { context, operator } = call
  const where = context.node(container, call.pathOf(1), ['text', 'texts', 'ids'], operator.name)
  const wanted = where?.type === 'ids' ? 'id' : 'text'
  const what = context.node(needle, call.pathOf(0), [wanted], operator.name)
  return where === undefined || what === undefined ? undefined : [what, where]
}

function checkInLiteralList(call: CallToCheck, items: readonly unknown[]): readonly TypedRule[] | undefined {
  const { context, operator } = call
  const [needle] = call.args
  const first =
    [needle, ...items].map(naturalType).find((type) => type !== undefined && type !== 'null') ?? 'text'
  const isLiteral = naturalType(needle) !== undefined
  const what = isLiteral
    ? checkLiteral(needle, call.pathOf(0), first as RuleType, context)
    : context.expression(needle, call.pathOf(0))
  if (what === undefined) return undefined
  if (isList(what.type)) {
    return reportType(context, call.pathOf(0), operator.name, SCALAR_TYPES, what.type)
  }
  const type = what.type === 'null' ? (first as RuleType) : what.type
  const list = checkList(items, call.pathOf(1), type, context)
  return list === undefined ? undefined : [what, list]
}

/** `has`, `has_any`, `has_all`: a list, and what it should hold. */
function checkMembership(call: CallToCheck, several: boolean): readonly TypedRule[] | undefined {
  const { context, operator, args } = call
  const list = context.node(args[0], call.pathOf(0), ['texts', 'ids'], operator.name)
  if (list === undefined) return undefined
  const listType = list.type === 'ids' ? 'ids' : 'texts' // null is a list of either
  const itemType = ITEM_TYPES[listType]
  const wanted = !several
    ? context.node(args[1], call.pathOf(1), [itemType], operator.name)
    : Array.isArray(args[1])
      ? checkList(args[1], call.pathOf(1), itemType, context)
      : context.node(args[1], call.pathOf(1), [listType], operator.name)
  return wanted === undefined ? undefined : [list, wanted]
}

/** `min`, `max`: one list, or values that share a type. */
function checkValuesOrList(call: CallToCheck, types: readonly RuleType[]): TypedRule | undefined {
  const { args, context, operator } = call
  const isOne = args.length === 1 && naturalType(args[0]) === undefined
  const only = isOne ? context.expression(args[0], call.pathOf(0)) : undefined
  if (isOne && (only === undefined || isPlainList(only.type))) {
    if (only === undefined) return undefined
    const type = isPlainList(only.type) ? ITEM_TYPES[only.type] : 'null'
    if (type !== 'null' && types.includes(type)) {
      return { kind: 'call', type, operator: operator.name, arguments: [only] }
    }
    return reportType(context, call.pathOf(0), operator.name, types, only.type)
  }
  const indexes = args.map((_, index) => index)
  const typed = checkSame(call, indexes, types, false)
  const type = typed?.map((part) => part.type).find((found) => found !== 'null')
  if (typed === undefined) return undefined
  if (type === undefined) return { kind: 'literal', type: 'null', value: null }
  return { kind: 'call', type, operator: operator.name, arguments: typed }
}

/** `if`: conditions and values in turn; the values share one type, which is the type of the whole. */
function checkBranches(call: CallToCheck): TypedRule | undefined {
  const { args, context, operator } = call
  const last = args.length - 1
  const isValue = (index: number) => index % 2 === 1 || (index === last && args.length % 2 === 1)
  const indexes = args.map((_, index) => index)
  const valueIndexes = indexes.filter(isValue)
  const values = checkSame(call, valueIndexes, SCALAR_TYPES, false)
  const typed = indexes.map((index) =>
    isValue(index)
      ? values?.[valueIndexes.indexOf(index)]
      : context.node(args[index], call.pathOf(index), ['boolean'], operator.name),
  )
  const parts = complete(typed)
  if (parts === undefined) return undefined
  const type = values?.map((value) => value.type).find((found) => found !== 'null')
  if (type === undefined) return { kind: 'literal', type: 'null', value: null }
  return { kind: 'call', type, operator: operator.name, arguments: parts }
}

function checkOptionLiterals(call: CallToCheck, typed: readonly TypedRule[]): void {
  const options = typed.flatMap((part) => (part.kind === 'path' && part.options ? [part.options] : []))[0]
  if (options === undefined) return
  typed.forEach((part, index) => {
    const path = call.pathOf(index)
    const written = literalTexts(call.args[index], part).map(({ value, at }) => ({
      value,
      path: at === undefined ? path : below(path, at),
    }))
    checkOptions(written, options, call.context)
  })
}

function literalTexts(arg: unknown, part: TypedRule): readonly { value: string; at?: number }[] {
  if (part.kind === 'literal') return typeof part.value === 'string' ? [{ value: part.value }] : []
  if (part.kind !== 'list' || !Array.isArray(arg)) return []
  return arg.flatMap((value, at) => (typeof value === 'string' ? [{ value, at }] : []))
}
