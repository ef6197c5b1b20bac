import type { RuleOperator } from './operator.ts'
import { arithmeticOperators } from './operators/arithmetic.ts'
import { comparisonOperators } from './operators/comparison.ts'
import { dateOperators } from './operators/date.ts'
import { listOperators } from './operators/list.ts'
import { logicOperators } from './operators/logic.ts'
import { textOperators } from './operators/text.ts'

/** Every operator of the rule language, by name. A Map: names come from users, `constructor` is none of them. */
export const OPERATORS: ReadonlyMap<string, RuleOperator> = catalogue([
  ...logicOperators,
  ...comparisonOperators,
  ...arithmeticOperators,
  ...textOperators,
  ...dateOperators,
  ...listOperators,
])

function catalogue(operators: readonly RuleOperator[]): ReadonlyMap<string, RuleOperator> {
  const byName = new Map<string, RuleOperator>()
  for (const operator of operators) {
    if (byName.has(operator.name)) throw new Error(`operator "${operator.name}" is declared twice`)
    byName.set(operator.name, operator)
  }
  return byName
}
