import {
  type Condition,
  fromRule,
  isComplete,
  isGroup,
  toRule,
} from '../../runtime-ui/screens/list/filter-rule.ts'
import { isObject, type Json } from '../store/json-value.ts'

/** A rule of an assignment as a draft has it: what is there may be anything until the draft is checked. */
export interface DraftRule extends Json {
  readonly name: string
}

/** Columns of conditions: more are told in the last one, as a sentence. */
const MOST_COLUMNS = 3

export function rulesOf(definition: Json | undefined): readonly DraftRule[] {
  const list = Array.isArray(definition?.rules) ? definition.rules : []
  return list.map((one) => {
    const rule = isObject(one) ? one : {}
    return { ...rule, name: typeof rule.name === 'string' ? rule.name : '' }
  })
}

/** Conditions that all have to hold, each on a field of the record; undefined for everything else. */
function conditionsOf(when: unknown): readonly Condition[] | undefined {
  const group = fromRule(when)
  if (group === undefined || (group.combinator === 'or' && group.rules.length > 1)) return undefined
  const conditions = group.rules.filter((one): one is Condition => !isGroup(one))
  const isPlain = conditions.length === group.rules.length
  return isPlain && conditions.every((one) => isComplete(one) && isOwn(one.field)) ? conditions : undefined
}

const isOwn = (field: string): boolean => !field.includes('.')

/** The fields that conditions are about, those first that most rules look at. */
export function columnsOf(rules: readonly DraftRule[]): readonly string[] {
  const counts = new Map<string, number>()
  for (const { when } of rules) {
    for (const field of new Set(conditionsOf(when)?.map((one) => one.field)))
      counts.set(field, (counts.get(field) ?? 0) + 1)
  }
  return [...counts]
    .sort(([, one], [, other]) => other - one)
    .slice(0, MOST_COLUMNS)
    .map(([field]) => field)
}

/**
 * The first rule before a rule that fits every record: what follows it comes to its turn only where that one finds nobody.
 * Undefined where there is none.
 */
export function shadowOf(rules: readonly DraftRule[], at: number): number | undefined {
  const first = rules.findIndex(({ when }) => when === undefined)
  return first >= 0 && first < at ? first : undefined
}

export interface RuleCells {
  /** By field, in the order of the columns. */
  readonly cells: readonly (readonly Condition[])[]
  /** What no column has: a rule, or undefined where nothing is left. */
  readonly rest: unknown
}

/** What a rule asks for, column by column. */
export function cellsOf({ when }: DraftRule, columns: readonly string[]): RuleCells {
  const conditions = conditionsOf(when)
  if (conditions === undefined) return { cells: columns.map(() => []), rest: when }
  const left = conditions.filter(({ field }) => !columns.includes(field))
  return {
    cells: columns.map((column) => conditions.filter(({ field }) => field === column)),
    rest: toRule({ combinator: 'and', rules: left }),
  }
}
