import type { FlowTrigger } from '../../../metadata/types.ts'
import { AppError, type LocalText, type Problem, problem } from '../../errors.ts'
import type { Registry } from '../../registry/registry.ts'
import { buildCandidate, toSound } from '../candidate.ts'
import type { ChangesetItem } from '../changesets.ts'
import { checkCandidate } from '../check.ts'
import type { DefinitionByKind, DefinitionSet, Kind } from '../compiled.ts'
import { entityOfTrigger } from '../kinds/flow-entity.ts'
import { addressOf } from '../kinds/items.ts'
import { changesBetween, type DefinitionChange } from '../note.ts'
import { deepPlaces } from '../pilots/fit.ts'
import { pointer, pointerSteps } from '../pointer.ts'

const WATCHED = ['flow', 'validation', 'assignment'] as const
export type WatchedKind = (typeof WATCHED)[number]

/** A definition of which both sides are asked, as it is in force and as it is in the draft; one of the two may be missing. */
export interface Watched<K extends WatchedKind = WatchedKind> {
  readonly kind: K
  readonly id: string
  readonly name: string
  /** The name of the entity whose writes are looked at; undefined of a flow that is about no record. */
  readonly entity: K extends 'flow' ? string | undefined : string
  readonly before: DefinitionByKind[K] | undefined
  readonly after: DefinitionByKind[K] | undefined
}

export interface SilentCandidate {
  /** What the draft would have in force, as far as the tables that are there bear it. */
  readonly definitions: DefinitionSet
  readonly watched: readonly Watched[]
  /** Flows, validations and assignments of the draft that cannot be judged, and why. */
  readonly faults: readonly Problem[]
}

/** Why what is drafted cannot be asked: it lies over tables that are yet to come. */
export const NEEDS_MORE: LocalText = {
  en: 'it needs other things of the draft, such as a new field, that are not there before the publish',
  'zh-CN': '它依赖草稿中发布前尚不存在的内容，例如新字段',
}
const NO_BUTTON: LocalText = {
  en: 'nobody can press its button before the publish',
  'zh-CN': '发布前没有人可以点击它的按钮',
}
const NO_CONNECTION: LocalText = {
  en: 'its connection is not there before the publish',
  'zh-CN': '发布前它的连接尚不存在',
}

/**
 * What a silent run of a draft compares. Of a sound draft all that lies over the tables in force is taken; what needs other
 * tables or columns is left as it is in force, and so is whatever speaks of that.
 * @throws AppError with every problem of the check where the draft itself is not sound
 */
export function silentCandidate(
  inForce: DefinitionSet,
  items: readonly ChangesetItem[],
  registry: Registry,
): SilentCandidate {
  const whole = soundOf(inForce, items, registry)
  if ('problems' in whole) throw new AppError(whole.problems)
  const wanted = changesBetween(inForce, whole.definitions, registry)
  const deep = new Set(wanted.filter((change) => isDeep(change, registry)).map(addressOfChange))
  let left: readonly ChangesetItem[] = items.filter(({ kind, name }) => !deep.has(addressOf(kind, name)))
  let made = soundOf(inForce, left, registry)
  while ('problems' in made) {
    left = withoutBroken(left, made.problems)
    made = left.length === 0 ? { definitions: inForce } : soundOf(inForce, left, registry)
  }
  const { definitions } = made
  const kept = new Map(
    changesBetween(inForce, definitions, registry).map((one) => [addressOfChange(one), one]),
  )
  const sets = { before: inForce, after: definitions }
  const watched: Watched[] = []
  const faults: Problem[] = []
  for (const change of wanted.filter(({ kind }) => isWatchedKind(kind))) {
    const own = kept.get(addressOfChange(change))
    const one = own === undefined ? NEEDS_MORE : watchedOf(own, sets)
    if ('en' in one) faults.push(unfit(change, one))
    else watched.push(one)
  }
  return { definitions, watched, faults }
}

/** Where what is at fault is in force, it is the draft's removals that it cannot do without. */
function withoutBroken(
  items: readonly ChangesetItem[],
  problems: readonly Problem[],
): readonly ChangesetItem[] {
  const broken = new Set(problems.map(({ path }) => pointerSteps(path).slice(0, 2).join('/')))
  const sound = items.filter(({ kind, name }) => !broken.has(addressOf(kind, name)))
  if (sound.length < items.length) return sound
  const set = items.filter(({ definition }) => definition !== undefined)
  return set.length < items.length ? set : []
}

const unfit = ({ kind, name }: DefinitionChange, reason: LocalText): Problem =>
  problem('META_SILENT_UNFIT', pointer(kind, name), { params: { reason } })

function isWatchedKind(kind: Kind): kind is WatchedKind {
  return (WATCHED as readonly Kind[]).includes(kind)
}

const addressOfChange = ({ kind, name }: DefinitionChange): string => addressOf(kind, name)

/** Whether it needs other tables or columns, or works values out otherwise. */
function isDeep(change: DefinitionChange, registry: Registry): boolean {
  return change.kind === 'entity' && deepPlaces(change, registry).length > 0
}

function soundOf(
  inForce: DefinitionSet,
  items: readonly ChangesetItem[],
  registry: Registry,
): { readonly definitions: DefinitionSet } | { readonly problems: readonly Problem[] } {
  const { definitions, changed } = buildCandidate(inForce, items, registry)
  const problems = checkCandidate(definitions, registry, changed)
  return problems.length > 0 ? { problems } : { definitions: toSound(definitions) }
}

function watchedOf(
  { kind, name, before, after }: DefinitionChange,
  sets: { readonly before: DefinitionSet; readonly after: DefinitionSet },
): Watched | LocalText {
  const entities = [
    before === undefined ? undefined : entityOf(before, sets.before),
    after === undefined ? undefined : entityOf(after, sets.after),
  ]
  if (before === undefined && after?.kind === 'flow') {
    const fault = unheard(after.trigger, sets.before)
    if (fault !== undefined) return fault
  }
  return {
    kind,
    id: (after ?? before)?.id,
    name,
    entity: entities[1] ?? entities[0],
    before,
    after,
  } as Watched
}

/** Why nothing could set off a flow that is new; undefined where something could. */
function unheard({ button, event }: FlowTrigger, { connection }: DefinitionSet): LocalText | undefined {
  if (button !== undefined) return NO_BUTTON
  if (event === undefined) return undefined
  return connection.has(event.split('.')[0] ?? '') ? undefined : NO_CONNECTION
}

/** The entity of the records that a definition is about; undefined for a flow of none. */
function entityOf(
  definition: NonNullable<DefinitionChange['before']>,
  sets: DefinitionSet,
): string | undefined {
  if (definition.kind === 'validation' || definition.kind === 'assignment') return definition.entity
  return definition.kind === 'flow' ? entityOfTrigger(definition.trigger, sets) : undefined
}

/** Whether writes are put to a definition at all. */
export function isByWrite({ kind, before, after }: Watched): boolean {
  if (kind !== 'flow') return true
  return [before, after].some((side) => side?.kind === 'flow' && side.trigger.on !== undefined)
}
