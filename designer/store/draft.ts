import { carried } from './carry.ts'
import { isSame, type Json, type Path, valueAt, withValue } from './json-value.ts'

/** A definition of any kind. */
export interface Address {
  readonly kind: string
  readonly name: string
}

export const keyOf = ({ kind, name }: Address): string => `${kind}/${name}`

export function addressOf(key: string): Address {
  const at = key.indexOf('/')
  return { kind: key.slice(0, at), name: key.slice(at + 1) }
}

/** What changes a definition. */
export type Change =
  | {
      readonly kind: 'set'
      readonly path: Path
      readonly to: unknown
      /** When it was taken, in milliseconds: what is typed in one go is one step. */
      readonly at?: number
    }
  | { readonly kind: 'create'; readonly definition: Json }
  | { readonly kind: 'remove' }

/** One step of a draft. */
export type Step = Change & {
  readonly of: Address
  /** The same in steps that were taken at once, and are taken back at once. */
  readonly group?: number
}

/** What the steps on a definition begin with. */
export interface Base {
  /** Undefined where only the draft knows the definition. */
  readonly inForce: Json | undefined
  /** As the changeset had it when the first step was taken. */
  readonly start: Json | undefined
  /** The version that was in force then. */
  readonly version: number
}

/** Changes that are not in force: steps on top of what was there, in their order, over definitions of all kinds. */
export interface Draft {
  readonly bases: ReadonlyMap<string, Base>
  readonly steps: readonly Step[]
  /** Steps that were taken back, the latest last. */
  readonly undone: readonly Step[]
}

/** A step with what its definition begins with. */
export interface Taken {
  readonly step: Step
  readonly base: Base
}

export type DraftAct =
  | { readonly type: 'take'; readonly step: Step; readonly base: Base }
  /** Steps on several definitions by one press. */
  | { readonly type: 'takeAll'; readonly taken: readonly Taken[] }
  | { readonly type: 'undo' }
  | { readonly type: 'redo' }
  /** It is in force as it is stored: there is nothing left to be done with it, unless what was done is taken back. */
  | { readonly type: 'settle'; readonly of: Address; readonly stored: Json; readonly version: number }
  /** The definition is what another window has made of it as well: this one's steps stand on that, and are taken back on it. */
  | { readonly type: 'adopt'; readonly of: Address; readonly to: Json | undefined }
  | { readonly type: 'clear' }

export const EMPTY_DRAFT: Draft = { bases: new Map(), steps: [], undone: [] }

/** Milliseconds within which changes of one place are one step. */
const ONE_GO_MS = 1_000

export function reduceDraft(draft: Draft, act: DraftAct): Draft {
  switch (act.type) {
    case 'take':
      return takeStep(draft, act.step, act.base)
    case 'takeAll': {
      const group = 1 + Math.max(0, ...draft.steps.map((step) => step.group ?? 0))
      return act.taken.reduce(
        (now, { step, base }) => takeStep(now, act.taken.length > 1 ? { ...step, group } : step, base),
        draft,
      )
    }
    case 'undo': {
      const [steps, taken] = withoutLast(draft.steps)
      return { ...draft, steps, undone: [...draft.undone, ...taken] }
    }
    case 'redo': {
      const [undone, taken] = withoutLast(draft.undone)
      return { ...draft, steps: [...draft.steps, ...taken], undone }
    }
    case 'settle':
      return settled(draft, act.of, act.stored, act.version)
    case 'adopt':
      return adopted(draft, act.of, act.to)
    case 'clear':
      return EMPTY_DRAFT
  }
}

/** What is left without the last step and those that were taken with it; those, the last first. */
function withoutLast(steps: readonly Step[]): readonly [readonly Step[], readonly Step[]] {
  const group = steps.at(-1)?.group
  const before = group === undefined ? steps.length - 2 : steps.findLastIndex((step) => step.group !== group)
  return [steps.slice(0, before + 1), steps.slice(before + 1).reverse()]
}

/**
 * What another window has changed is put under the steps on a definition, as if it had been there before them. A step of
 * which nothing is left, such as one whose value they have changed since, goes.
 */
function adopted(draft: Draft, of: Address, to: Json | undefined): Draft {
  const key = keyOf(of)
  const base = draft.bases.get(key)
  if (base === undefined) return draft
  const isOwn = (step: Step): boolean => keyOf(step.of) === key
  const now = definitionIn(draft, of, undefined)
  const own = [...draft.steps.filter(isOwn), ...draft.undone.filter(isOwn).reverse()]
  const moved = movedSteps(own, base.start, now, to)
  const bases = new Map(draft.bases).set(key, { ...base, start: moved?.start ?? to })
  const keep = (step: Step): readonly Step[] => (isOwn(step) ? (moved?.steps.get(step) ?? []) : [step])
  const next = { bases, steps: draft.steps.flatMap(keep), undone: draft.undone.flatMap(keep) }
  if (moved === undefined || isSame(definitionIn(next, of, undefined), to)) return next
  const ofOthers = (step: Step): boolean => !isOwn(step)
  const without = { ...draft, steps: draft.steps.filter(ofOthers), undone: draft.undone.filter(ofOthers) }
  return adopted(without, of, to)
}

