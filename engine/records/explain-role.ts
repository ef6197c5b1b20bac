import type { RoleDefinition } from '../../metadata/types.ts'
import { accessOfRoles } from '../access/access.ts'
import { type Problem, refuse } from '../errors.ts'
import { acceptDefinition } from '../model/accept.ts'
import { builtIn } from '../model/built-in.ts'
import { checkCandidate } from '../model/check.ts'
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

/**
 * What a role gives as it is written, in force or not: compiled as every role is, so that nobody has to publish to
 * know. Faults of the definition are told instead, with their paths in it.
 * @throws AppError HTTP_BODY_NOT_OBJECT, FIELD_REQUIRED, META_VALUE_INVALID for what is no role with a name
 */
export function explainRole({ model, actor }: RequestContext, raw: unknown, registry: Registry): RoleOutcome {
  const name = nameOf(raw)
  const role = acceptDefinition(raw, 'role', name)
  const candidate = {
    ...model.definitions,
    role: new Map<string, unknown>([...model.definitions.role, [name, role]]),
  }
  const at = pointer('role', name)
  const problems = checkCandidate(candidate, registry, new Set([`role/${name}`]))
    .filter(({ path }) => path === at || path.startsWith(`${at}/`))
    .map((fault) => ({ ...fault, path: fault.path.slice(at.length) }))
  if (problems.length > 0) return { problems, entities: [] }
  const access = accessOfRoles(model, [role as unknown as RoleDefinition])
  return { problems, entities: explainAccess({ model, language: actor.language }, access) }
}

function nameOf(raw: unknown): string {
  const isObject = typeof raw === 'object' && raw !== null && !Array.isArray(raw)
  if (!isObject) throw refuse('HTTP_BODY_NOT_OBJECT')
  const { name } = raw as { readonly name?: unknown }
  if (typeof name !== 'string' || name === '') throw refuse('FIELD_REQUIRED', '/name')
  return name
}
