import { nearest } from '../../metadata/nearest.ts'
import { plainRecord, type RuleRecord } from '../../metadata/rules/environment.ts'
import { readLiteral } from '../../metadata/rules/literals.ts'
import type { RulePaths } from '../../metadata/rules/paths-of.ts'
import { AppError, didYouMean, type Problem, problem } from '../errors.ts'
import type { CompiledEntity } from '../model/compiled.ts'
import { isRecord, pointer } from '../model/pointer.ts'
import type { RuleType } from '../registry/field-type.ts'
import type { RequestContext } from './context.ts'
import { reachField } from './row-source.ts'

/** Entries of one list that somebody types. */
const MOST_ENTRIES = 100

/** The paths of fields at which a rule looks, in the record and through its lookups. */
export const fieldPathsOf = (needs: Pick<RulePaths, 'own' | 'related' | 'before'>): readonly string[] => [
  ...new Set([...needs.own, ...needs.related, ...needs.before]),
]

/**
 * A record that is not there, of values that somebody has typed: what is not said is empty, and nothing points to it.
 * @param values by the path of a field, such as `{"amount": 3, "account.region": "north"}`
 * @throws AppError with every problem
 */
export function typedRecord(
  context: RequestContext,
  entity: CompiledEntity,
  values: unknown,
  needs: RulePaths,
): RuleRecord {
  if (!isRecord(values)) throw new AppError(problem('HTTP_BODY_NOT_OBJECT', '/values'))
  const paths = fieldPathsOf(needs)
  const problems: Problem[] = []
  const read: [string, unknown][] = [...needs.lists.keys()].map((path) => [path, []])
  for (const [path, value] of Object.entries(values)) {
    const at = `/values${pointer(path)}`
    const type = paths.includes(path) ? reachField(context, entity, path)?.field.ruleType : undefined
    if (type === undefined) {
      const name = path.slice(0, 120).toWellFormed()
      problems.push(
        problem('FIELD_UNKNOWN', at, { params: { name }, hint: didYouMean(nearest(name, paths)) }),
      )
    } else if (value !== null) {
      const found = readTyped(value, type)
      if (found === undefined) problems.push(problem('FIELD_VALUE_INVALID', at))
      else read.push([path, found])
    }
  }
  if (problems.length > 0) throw new AppError(problems)
  return plainRecord(Object.fromEntries(read))
}

/** @returns undefined for what no field of the type holds */
function readTyped(value: unknown, type: RuleType): unknown {
  if (type === 'texts' || type === 'ids') {
    if (!Array.isArray(value) || value.length > MOST_ENTRIES) return undefined
    const entries = value.map((one) => readTyped(one, type === 'ids' ? 'id' : 'text'))
    return entries.includes(undefined) ? undefined : entries
  }
  const reading = readLiteral(value, type)
  return 'value' in reading ? reading.value : undefined
}
