/** A text in both languages of the product. */
export interface LocalText {
  readonly en: string
  readonly 'zh-CN': string
}

/** The types that rules compute with; every field type that rules can read maps to one. */
export type RuleType =
  | 'text'
  | 'number'
  | 'boolean'
  | 'date'
  | 'datetime'
  | 'time'
  | 'duration'
  | 'id'
  | 'texts' // a list of texts: tags, multi-select
  | 'ids' // a list of record ids: many-to-many
  | 'numbers' // the following lists are computed, no field has them
  | 'booleans'
  | 'dates'
  | 'datetimes'
  | 'times'
  | 'durations'
  | 'records' // the records that point here: quotes of an opportunity

/** The types that fields have. */
export type StoredRuleType = ScalarType | (typeof LIST_TYPES)[number]

/** What a rule may stand in for: a condition (a yes or no), a value of one type, or whatever comes out. */
export type RuleExpectation = 'condition' | 'any' | RuleType

/**
 * Who runs a rule. The database can do less: it has no stored state to compare with and no working calendar. The
 * statement of a write is run by the database too, and has the stored state beside what is written. What cannot be run
 * with the same result is refused where it must.
 */
export type RuleRunner = 'database' | 'write' | 'engine'

/** One fault of a rule, in the shape of the engine's problems; `path` is a JSON pointer into the rule. */
export interface RuleProblem {
  readonly code: RuleProblemCode
  readonly path: string
  readonly params?: Readonly<Record<string, string | number>>
  readonly hint?: LocalText
}

export type RuleProblemCode =
  | 'RULE_SHAPE_INVALID'
  | 'RULE_OPERATOR_UNKNOWN'
  | 'RULE_FIELD_UNKNOWN'
  | 'RULE_TYPE_WRONG'
  | 'RULE_RESULT_WRONG'
  | 'RULE_ARGUMENTS_WRONG'
  | 'RULE_LITERAL_INVALID'
  | 'RULE_NUMBER_TOO_PRECISE'
  | 'RULE_OPTION_UNKNOWN'
  | 'RULE_PLACE_UNFIT'
  | 'RULE_TOO_DEEP'
  | 'RULE_TOO_LARGE'

/** What a path leads to. */
export interface ScopeEntry {
  readonly type: RuleType
  /** The option names of a closed select or stage, for checking literals; absent where any value may come. */
  readonly options?: readonly string[]
  /** Whose it is, where it is not the record's (or the item's) own: the path's first step says so too. */
  readonly from?: PathOrigin
  /** What can be said of each of the records, for the type `records`. */
  readonly items?: RuleScope
  /** The rule that the path is short for, where nothing is kept under it. @param path as it is written */
  readonly means?: (path: readonly string[], from: PathOrigin | undefined) => TypedRule
  /** Why it cannot be used where this rule stands. */
  readonly unfit?: LocalText
}

/** Whose value a path with a prefix is: `before.stage`, `record.amount` within a list, `actor.campus`, `settings.currency`. */
export type PathOrigin = 'before' | 'record' | 'actor' | 'settings'

/** The names that a rule may use beside the ambient ones; server and browser each implement it. */
export interface RuleScope {
  /** What `amount` or `account.region` leads to; undefined where nothing of that name can be read. */
  resolve(path: string): ScopeEntry | undefined
  /** The names that may stand here, for guessing: the first ones, or those that may follow `under.`. */
  names(under?: string): Iterable<string>
}

/** What every rule knows besides its record. `today` is the workspace's day. */
export const AMBIENT = {
  today: 'date',
  now: 'datetime',
  'actor.id': 'id',
  'actor.roles': 'texts',
} as const satisfies Readonly<Record<string, RuleType>>

export type AmbientName = keyof typeof AMBIENT

/** A literal: numbers as exact decimal text, ids and instants in their one canonical form. */
export interface TypedLiteral {
  readonly kind: 'literal'
  readonly type: RuleType | 'null'
  readonly value: string | boolean | null
}

/** A list of literals of one type: the right side of `in`, `has_any`, `has_all`. */
export interface TypedList {
  readonly kind: 'list'
  /** The type of the items. */
  readonly type: RuleType
  readonly values: readonly (string | boolean)[]
  /** Whether `null` was one of the items. */
  readonly holdsNull: boolean
}

