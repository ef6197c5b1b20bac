import { didYouMean, nearest } from '../nearest.ts'
import { checkBounds } from './bounds.ts'
import { OPERATORS } from './catalogue.ts'
import { checkArguments } from './check-arguments.ts'
import { below, type CheckContext, mayGuess, report, reportType, shorten } from './check-context.ts'
import { checkLiteral } from './check-literal.ts'
import { checkPath } from './check-path.ts'
import { naturalType, readLiteral } from './literals.ts'
import { arity, type RuleOperator } from './operator.ts'
import {
  ALL_LIST_TYPES,
  type LocalText,
  type RuleExpectation,
  type RuleProblem,
  type RuleRunner,
  type RuleScope,
  type RuleType,
  SCALAR_TYPES,
  type TypedRule,
} from './types.ts'

export interface CheckedRule {
  /** Present exactly when there are no problems. */
  readonly typed?: TypedRule
  readonly problems: readonly RuleProblem[]
}

export interface CheckOptions {
  /** Who will run it; the database where nothing is said, which can do less. */
  readonly runner?: RuleRunner
  /** Filled with the JSON pointer of each checked part, for those who show the parts. */
  readonly places?: Map<TypedRule, string>
}

/**
 * Checks a JSON Logic rule against what it may name, and gives every part its type. All problems come at once
 * (of more than a hundred the first), their paths are JSON pointers into the rule. A condition must come out as yes or no; a value as its type, where
 * null always fits.
 */
export function checkRule(
  rule: unknown,
  scope: RuleScope,
  expected: RuleExpectation,
  options: CheckOptions = {},
): CheckedRule {
  const outOfBounds = checkBounds(rule)
  if (outOfBounds !== undefined) return { problems: [outOfBounds] }
  const context = contextOf(scope, options)
  const types = expected === 'any' ? ANY_TYPE : [expected === 'condition' ? 'boolean' : expected]
  const typed = context.node(rule, '', types, 'rule')
  if (typed === undefined || context.problems.length > 0) return { problems: context.problems }
  return { typed, problems: [] }
}

const ANY_TYPE: readonly RuleType[] = ['text', ...SCALAR_TYPES, ...ALL_LIST_TYPES]

function contextOf(root: RuleScope, { runner = 'database', places }: CheckOptions): CheckContext {
  const problems: RuleProblem[] = []
  const itemScopes = new WeakMap<TypedRule, RuleScope>()
  const placed = (typed: TypedRule | undefined, path: string) => {
    if (typed !== undefined) places?.set(typed, path)
    return typed
  }
  const among = (scope: RuleScope): CheckContext => {
    const context: CheckContext = {
      scope,
      problems,
      runner,
      root,
      itemScopes,
      node: (node, path, types, operator) => placed(checkNode(node, path, types, operator, context), path),
      expression: (node, path) => placed(checkExpression(node, path, context), path),
      within: among,
    }
    return context
  }
  return among(root)
}

function checkNode(
  node: unknown,
  path: string,
  types: readonly RuleType[],
  operator: string,
  context: CheckContext,
): TypedRule | undefined {
  const natural = naturalType(node)
  if (natural !== undefined) return checkBareLiteral(node, natural, path, types, operator, context)
  const typed = checkExpression(node, path, context)
  if (typed === undefined || typed.type === 'null' || types.includes(typed.type)) return typed
  return reportType(context, path, operator, types, typed.type)
}

function checkBareLiteral(
  literal: unknown,
  natural: RuleType | 'null',
  path: string,
  types: readonly RuleType[],
  operator: string,
  context: CheckContext,
): TypedRule | undefined {
  if (natural === 'null') return { kind: 'literal', type: 'null', value: null }
  const fitting = types.filter((type) => type === natural || (natural === 'text' && isWrittenAsText(type)))
  const [first] = fitting
  if (first === undefined) return reportType(context, path, operator, types, natural)
  const readable = fitting.find((type) => 'value' in readLiteral(literal, type))
  return checkLiteral(literal, path, readable ?? first, context)
}

function isWrittenAsText(type: RuleType): boolean {
  return type === 'datetime' || type === 'date' || type === 'time' || type === 'duration' || type === 'id'
}

function checkExpression(node: unknown, path: string, context: CheckContext): TypedRule | undefined {
  if (typeof node !== 'object' || node === null || Array.isArray(node)) {
    return report(context, { code: 'RULE_SHAPE_INVALID', path, hint: SHAPE_HINT })
  }
  const keys = Object.keys(node)
  const [key] = keys
  if (key === undefined || keys.length > 1) {
    return report(context, { code: 'RULE_SHAPE_INVALID', path, hint: SHAPE_HINT })
  }
  const argument = (node as Readonly<Record<string, unknown>>)[key]
  if (key === 'var') return checkPath(argument, below(path, key), context)
  const operator = OPERATORS.get(key)
  if (operator === undefined) return reportOperator(key, path, context)
  return checkCall(operator, argument, below(path, key), context)
}

const SHAPE_HINT: LocalText = {
  en: 'A rule is an object with one operator, such as {"==": [{"var": "status"}, "open"]}.',
  'zh-CN': '规则是只含一个运算符的对象，例如 {"==": [{"var": "status"}, "open"]}。',
}

function reportOperator(name: string, path: string, context: CheckContext): undefined {
  const guess = mayGuess(context, name) ? nearest(name, ['var', ...OPERATORS.keys()]) : undefined
  const hint = didYouMean(guess)
  return report(context, {
    code: 'RULE_OPERATOR_UNKNOWN',
    path: below(path, name),
    params: { name: shorten(name) },
    ...(hint === undefined ? {} : { hint }),
  })
}

function checkCall(
  operator: RuleOperator,
  argument: unknown,
  path: string,
  context: CheckContext,
): TypedRule | undefined {
  // JSON Logic lets a single argument stand without its list.
  const listed = Array.isArray(argument)
  const args: readonly unknown[] = listed ? argument : [argument]
  const { min, max } = arity(operator.signature)
  if (args.length < min || args.length > max) {
    return report(context, {
      code: 'RULE_ARGUMENTS_WRONG',
      path,
      params: { operator: operator.name, found: args.length },
      hint: arityHint(min, max),
    })
  }
  const isUnfit =
    context.runner === 'database' || (context.runner === 'write' && operator.family !== 'change')
  if (operator.engineOnly !== undefined && isUnfit) {
    const params = { name: operator.name }
    return report(context, { code: 'RULE_PLACE_UNFIT', path, params, hint: operator.engineOnly })
  }
  const pathOf = (index: number) => (listed ? below(path, index) : path)
  return checkArguments({ operator, args, pathOf, context })
}

function arityHint(min: number, max: number): LocalText {
  if (max === Number.POSITIVE_INFINITY) return { en: `At least ${min}.`, 'zh-CN': `至少 ${min} 个。` }
  if (min === max) return { en: `Exactly ${min}.`, 'zh-CN': `应为 ${min} 个。` }
  return { en: `${min} to ${max}.`, 'zh-CN': `应为 ${min} 到 ${max} 个。` }
}
