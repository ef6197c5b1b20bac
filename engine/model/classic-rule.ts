import jsonLogic from 'json-logic-js'
import { refuse } from '../errors.ts'

/**
 * The classic dialect: json-logic-js as it is, on copies without prototypes and within bounds. Its looseness (texts
 * that are numbers, null that is 0) is its own; entity rules do not share it.
 */

/** Milliseconds that one evaluation may take. */
const MAX_MS = 500
/** Parts that one evaluation may look at, those of loops each time. */
const MAX_STEPS = 200_000
const MAX_DEPTH = 100
/** Characters of a text, and items of a list, that a rule may build. */
const MAX_SIZE = 1_000_000

/** Operators of the public suite; `log` writes to the console and `method` calls what it is told, so neither is here. */
const OPERATORS: ReadonlySet<string> = new Set(
  '== === != !== > >= < <= ! !! or and ?: if in cat % max min + * - / substr merge var missing missing_some filter map reduce all none some'.split(
    ' ',
  ),
)
const HIDDEN: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype'])

export interface ClassicPart {
  /** JSON pointer into the rule. */
  readonly path: string
  readonly value: unknown
}

interface Budget {
  steps: number
  depth: number
  readonly until: number
}
let budget: Budget | undefined

// The library calls itself through this property, so that every part of every loop passes here.
const apply = jsonLogic.apply
jsonLogic.apply = (logic: unknown, data: unknown): unknown => {
  if (budget === undefined) return apply(logic as never, data)
  budget.steps -= 1
  const isLate = (budget.steps & 63) === 0 && performance.now() > budget.until
  if (budget.steps < 0 || isLate) throw refuse('RULE_TOO_MUCH_WORK', '/rule')
  if (budget.depth >= MAX_DEPTH) throw refuse('RULE_TOO_DEEP', '/rule', { params: { limit: MAX_DEPTH } })
  if (jsonLogic.is_logic(logic)) requireKnown(Object.keys(logic as object)[0]!)
  budget.depth += 1
  try {
    return apply(logic as never, data)
  } finally {
    budget.depth -= 1
  }
}
jsonLogic.rm_operation('log')
jsonLogic.rm_operation('method')
jsonLogic.add_operation('var', readVar)
jsonLogic.add_operation('cat', (...parts: readonly unknown[]) => bounded(parts.join('')))
jsonLogic.add_operation('merge', (...parts: readonly unknown[]) =>
  bounded(parts.reduce<unknown[]>((all, part) => bounded(all.concat(part)), [])),
)

function requireKnown(name: string): void {
  if (OPERATORS.has(name)) return
  throw refuse('RULE_OPERATOR_UNKNOWN', '/rule', { params: { name: name.slice(0, 60).toWellFormed() } })
}

function bounded<T extends { readonly length: number }>(value: T): T {
  if (value.length > MAX_SIZE) throw refuse('RULE_TOO_MUCH_WORK', '/rule')
  return value
}

/** As the library has it, but own keys only: a text has a length and no constructor. */
function readVar(this: unknown, path: unknown, instead: unknown = null): unknown {
  if (path === undefined || path === null || path === '') return this
  let data: unknown = this
  for (const step of String(path).split('.')) {
    if (data === null || data === undefined || HIDDEN.has(step)) return instead
    const holder = Object(data) as Record<string, unknown>
    if (!Object.hasOwn(holder, step)) return instead
    data = holder[step]
    if (data === undefined) return instead
  }
  return data
}

/**
 * Evaluates a rule of the classic dialect.
 * @returns its value, and that of each part that stands outside loops, the innermost last
 * @throws AppError RULE_OPERATOR_UNKNOWN, RULE_SHAPE_INVALID, RULE_TOO_DEEP, RULE_TOO_MUCH_WORK
 */
export function evaluateClassic(
  rule: unknown,
  data: unknown,
): { readonly value: unknown; readonly parts: readonly ClassicPart[] } {
  const subject = bare(data)
  budget = { steps: MAX_STEPS, depth: 0, until: performance.now() + MAX_MS }
  try {
    const value: unknown = jsonLogic.apply(rule as never, subject) ?? null
    const parts = partsOf(rule, '').map(({ path, rule: part }) => ({
      path,
      value: (jsonLogic.apply(part as never, subject) as unknown) ?? null,
    }))
    return { value, parts }
  } catch (error) {
    // What the library trips over is an argument of a kind that an operator cannot take.
    if (error instanceof TypeError || error instanceof RangeError) throw refuse('RULE_SHAPE_INVALID', '/rule')
    throw error
  } finally {
    budget = undefined
  }
}

/** A copy whose objects have no prototype and no key that would reach one. */
function bare(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(bare)
  if (typeof value !== 'object' || value === null) return value
  if (Object.getPrototypeOf(value) !== Object.prototype) return Number(String(value)) // a number kept as its text, were it beyond all floats
  const copy = Object.create(null) as Record<string, unknown>
  for (const [key, inner] of Object.entries(value)) if (!HIDDEN.has(key)) copy[key] = bare(inner)
  return copy
}

const LOOPS: ReadonlySet<string> = new Set(['filter', 'map', 'reduce', 'all', 'none', 'some'])
const MAX_PARTS = 200

/** The operators of a rule with their places; what stands in a loop has as many values as it has items. */
function partsOf(rule: unknown, at: string): readonly { readonly path: string; readonly rule: unknown }[] {
  const found: { path: string; rule: unknown }[] = []
  const visit = (part: unknown, path: string): void => {
    if (found.length >= MAX_PARTS || typeof part !== 'object' || part === null) return
    if (Array.isArray(part)) {
      for (const [index, item] of part.entries()) visit(item, `${path}/${index}`)
      return
    }
    const [operator, ...more] = Object.keys(part)
    if (operator === undefined || more.length > 0 || !OPERATORS.has(operator)) return
    found.push({ path, rule: part })
    const argument = (part as Readonly<Record<string, unknown>>)[operator]
    const below = `${path}/${operator.replaceAll('~', '~0').replaceAll('/', '~1')}`
    if (!LOOPS.has(operator)) visit(argument, below)
    else if (Array.isArray(argument)) visit(argument[0], `${below}/0`)
  }
  visit(rule, at)
  return found
}
