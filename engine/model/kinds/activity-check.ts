import type { EntityDefinition } from '../../../metadata/types.ts'
import { type LocalText, type Problem, problem } from '../../errors.ts'
import { pointer } from '../pointer.ts'
import { fieldOf, optionNames } from './follow.ts'
import type { ModelContext, Reference } from './kind-spec.ts'
import { valueReferences } from './rule-mentions.ts'
import { actionProblems, actionReferences } from './stage-action-check.ts'

const KEYS = ['at', 'outcome', 'words', 'next', 'status'] as const

const FOLLOW_UP = '/activity/followUp'
const NO_TIME = { en: 'the entity has no activity with “at”', 'zh-CN': '该实体没有声明带“at”的活动' }
const NO_OPTION = { en: 'the name of an option of the status', 'zh-CN': '应为状态字段的选项名称' }
const DATES = {
  types: ['date', 'date_time'],
  reason: { en: 'a date or date-time', 'zh-CN': '应为日期或日期时间字段' },
}
const CHOICE = { types: ['select', 'stage'], reason: { en: 'a choice of one', 'zh-CN': '应为单选字段' } }
const TEXT = { types: ['text', 'long_text', 'rich_text'], reason: { en: 'a text', 'zh-CN': '应为文本字段' } }

const FIT: Readonly<
  Record<(typeof KEYS)[number], { readonly types: readonly string[]; readonly reason: LocalText }>
> = { at: DATES, next: DATES, outcome: CHOICE, status: CHOICE, words: TEXT }

/** The fields and options that an entity of activities names. */
export function activityReferences(
  definition: EntityDefinition,
  context: ModelContext,
): readonly Reference[] {
  const { name, activity } = definition
  if (activity === undefined) return []
  const followUp = followUpOf(definition)
  const fields = KEYS.flatMap((key): readonly Reference[] => {
    const item = activity[key]
    if (item === undefined || fieldOf(context, name, item)?.system === true) return []
    return [{ path: `/activity/${key}`, to: { kind: 'entity', name, item } }]
  })
  const status = activity.status === undefined ? undefined : fieldOf(context, name, activity.status)
  const options =
    status === undefined
      ? []
      : (activity.done ?? []).flatMap((option, index) =>
          valueReferences(context, status, option, pointer('activity', 'done', index)),
        )
  return [
    ...fields,
    ...options,
    ...followUp.flatMap((action) => actionReferences(context, name, action, FOLLOW_UP)),
  ]
}

/** The next step as the action that makes it. */
function followUpOf({ activity }: EntityDefinition) {
  if (activity?.followUp === undefined) return []
  const { entity, set = {} } = activity.followUp
  return [{ do: 'create' as const, entity, set }]
}

/** What counts as done is an option of the status. */
function unknownDone({ name, activity }: EntityDefinition, context: ModelContext): readonly Problem[] {
  const status = activity?.status === undefined ? undefined : fieldOf(context, name, activity.status)
  const known = status === undefined ? undefined : optionNames(context, status)
  if (known === undefined) return []
  return (activity?.done ?? []).flatMap((option, index) =>
    !known.includes(option)
      ? [problem('META_VALUE_INVALID', pointer('activity', 'done', index), { params: { reason: NO_OPTION } })]
      : [],
  )
}

/** A next step has its time in the field that its own entity names for it. */
function timeless({ activity }: EntityDefinition, { definitions }: ModelContext): readonly Problem[] {
  const to = definitions.entity.get(activity?.followUp?.entity ?? '')
  if (to === undefined || to.activity?.at !== undefined) return []
  return [problem('META_VALUE_INVALID', `${FOLLOW_UP}/entity`, { params: { reason: NO_TIME } })]
}

/** Fields that cannot say what they are named for. */
export function activityProblems(definition: EntityDefinition, context: ModelContext): readonly Problem[] {
  const { name, activity } = definition
  const unfit = KEYS.flatMap((key) => {
    const item = activity?.[key]
    const place = item === undefined ? undefined : fieldOf(context, name, item)
    if (place === undefined || FIT[key].types.includes(place.definition.type)) return []
    return [problem('META_VALUE_INVALID', `/activity/${key}`, { params: { reason: FIT[key].reason } })]
  })
  return [
    ...unfit,
    ...timeless(definition, context),
    ...unknownDone(definition, context),
    ...followUpOf(definition).flatMap((action) => actionProblems(context, name, action, FOLLOW_UP)),
  ]
}
