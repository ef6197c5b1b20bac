import type { RoleDefinition } from '../../metadata/types.ts'
import { accessOfRoles } from '../access/access.ts'
import { type Problem, refuse } from '../errors.ts'
import { acceptDefinition } from '../model/accept.ts'
import { builtIn } from '../model/built-in.ts'
import { type Candidate, layOver } from '../model/candidate.ts'
import type { ChangesetItem } from '../model/changesets.ts'
import { checkCandidate, type RawDefinitions } from '../model/check.ts'
import type { CompiledModel } from '../model/compiled.ts'
import { pointer } from '../model/pointer.ts'
import type { Registry } from '../registry/registry.ts'
import type { RequestContext } from './context.ts'
import { roleNamed } from './explain-field.ts'
import { explainAccess } from './explain-rights.ts'
import { holdersOf, readHolders } from './holders.ts'

/** Every role with how many people hold it, and for who manages the users which. */
export async function explainRoles(context: RequestContext) {
  const { model, actor, access } = context
  const held = await readHolders(context)
  return [...model.definitions.role.values()].map(({ name, administration }) => ({
    ...roleNamed(model, name, actor.language),
    ...holdersOf(held, name, access.may('users')),
    administers: (administration ?? []).length > 0,
    built_in: builtIn('role', name) !== undefined,
  }))
}

/** What a role would give, or why it cannot be said. */
export interface RoleOutcome {
  readonly problems: readonly Problem[]
  readonly entities: ReturnType<typeof explainAccess>
}

/** A draft on what is in force, to be looked at as if it were published. */
export interface DraftInSight {
  readonly items: readonly ChangesetItem[]
  /** What would be in force with these items. */
  candidate(items: readonly ChangesetItem[]): Candidate
  /** What of a candidate holds together; undefined where nothing does. */
  soundPart(candidate: Candidate): RawDefinitions | undefined
  /** The model that definitions which hold together come to. */
  modelOf(definitions: RawDefinitions): Promise<CompiledModel>
}

/**
 * What a role gives as it is written, in force or not: compiled as every role is, so that nobody has to publish to
 * know. Faults of the definition are told instead, with their paths in it.
 * @param draft what counts as published besides; what does not hold together of it tells nothing
 * @throws AppError HTTP_BODY_NOT_OBJECT, FIELD_REQUIRED, META_VALUE_INVALID for what is no role with a name
 */
export async function explainRole(
  { model, actor }: RequestContext,
  raw: unknown,
  registry: Registry,
  draft?: DraftInSight,
): Promise<RoleOutcome> {
  const name = nameOf(raw)
  const item = { kind: 'role', name, definition: acceptDefinition(raw, 'role', name) } as const
  const others = draft?.items.filter((one) => one.kind !== 'role' || one.name !== name) ?? []
  const candidate = draft?.candidate([...others, item]) ?? layOver(model.definitions, [item])
  const at = pointer('role', name)
  const problems = checkCandidate(candidate.definitions, registry, candidate.changed)
    .filter(({ path }) => path === at || path.startsWith(`${at}/`))
    .map((fault) => ({ ...fault, path: fault.path.slice(at.length) }))
  if (problems.length > 0) return { problems, entities: [] }
  const role = candidate.definitions.role.get(name)
  const sound = draft === undefined ? candidate.definitions : draft.soundPart(candidate)
  if (sound === undefined || sound.role.get(name) !== role) return { problems, entities: [] }
  const told = draft === undefined ? model : await draft.modelOf(sound)
  const access = accessOfRoles(told, [role as RoleDefinition])
  return { problems, entities: explainAccess({ model: told, language: actor.language }, access) }
}

function nameOf(raw: unknown): string {
  const isObject = typeof raw === 'object' && raw !== null && !Array.isArray(raw)
  if (!isObject) throw refuse('HTTP_BODY_NOT_OBJECT')
  const { name } = raw as { readonly name?: unknown }
  if (typeof name !== 'string' || name === '') throw refuse('FIELD_REQUIRED', '/name')
  return name
}
