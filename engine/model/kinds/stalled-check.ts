import type { PipelineDefinition } from '../../../metadata/types.ts'
import { type Problem, problem } from '../../errors.ts'
import { pointer } from '../pointer.ts'
import { stalledFlowName } from '../stalled-flow.ts'
import { fieldOf } from './follow.ts'
import type { ModelContext, Reference } from './kind-spec.ts'
import { peopleProblems, peopleReferences } from './people.ts'
import { recordScope } from './rule-scope.ts'

/** What `stalled` mentions: the date from which it counts, the people who are told, and the messages. */
export function stalledReferences(
  { entity, stalled }: PipelineDefinition,
  context: ModelContext,
): readonly Reference[] {
  if (stalled === undefined) return []
  const { since, then = [] } = stalled
  const isOwn = since !== undefined && fieldOf(context, entity, since)?.system !== true
  return [
    ...(isOwn
      ? [{ path: '/stalled/since', to: { kind: 'entity' as const, name: entity, item: since } }]
      : []),
    ...then.flatMap(({ to, message }, index): readonly Reference[] => {
      const at = `/stalled/then${pointer(index)}`
      return [
        ...peopleReferences({ context, here: entity, root: entity }, to, `${at}/to`),
        ...(message === undefined
          ? []
          : [{ path: `${at}/message`, to: { kind: 'message' as const, name: message } }]),
      ]
    }),
  ]
}

export function stalledProblems(definition: PipelineDefinition, context: ModelContext): readonly Problem[] {
  const { entity, stalled } = definition
  if (stalled === undefined) return []
  const place = stalled.since === undefined ? undefined : fieldOf(context, entity, stalled.since)
  const type = place?.type?.rule?.type
  const isDate = place === undefined || type === 'date' || type === 'datetime'
  return [
    ...(isDate ? [] : [problem('META_VALUE_INVALID', '/stalled/since', { params: { reason: NO_DATE } })]),
    ...thenProblems(definition, context),
  ]
}

function thenProblems(definition: PipelineDefinition, context: ModelContext): readonly Problem[] {
  const { entity, stalled } = definition
  if (stalled?.then === undefined || !context.definitions.entity.has(entity)) return []
  const name = stalledFlowName(definition)
  const isTaken = context.definitions.flow.has(name)
  return [
    ...(isTaken ? [problem('META_NAME_DUPLICATE', '/stalled/then', { params: { name } })] : []),
    ...stalled.then.flatMap(({ to, title, message, after }, index) => {
      const at = `/stalled/then${pointer(index)}`
      return [
        ...peopleProblems(context, entity, recordScope(context, entity), to, `${at}/to`),
        ...(title !== undefined && message !== undefined ? [unfit(`${at}/title`, EITHER)] : []),
        ...(index > 0 && after === undefined ? [unfit(at, AFTER_MISSING)] : []),
        ...(index === 0 && after !== undefined ? [unfit(`${at}/after`, FIRST_AT_ONCE)] : []),
      ]
    }),
  ]
}

function unfit(path: string, reason: { readonly en: string; readonly 'zh-CN': string }): Problem {
  return problem('META_VALUE_INVALID', path, { params: { reason } })
}

const NO_DATE = { en: 'the field is no date', 'zh-CN': '该字段不是日期' }
const EITHER = { en: 'either “message” or “title”', 'zh-CN': '“message”与“title”只能写一个' }
const AFTER_MISSING = {
  en: '“after” says how long after the one before',
  'zh-CN': '须用“after”写明距上一次提醒多久',
}
const FIRST_AT_ONCE = {
  en: 'the first is told when the record has stalled: no “after”',
  'zh-CN': '记录停滞时即提醒第一位，无需“after”',
}
