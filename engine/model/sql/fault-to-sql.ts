import type { TypedRule } from '../../../metadata/rules/types.ts'
import { ruleToSql, ruleValueToSql } from './rule-to-sql.ts'
import type { SqlTarget } from './sql-target.ts'

/** Where a rule's SQL goes, with the reasons why computed fields at its paths have no value. */
export interface FaultTarget extends SqlTarget {
  /** The text of the reason, NULL where there is a value; undefined where the field never lacks one. */
  fault(path: readonly string[]): string | undefined
}

/**
 * The SQL text of the reason why a rule has no value, NULL where there is none; undefined where a rule never fails.
 * What computes hands a fault on, a condition takes it for no.
 */
export function faultToSql(rule: TypedRule, target: FaultTarget): string | undefined {
  if (rule.kind === 'path') return target.fault(rule.path)
  if (rule.kind !== 'call' || rule.type === 'boolean') return undefined
  // Whatever fails within is what it stands in for.
  if (rule.operator === 'coalesce') return undefined
  if (rule.operator === 'if') return branchFault(rule.arguments, target)
  const faults = rule.arguments.map((argument) => faultToSql(argument, target))
  if (rule.operator === '/' || rule.operator === '%') faults.push(zeroFault(rule.arguments, target))
  return firstOf(faults)
}

/** Only the branch that is taken can fail. */
function branchFault(args: readonly TypedRule[], target: FaultTarget): string | undefined {
  const pairs = Array.from({ length: Math.floor(args.length / 2) }, (_, index) => ({
    condition: args[2 * index]!,
    fault: faultToSql(args[2 * index + 1]!, target),
  }))
  const otherwise = args.length % 2 === 1 ? faultToSql(args.at(-1)!, target) : undefined
  // Nothing is written for nothing: a parameter that no text names has no type.
  if (otherwise === undefined && pairs.every(({ fault }) => fault === undefined)) return undefined
  const branches = pairs.map(
    ({ condition, fault }) => `WHEN ${ruleToSql(condition, target)} THEN ${fault ?? 'NULL'}`,
  )
  return `(CASE ${branches.join(' ')} ELSE ${otherwise ?? 'NULL'} END)`
}

function zeroFault([above, below]: readonly TypedRule[], target: FaultTarget): string {
  const [dividend, divisor] = [ruleValueToSql(above!, target).sql, ruleValueToSql(below!, target).sql]
  return `(CASE WHEN ${divisor} = 0 AND ${dividend} IS NOT NULL THEN 'divided_by_zero' END)`
}

function firstOf(faults: readonly (string | undefined)[]): string | undefined {
  const real = faults.filter((fault) => fault !== undefined)
  return real.length < 2 ? real[0] : `COALESCE(${real.join(', ')})`
}
