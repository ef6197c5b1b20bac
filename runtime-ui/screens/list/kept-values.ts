import { type Condition, type ConditionGroup, isGroup, WITH_LIST, WITHOUT_VALUE } from './filter-rule.ts'
import { COUNTED, WITHIN } from './relative-rule.ts'

/** What kind of value a comparison takes. */
type Shape = 'none' | 'span' | 'days' | 'range' | 'list' | 'single'

function shapeOf(operator: string): Shape {
  if (WITHOUT_VALUE.has(operator)) return 'none'
  if (operator === WITHIN) return 'span'
  if (COUNTED.has(operator)) return 'days'
  if (operator === 'between') return 'range'
  return WITH_LIST.has(operator) ? 'list' : 'single'
}

/**
 * What was said stays as far as another comparison can take it: who only corrects “is” to “is above” has not taken the
 * number back, and a condition without one would hold no more.
 */
function keptValue(from: string, to: string, value: unknown): unknown {
  const [was, is] = [shapeOf(from), shapeOf(to)]
  if (was === is) return value
  const isSaid = value !== '' && value !== null && value !== undefined
  if (was === 'single' && is === 'list' && isSaid) return [value]
  if (was === 'single' && is === 'range' && isSaid) return [value, '']
  if ((was === 'list' || was === 'range') && is === 'single' && Array.isArray(value)) return value[0] ?? ''
  return ''
}

/** A changed query with the values of conditions whose comparison alone is another one. */
export function withKeptValues(before: ConditionGroup, after: ConditionGroup): ConditionGroup {
  const known = new Map(conditionsIn(before).map((one) => [one.id, one]))
  const keep = (group: ConditionGroup): ConditionGroup => {
    const rules = group.rules.map((one) => {
      if (isGroup(one)) return keep(one)
      const was = known.get(one.id)
      if (was === undefined || was.field !== one.field || was.operator === one.operator) return one
      return { ...one, value: keptValue(was.operator, one.operator, was.value) }
    })
    // One in which nothing is otherwise is the same one: the builder tells changes by that.
    return rules.every((one, at) => one === group.rules[at]) ? group : { ...group, rules }
  }
  return keep(after)
}

const conditionsIn = (group: ConditionGroup): readonly Condition[] =>
  group.rules.flatMap((one) => (isGroup(one) ? conditionsIn(one) : one))
