import { checkRule } from '../../../metadata/rules/check-rule.ts'
import { type DurationParts, parseDuration } from '../../../metadata/rules/durations.ts'
import type { PoolDefinition, PoolRecycle } from '../../../metadata/types.ts'
import { type LocalText, type Problem, problem } from '../../errors.ts'
import { pointer } from '../pointer.ts'
import { fieldOf } from './follow.ts'
import type { ModelContext } from './kind-spec.ts'
import { ruleScope } from './rule-scope.ts'

/** The faults of a pool beyond shape and references. */
export function checkPool(definition: PoolDefinition, context: ModelContext): readonly Problem[] {
  const { entity, hide = [], recycle = [] } = definition
  const target = context.definitions.entity.get(entity)
  if (target === undefined) return [] // the check of references has reported it
  return [
    ...(target.owned === true ? [] : [unfit('/entity', NOT_OWNED)]),
    ...hide.flatMap((name, index) =>
      fieldOf(context, entity, name)?.system === true ? [unfit(pointer('hide', index), NOT_TO_HIDE)] : [],
    ),
    ...recycle.flatMap((rule, index) => recycleProblems(rule, entity, context, pointer('recycle', index))),
  ]
}

function recycleProblems(
  { when, limit, warn }: PoolRecycle,
  entity: string,
  context: ModelContext,
  at: string,
): readonly Problem[] {
  const since = limit.since === undefined ? undefined : fieldOf(context, entity, limit.since)
  const isTime = since === undefined || ['date', 'date_time'].includes(String(since.type?.name))
  const isLater = warn !== undefined && lengthOf(warn) >= lengthOf(limit.after)
  return [
    ...(when === undefined
      ? []
      : checkRule(when, ruleScope(context, entity), 'condition').problems.map((fault) => ({
          ...fault,
          path: `${at}/when${fault.path}`,
        }))),
    ...(isTime ? [] : [unfit(`${at}/limit/since`, NO_TIME)]),
    // An index over it would make every write dear.
    ...(limit.since === 'updated_at' ? [unfit(`${at}/limit/since`, ANY_CHANGE)] : []),
    ...(lengthOf(limit.after) > 0 ? [] : [unfit(`${at}/limit/after`, NO_LENGTH)]),
    ...(isLater ? [unfit(`${at}/warn`, WARNED_AT_ONCE)] : []),
  ]
}

const DAY_MS = 86_400_000
const NOTHING: DurationParts = { months: 0, days: 0, ms: 0 }

/** About how long it is, milliseconds. */
function lengthOf(duration: string): number {
  const { months, days, ms } = parseDuration(duration) ?? NOTHING
  return (months * 30 + days) * DAY_MS + ms
}

function unfit(path: string, reason: LocalText): Problem {
  return problem('META_VALUE_INVALID', path, { params: { reason } })
}

const NOT_OWNED = { en: 'its records have no owner', 'zh-CN': '该实体没有负责人' }
const NOT_TO_HIDE = { en: 'a field of the engine’s own is not hidden', 'zh-CN': '系统字段不能隐藏' }
const NO_TIME = { en: 'it is no date and no time', 'zh-CN': '该字段不是日期或时间' }
const ANY_CHANGE = {
  en: 'every change moves it; name a field that says when somebody worked on the record',
  'zh-CN': '任何修改都会更新它；请使用表示跟进时间的字段',
}
const NO_LENGTH = { en: 'it must be longer than nothing', 'zh-CN': '时限必须大于零' }
const WARNED_AT_ONCE = {
  en: 'it must be shorter than the limit',
  'zh-CN': '提前提醒的时间必须短于期限',
}
