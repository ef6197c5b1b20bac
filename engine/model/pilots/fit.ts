import type { EntityDefinition } from '../../../metadata/types.ts'
import { type LocalText, type Problem, problem } from '../../errors.ts'
import type { Registry } from '../../registry/registry.ts'
import { keptCanonical } from '../canonical.ts'
import type { DefinitionSet, Kind } from '../compiled.ts'
import { changesBetween, type DefinitionChange } from '../note.ts'
import { pointer } from '../pointer.ts'

const RIGHTS: LocalText = {
  en: 'it says who may do what, which holds for everybody at the same time',
  'zh-CN': '它决定谁可以做什么，须对所有人同时生效',
}
const SHARED: LocalText = {
  en: 'it governs records that others work on as well',
  'zh-CN': '它约束的记录也有其他人在使用',
}
const BACKGROUND: LocalText = {
  en: 'Tenon acts on it by itself, for nobody in particular',
  'zh-CN': '它由 Tenon 自行执行，不针对特定人员',
}
const DEEP: LocalText = {
  en: 'it changes how values are kept or worked out, for everybody',
  'zh-CN': '它会改变数据的存储或计算方式，影响所有人',
}

const CLOCK: LocalText = {
  en: 'it is set off by a clock, an approval or another system, for nobody in particular: let it run silently',
  'zh-CN': '它由时间、审批或外部系统触发，不针对特定人员：请改用静默运行',
}

/** Which kinds some people can have otherwise than the rest: what is read for the one who asks; else why not. */
const FIT: { readonly [K in Kind]: 'whole' | 'entity' | 'flow' | LocalText } = {
  layout: 'whole',
  view: 'whole',
  app: 'whole',
  report: 'whole',
  dashboard: 'whole',
  document: 'whole',
  translation: 'whole',
  validation: 'whole',
  assignment: 'whole',
  scenario: 'whole',
  entity: 'entity',
  role: RIGHTS,
  sharing: RIGHTS,
  setting: RIGHTS,
  option_set: SHARED,
  pipeline: SHARED,
  approval: SHARED,
  pool: SHARED,
  duplicate_rule: SHARED,
  tag_rule: SHARED,
  flow: 'flow',
  message: 'whole',
  calendar: BACKGROUND,
  connection: BACKGROUND,
  webform: BACKGROUND,
}

/** What of an entity is read for the one who asks: its words, and what a form demands. */
const ENTITY_KEYS: ReadonlySet<string> = new Set(['label', 'plural', 'icon', 'requirement', 'note'])
const FIELD_KEYS: ReadonlySet<string> = new Set([
  ...['label', 'help', 'required', 'default', 'visibleWhen', 'requiredWhen', 'readOnlyWhen'],
  ...['requirement', 'note'],
])

/** Why a change cannot be tried by some people first; [] where it can. Pure. */
export function pilotFaults(
  inForce: DefinitionSet,
  candidate: DefinitionSet,
  registry: Registry,
): readonly Problem[] {
  return changesBetween(inForce, candidate, registry).flatMap((change): readonly Problem[] => {
    const fit = FIT[change.kind]
    const at = pointer(change.kind, change.name)
    if (fit === 'whole') return []
    if (fit === 'flow') return isSetOffByPeople(change) ? [] : [unfit(at, CLOCK)]
    if (fit !== 'entity') return [unfit(at, fit)]
    return deepPlaces(change, registry).map((place) => unfit(at + place, DEEP))
  })
}

const unfit = (path: string, reason: LocalText): Problem =>
  problem('META_PILOT_UNFIT', path, { params: { reason } })

/** Whether what sets a flow off, before and after, is what somebody writes or presses, or another flow. */
function isSetOffByPeople({ before, after }: DefinitionChange): boolean {
  return [before, after].every(
    (flow) =>
      flow?.kind !== 'flow' ||
      (['time', 'schedule', 'approval', 'event'] as const).every((key) => flow.trigger[key] === undefined),
  )
}

/** Places of an entity that touch more than the words and demands of a form. */
export function deepPlaces({ before, after }: DefinitionChange, registry: Registry): readonly string[] {
  if (before?.kind !== 'entity' || after?.kind !== 'entity') return ['']
  const [from, to] = [keptCanonical(before, registry), keptCanonical(after, registry)]
  const own = changedKeys(withoutFields(from), withoutFields(to), ENTITY_KEYS).map((key) => pointer(key))
  const known = new Map(from.fields.map((field) => [field.id, field]))
  const fields = to.fields.flatMap((field, index) => {
    const old = known.get(field.id)
    known.delete(field.id)
    const at = pointer('fields', index)
    if (old === undefined) return [at]
    return changedKeys(old, field, FIELD_KEYS).map((key) => at + pointer(key))
  })
  return [...own, ...fields, ...(known.size > 0 ? [pointer('fields')] : [])]
}

const withoutFields = ({ fields: _fields, ...rest }: EntityDefinition): object => rest

function changedKeys(one: object, other: object, free: ReadonlySet<string>): readonly string[] {
  const [from, to] = [new Map(Object.entries(one)), new Map(Object.entries(other))]
  return [...new Set([...from.keys(), ...to.keys()])].filter(
    (key) => !free.has(key) && JSON.stringify(from.get(key)) !== JSON.stringify(to.get(key)),
  )
}
