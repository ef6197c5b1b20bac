import type { CompiledField, WorkspaceSettings } from '../model/compiled.ts'
import type { GroupKey } from '../records/parse-aggregate.ts'
import { bucketRange, type DayRange, startOfDay } from './period.ts'

/** All of some rules; undefined where there is none. */
export function allOf(rules: readonly unknown[]): unknown {
  const parts = rules.filter((rule) => rule !== undefined).flatMap(conjuncts)
  return parts.length > 1 ? { and: parts } : parts[0]
}

function conjuncts(rule: unknown): readonly unknown[] {
  if (typeof rule !== 'object' || rule === null || Object.keys(rule).length !== 1) return [rule]
  const { and } = rule as { readonly and?: unknown }
  return Array.isArray(and) ? and : [rule]
}

/** The rule that finds the records of a group again: where its value is masked or out of sight they have none. */
export function groupRule(
  { path, field, bucket }: Pick<GroupKey, 'path' | 'field' | 'bucket'>,
  value: unknown,
  settings: WorkspaceSettings,
): unknown {
  if (bucket === undefined || value === null) return { '==': [{ var: path }, value] }
  return rangeRule(path, field, bucketRange(bucket, String(value)), settings)
}

/** The rule that a date or instant lies in some days of the workspace. */
export function rangeRule(
  path: string,
  field: CompiledField,
  { from, to }: DayRange,
  { timeZone }: WorkspaceSettings,
): unknown {
  const at = (day: string) => (field.ruleType === 'datetime' ? startOfDay(day, timeZone) : day)
  return { and: [{ '>=': [{ var: path }, at(from)] }, { '<': [{ var: path }, at(to)] }] }
}
