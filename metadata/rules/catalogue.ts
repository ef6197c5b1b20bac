import type { RuleOperator } from './operator.ts'
import { arithmeticOperators } from './operators/arithmetic.ts'
import { changeOperators } from './operators/change.ts'
import { comparisonOperators } from './operators/comparison.ts'
import { dateOperators } from './operators/date.ts'
import { datePartOperators } from './operators/date-parts.ts'
import { listOperators } from './operators/list.ts'
import { logicOperators } from './operators/logic.ts'
import { relationOperators } from './operators/relation.ts'
import { roundingOperators } from './operators/rounding.ts'
import { textOperators } from './operators/text.ts'
import { textValueOperators } from './operators/text-values.ts'
import { workingDayOperators } from './operators/working-days.ts'

const ALL = [
  ...logicOperators,
  ...comparisonOperators,
  ...arithmeticOperators,
  ...roundingOperators,
  ...textOperators,
  ...textValueOperators,
  ...dateOperators,
  ...datePartOperators,
  ...workingDayOperators,
  ...listOperators,
  ...relationOperators,
  ...changeOperators,
] as const

/** The name of an operator: who keys something by it is told by the compiler of one that is forgotten. */
export type OperatorName = (typeof ALL)[number]['name']

/** Every operator of the rule language, by name. A Map: names come from users, `constructor` is none of them. */
export const OPERATORS: ReadonlyMap<string, RuleOperator> = catalogue(ALL)

function catalogue(operators: readonly RuleOperator[]): ReadonlyMap<string, RuleOperator> {
  const byName = new Map<string, RuleOperator>()
  for (const operator of operators) {
    if (byName.has(operator.name)) throw new Error(`operator "${operator.name}" is declared twice`)
    byName.set(operator.name, operator)
  }
  return byName
}
