import { isSame, type Json, valueAt, withValue } from './json-value.ts'

/** One step of a draft of roles. */
export type Step =
  | {
      readonly kind: 'set'
      readonly role: string
      readonly path: readonly string[]
      /** What stood there when it was changed: tells later whether somebody else has changed it meanwhile. */
      readonly from: unknown
      readonly to: unknown
    }
  | { readonly kind: 'create'; readonly role: string; readonly definition: Json }
  | { readonly kind: 'remove'; readonly role: string }

/** Changes of roles that are not in force: the steps on top of what is, in their order. */
export interface RoleDraft {
  readonly steps: readonly Step[]
  /** Steps that were taken back, the latest last. */
  readonly undone: readonly Step[]
}

export type DraftAct =
  | { readonly type: 'take'; readonly step: Step }
  | { readonly type: 'undo' }
  | { readonly type: 'redo' }
  /** Gives one place of a role its old value back. */
  | { readonly type: 'revert'; readonly role: string; readonly path: readonly string[] }
  /** Forgets everything about a role: its making, its end, its changes. */
  | { readonly type: 'forget'; readonly role: string }
  | { readonly type: 'clear' }

export const EMPTY_DRAFT: RoleDraft = { steps: [], undone: [] }

export function reduceDraft(draft: RoleDraft, act: DraftAct): RoleDraft {
  switch (act.type) {
    case 'take':
      return { steps: [...draft.steps, act.step], undone: [] }
    case 'undo': {
      const last = draft.steps.at(-1)
      if (last === undefined) return draft
      return { steps: draft.steps.slice(0, -1), undone: [...draft.undone, last] }
    }
    case 'redo': {
      const last = draft.undone.at(-1)
      if (last === undefined) return draft
      return { steps: [...draft.steps, last], undone: draft.undone.slice(0, -1) }
    }
    case 'revert':
      return { steps: draft.steps.filter((step) => !isAt(step, act.role, act.path)), undone: [] }
    case 'forget':
      return { steps: draft.steps.filter((step) => step.role !== act.role), undone: [] }
    case 'clear':
      return EMPTY_DRAFT
  }
}

const isAt = (step: Step, role: string, path: readonly string[]): boolean =>
  step.kind === 'set' && step.role === role && isSame(step.path, path)

/**
 * A role as the draft has it, on top of what is in force now.
 * @param inForce undefined for a role that only the draft knows
 * @returns undefined where the draft removes it, or there is none
 */
export function roleIn(draft: RoleDraft, role: string, inForce: Json | undefined): Json | undefined {
  return draft.steps.reduce<Json | undefined>((definition, step) => {
    if (step.role !== role) return definition
    if (step.kind === 'create') return step.definition
    if (step.kind === 'remove') return undefined
    return definition === undefined ? undefined : (withValue(definition, step.path, step.to) as Json)
  }, inForce)
}

/** What became of one place of a role. */
export interface Change {
  readonly role: string
  readonly path: readonly string[]
  readonly from: unknown
  readonly to: unknown
}

/** What the draft comes to: each place once, from what was to what is; back to the old value is no change. */
export function changesOf(draft: RoleDraft): readonly Change[] {
  const places = new Map<string, Change>()
  for (const step of draft.steps) {
    if (step.kind !== 'set') continue
    const key = JSON.stringify([step.role, step.path])
    const first = places.get(key)
    places.set(key, { role: step.role, path: step.path, from: first?.from ?? step.from, to: step.to })
  }
  return [...places.values()].filter(({ from, to }) => !isSame(from, to))
}

/** What happens to a role as a whole. */
export type Fate = 'new' | 'removed' | 'changed'

/** The roles that the draft touches, and how. A role that was made and removed in it is as if it had never been. */
export function fatesOf(draft: RoleDraft): ReadonlyMap<string, Fate> {
  const fates = new Map<string, Fate>(changesOf(draft).map(({ role }) => [role, 'changed']))
  for (const step of draft.steps) {
    if (step.kind === 'create') fates.set(step.role, 'new')
    if (step.kind !== 'remove') continue
    if (fates.get(step.role) === 'new') fates.delete(step.role)
    else fates.set(step.role, 'removed')
  }
  return fates
}

/** How many things the draft changes: places of roles, and roles that come or go. */
export function sizeOf(draft: RoleDraft): number {
  const whole = [...fatesOf(draft)].filter(([, fate]) => fate !== 'changed').map(([role]) => role)
  return changesOf(draft).filter(({ role }) => !whole.includes(role)).length + whole.length
}

/** Places that somebody else has published meanwhile with another value than the one that the draft began with. */
export function conflictsOf(
  draft: RoleDraft,
  inForce: ReadonlyMap<string, Json>,
): readonly (Change & { readonly theirs: unknown })[] {
  const fates = fatesOf(draft)
  return changesOf(draft).flatMap((change) => {
    const definition = inForce.get(change.role)
    if (definition === undefined || fates.get(change.role) !== 'changed') return []
    const theirs = valueAt(definition, change.path)
    return isSame(theirs, change.from) || isSame(theirs, change.to) ? [] : [{ ...change, theirs }]
  })
}