/** A field of the record or, through lookups, of a relative; within a list, of the item. */
export interface TypedPath {
  readonly kind: 'path'
  readonly type: RuleType
  /** As it is written, its prefix included. */
  readonly path: readonly string[]
  readonly from?: PathOrigin
  readonly options?: readonly string[]
}

export interface TypedAmbient {
  readonly kind: 'ambient'
  readonly type: RuleType
  readonly name: AmbientName
}

export interface TypedCall {
  readonly kind: 'call'
  readonly type: RuleType
  /** A name of the operator catalogue. */
  readonly operator: string
  readonly arguments: readonly TypedRule[]
  /** The name that it was written as, where that is short for it: sentences say `stage.type`, not what it stands for. */
  readonly written?: TypedPath
}

/** The second argument of `var`: what stands in where the path gives null. */
export interface TypedFallback {
  readonly kind: 'fallback'
  readonly type: RuleType
  readonly value: TypedRule
  readonly instead: TypedLiteral
}

/** `item`: the value at hand within a list of plain values. */
export interface TypedItem {
  readonly kind: 'item'
  readonly type: RuleType
}

/** A rule that was checked: every part has a type, every name leads somewhere. */
export type TypedRule =
  | TypedLiteral
  | TypedList
  | TypedPath
  | TypedAmbient
  | TypedCall
  | TypedFallback
  | TypedItem

/** Types that hold one value, in the order of the menu. */
export const SCALAR_TYPES = [
  'text',
  'number',
  'boolean',
  'date',
  'datetime',
  'time',
  'duration',
  'id',
] as const satisfies readonly RuleType[]

export const ORDERED_TYPES = [
  'text',
  'number',
  'date',
  'datetime',
  'time',
  'duration',
] as const satisfies readonly RuleType[]

/** Lists that fields hold. */
export const LIST_TYPES = ['texts', 'ids'] as const satisfies readonly RuleType[]

/** The type of one item of a list; a record of a list of records is no value. */
export const ITEM_TYPES = {
  texts: 'text',
  ids: 'id',
  numbers: 'number',
  booleans: 'boolean',
  dates: 'date',
  datetimes: 'datetime',
  times: 'time',
  durations: 'duration',
} as const satisfies { readonly [T in RuleType]?: RuleType }

export type PlainListType = keyof typeof ITEM_TYPES
export type ScalarType = (typeof SCALAR_TYPES)[number]

export const PLAIN_LIST_TYPES = Object.keys(ITEM_TYPES) as readonly PlainListType[]

/** Every type that holds several values. */
export const ALL_LIST_TYPES: readonly RuleType[] = [...PLAIN_LIST_TYPES, 'records']

/** The list of values of a type. */
export const LIST_OF = Object.fromEntries(
  Object.entries(ITEM_TYPES).map(([list, item]) => [item, list]),
) as Readonly<Record<ScalarType, PlainListType>>

export function isPlainList(type: RuleType | 'null'): type is PlainListType {
  return type in ITEM_TYPES
}

export function isList(type: RuleType | 'null'): boolean {
  return isPlainList(type) || type === 'records'
}

export const TYPE_LABELS: { readonly [T in RuleType | 'null']: LocalText } = {
  text: { en: 'text', 'zh-CN': '文本' },
  number: { en: 'a number', 'zh-CN': '数字' },
  boolean: { en: 'yes or no', 'zh-CN': '是/否' },
  date: { en: 'a date', 'zh-CN': '日期' },
  datetime: { en: 'a date and time', 'zh-CN': '日期时间' },
  time: { en: 'a time of day', 'zh-CN': '时刻' },
  duration: { en: 'a duration', 'zh-CN': '时长' },
  id: { en: 'a record', 'zh-CN': '记录' },
  texts: { en: 'a list of texts', 'zh-CN': '文本列表' },
  ids: { en: 'a list of records', 'zh-CN': '记录列表' },
  numbers: { en: 'a list of numbers', 'zh-CN': '数字列表' },
  booleans: { en: 'a list of yes or no', 'zh-CN': '是/否列表' },
  dates: { en: 'a list of dates', 'zh-CN': '日期列表' },
  datetimes: { en: 'a list of dates and times', 'zh-CN': '日期时间列表' },
  times: { en: 'a list of times of day', 'zh-CN': '时刻列表' },
  durations: { en: 'a list of durations', 'zh-CN': '时长列表' },
  records: { en: 'a list of related records', 'zh-CN': '关联记录列表' },
  null: { en: 'nothing (null)', 'zh-CN': '空值（null）' },
}