/** @returns undefined where one side has no definition on which anything could stand */
function movedSteps(
  steps: readonly Step[],
  start: Json | undefined,
  now: Json | undefined,
  to: Json | undefined,
): { readonly start: Json | undefined; readonly steps: ReadonlyMap<Step, readonly Step[]> } | undefined {
  if (now === undefined || to === undefined || steps.length === 0) return undefined
  const put = (state: Json | undefined) =>
    state === undefined ? undefined : (carried(now, to, state) as Json)
  const moved = new Map<Step, readonly Step[]>()
  let state = start
  for (const step of steps) {
    const after = afterStep(state, step)
    const [from, wanted] = [put(state), put(after)]
    if (isSame(from, wanted)) moved.set(step, [])
    else if (isSame(afterStep(from, step), wanted)) moved.set(step, [step])
    else {
      const { of, group } = step
      moved.set(step, [{ kind: 'set', of, path: [], to: wanted, ...(group !== undefined && { group }) }])
    }
    state = after
  }
  return { start: put(start), steps: moved }
}

function settled(draft: Draft, of: Address, stored: Json, version: number): Draft {
  const key = keyOf(of)
  const base = draft.bases.get(key)
  // What was changed before this page was opened begins with what is in force now.
  const next = { start: base === undefined ? stored : base.start, inForce: stored, version }
  const bases = new Map(draft.bases).set(key, next)
  const now = definitionIn({ ...draft, bases }, of, stored)
  const step: Step = { kind: 'set', of, path: [], to: stored }
  return { bases, steps: isSame(now, stored) ? draft.steps : [...draft.steps, step], undone: [] }
}

function takeStep({ bases, steps }: Draft, step: Step, base: Base): Draft {
  const key = keyOf(step.of)
  const known = bases.has(key) ? bases : new Map(bases).set(key, base)
  const last = steps.at(-1)
  const isGoingOn =
    last?.kind === 'set' &&
    step.kind === 'set' &&
    keyOf(last.of) === key &&
    isSame(last.path, step.path) &&
    last.at !== undefined &&
    step.at !== undefined &&
    step.at - last.at < ONE_GO_MS
  return { bases: known, steps: isGoingOn ? [...steps.slice(0, -1), step] : [...steps, step], undone: [] }
}

/**
 * A definition as the draft has it.
 * @param start what it begins with where the draft has no step on it
 * @returns undefined where the draft removes it, or there is none
 */
export function definitionIn(draft: Draft, of: Address, start: Json | undefined): Json | undefined {
  const key = keyOf(of)
  const base = draft.bases.get(key)
  return draft.steps.reduce<Json | undefined>(
    (definition, step) => (keyOf(step.of) === key ? afterStep(definition, step) : definition),
    base === undefined ? start : base.start,
  )
}

function afterStep(definition: Json | undefined, step: Step): Json | undefined {
  if (step.kind === 'create') return step.definition
  if (step.kind === 'remove') return undefined
  // What was removed stays so, whatever is changed in it afterwards; as a whole it may come back.
  if (definition === undefined && step.path.length > 0) return undefined
  return withValue(definition, step.path, step.to) as Json
}

/** What happens to a definition as a whole. */
export type Fate = 'new' | 'removed' | 'changed'

/** @returns undefined where the draft leaves it as it is in force */
export function fateOf(inForce: Json | undefined, now: Json | undefined): Fate | undefined {
  if (inForce === undefined) return now === undefined ? undefined : 'new'
  if (now === undefined) return 'removed'
  return isSame(inForce, now) ? undefined : 'changed'
}

/** The same change at a place of something else: what a person's values come to on what others have made of it. */
export const withChanges = (
  value: Json,
  changes: readonly { readonly path: Path; readonly to: unknown }[],
): Json => changes.reduce<Json>((at, { path, to }) => withValue(at, path, to) as Json, value)

/** Whether a place says something else than when it was changed. */
export const hasMoved = (
  inForce: Json,
  { path, from, to }: { readonly path: Path; readonly from: unknown; readonly to: unknown },
): boolean => {
  const theirs = valueAt(inForce, path)
  return !isSame(theirs, from) && !isSame(theirs, to)
}
