import { isObject, type Json, valueAt } from '../store/json-value.ts'

/** A right as it is written in a role: a scope's name, yes or no, a rule; undefined where nothing is said. */
export type Said = unknown

export type SaidKind =
  | 'unsaid'
  | 'none'
  | 'own'
  | 'team'
  | 'team_tree'
  | 'all'
  | 'rule'
  | 'yes'
  | 'no'
  | 'masked'

const NAMES: ReadonlySet<unknown> = new Set(['none', 'own', 'team', 'team_tree', 'all', 'masked'])

/** What is said, as one of the words that a page has for it. */
export function kindOf(said: Said): SaidKind {
  if (said === undefined || said === null) return 'unsaid'
  if (typeof said === 'boolean') return said ? 'yes' : 'no'
  return NAMES.has(said) ? (said as SaidKind) : 'rule'
}

/** The place of a right in a role; the default's for no entity. */
export const rightPath = (entity: string | undefined, right: string): readonly string[] =>
  entity === undefined ? ['default', right] : ['entities', entity, right]

export const fieldPath = (entity: string, field: string, way: 'read' | 'edit'): readonly string[] => [
  'entities',
  entity,
  'fields',
  field,
  way,
]

/** The place of what is said of moving records into a stage. */
export const stagePath = (entity: string, stage: string): readonly string[] => [
  'entities',
  entity,
  'transitions',
  stage,
]

/** The roles of which one is asked for besides; none: never; undefined where nothing is said. */
export function besidesIn(said: Said): readonly string[] | undefined {
  const by = isObject(said) ? said.by : undefined
  if (!Array.isArray(by)) return undefined
  return by.flatMap((who) => (isObject(who) && typeof who.role === 'string' ? [who.role] : []))
}

/** What a role says of a right on an entity, and whether it says it of this entity or of all that are not listed. */
export function saidOf(
  role: Json | undefined,
  entity: string | undefined,
  right: string,
): { readonly said: Said; readonly isInherited: boolean } {
  const own = valueAt(role, rightPath(entity, right))
  if (own !== undefined || entity === undefined) return { said: own, isInherited: false }
  return { said: valueAt(role, ['default', right]), isInherited: true }
}

/** The part of a problem's path that leads to the place of a page: `/entities/account/update/==/0`. */
export function isUnder(pointer: string, path: readonly string[]): boolean {
  const steps = pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'))
  return path.every((step, at) => steps[at] === step)
}
