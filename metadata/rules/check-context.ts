import { MAX_DIGITS } from './literals.ts'
import {
  isList,
  type LocalText,
  type RuleProblem,
  type RuleRunner,
  type RuleScope,
  type RuleType,
  SCALAR_TYPES,
  TYPE_LABELS,
  type TypedRule,
} from './types.ts'

/** What a check carries along: where names lead, every fault found so far, and the way down into the parts. */
export interface CheckContext {
  readonly scope: RuleScope
  readonly problems: RuleProblem[]
  /** Checks a part that must come out as one of the types; `operator` names what it stands in. */
  node(node: unknown, path: string, types: readonly RuleType[], operator: string): TypedRule | undefined
  /** Checks an operator call or a path, whatever its type. */
  expression(node: unknown, path: string): TypedRule | undefined
  readonly runner: RuleRunner
  /** The names of the rule's own record, wherever in a list the part stands. */
  readonly root: RuleScope
  /** What can be said of the records of a list that was checked. */
  readonly itemScopes: WeakMap<TypedRule, RuleScope>
  /** The same check among other names: within a list those of its items. */
  within(scope: RuleScope): CheckContext
}

/** A JSON pointer one step further. */
export function below(path: string, key: string | number): string {
  return `${path}/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`
}

/** Problems of one rule that are told; a rule with more is one mistake many times over. */
const MAX_PROBLEMS = 100
/** Problems that come with a guess: guessing compares with every name there is. */
const MAX_GUESSES = 20
/** Nothing longer is a misspelt name. */
const MAX_GUESSED_LENGTH = 200

/** Notes a fault; always undefined, so that a check can end with it. */
export function report(context: CheckContext, problem: RuleProblem): undefined {
  if (context.problems.length < MAX_PROBLEMS) context.problems.push(problem)
  return undefined
}

/** Whether a guess at what was meant is still worth its time. */
export function mayGuess(context: CheckContext, written: string): boolean {
  return context.problems.length < MAX_GUESSES && written.length <= MAX_GUESSED_LENGTH
}

/** Notes that a value of one type stands where others are due. */
export function reportType(
  context: CheckContext,
  path: string,
  operator: string,
  expected: readonly RuleType[],
  found: RuleType | 'null',
): undefined {
  const hint = typeHint(expected, found)
  if (path === '') return report(context, { code: 'RULE_RESULT_WRONG', path, hint })
  return report(context, { code: 'RULE_TYPE_WRONG', path, params: { operator }, hint })
}

function typeHint(expected: readonly RuleType[], found: RuleType | 'null'): LocalText {
  const hint = {
    en: `Expected ${wanted(expected, 'en', ' or ')}, found ${TYPE_LABELS[found].en}.`,
    'zh-CN': `应为${wanted(expected, 'zh-CN', '或')}，实际为${TYPE_LABELS[found]['zh-CN']}。`,
  }
  const more = isList(found) ? LIST_HINT : expected.includes('boolean') ? TRUTH_HINT : undefined
  if (more === undefined) return hint
  return { en: `${hint.en} ${more.en}`, 'zh-CN': `${hint['zh-CN']}${more['zh-CN']}` }
}

const LIST_HINT: LocalText = {
  en: 'For lists use has, has_any, has_all, empty, some or count.',
  'zh-CN': '列表请用 has、has_any、has_all、empty、some 或 count。',
}
const TRUTH_HINT: LocalText = {
  en: 'To ask whether there is a value, write {"!!": …}.',
  'zh-CN': '判断是否有值请写 {"!!": …}。',
}

function wanted(types: readonly RuleType[], language: keyof LocalText, or: string): string {
  if (types.length === SCALAR_TYPES.length && types.includes('boolean'))
    return language === 'en' ? 'a single value' : '单个值'
  return types.map((type) => TYPE_LABELS[type][language]).join(or)
}

const FORMS: { readonly [T in RuleType]: LocalText } = {
  text: { en: 'A text, in quotes.', 'zh-CN': '文本，需加引号。' },
  number: { en: 'A number such as 12.5, not in quotes.', 'zh-CN': '数字，如 12.5，不加引号。' },
  boolean: { en: 'true or false, not in quotes.', 'zh-CN': 'true 或 false，不加引号。' },
  date: { en: 'A day that exists, such as 2026-03-02.', 'zh-CN': '真实存在的日期，如 2026-03-02。' },
  datetime: {
    en: 'An instant with its time zone, such as 2026-03-02T09:00:00+08:00, or a day.',
    'zh-CN': '带时区的时刻，如 2026-03-02T09:00:00+08:00，或一个日期。',
  },
  time: { en: 'A time of day such as 09:30.', 'zh-CN': '时刻，如 09:30。' },
  duration: { en: 'An ISO 8601 duration such as P7D or PT2H.', 'zh-CN': 'ISO 8601 时长，如 P7D 或 PT2H。' },
  id: { en: 'The id of a record (a UUID).', 'zh-CN': '记录的 id（UUID）。' },
  texts: { en: 'A list of texts.', 'zh-CN': '文本列表。' },
  ids: { en: 'A list of record ids.', 'zh-CN': '记录 id 列表。' },
  numbers: { en: 'A list of numbers.', 'zh-CN': '数字列表。' },
  booleans: { en: 'A list of true and false.', 'zh-CN': 'true 与 false 的列表。' },
  dates: { en: 'A list of days.', 'zh-CN': '日期列表。' },
  datetimes: { en: 'A list of instants.', 'zh-CN': '日期时间列表。' },
  times: { en: 'A list of times of day.', 'zh-CN': '时刻列表。' },
  durations: { en: 'A list of durations.', 'zh-CN': '时长列表。' },
  records: { en: 'The records that point here.', 'zh-CN': '指向本记录的记录。' },
}

const UNSTORABLE_TEXT: LocalText = {
  en: 'A text without NUL and without half surrogate pairs.',
  'zh-CN': '文本中不能含有 NUL 或不成对的代理字符。',
}

/** Notes that a literal is no value of the type. */
export function reportLiteral(
  context: CheckContext,
  path: string,
  literal: unknown,
  type: RuleType,
  fault: 'type' | 'form' | 'precision',
): undefined {
  if (fault === 'precision') {
    return report(context, { code: 'RULE_NUMBER_TOO_PRECISE', path, params: { limit: MAX_DIGITS } })
  }
  const hint = type === 'text' && fault === 'form' ? UNSTORABLE_TEXT : FORMS[type]
  const value = shorten(typeof literal === 'string' ? literal : JSON.stringify(literal))
  return report(context, { code: 'RULE_LITERAL_INVALID', path, params: { value }, hint })
}

/** What people sent, short enough to be shown back. */
export function shorten(text: string): string {
  const characters = [...text.replace(/[\p{Surrogate}\p{Cc}]/gu, '\ufffd')]
  return characters.length <= 60 ? characters.join('') : `${characters.slice(0, 60).join('')}…`
}
