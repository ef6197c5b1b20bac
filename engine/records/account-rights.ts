import type { Actor } from '../access/actor.ts'
import { findActor } from '../access/find-actor.ts'
import { beyondProblem, rightsBeyondAll } from '../access/hand-out.ts'
import { type Problem, problem } from '../errors.ts'
import type { CompiledEntity } from '../model/compiled.ts'
import type { RequestContext } from './context.ts'
import type { WriteValues } from './parse-write.ts'

/** What a user may do hangs on these: nobody raises themselves, or a puppet of theirs. */
const STANDING: ReadonlySet<string> = new Set(['active', 'team', 'teams'])
/** How a user gets in: by their password, or by a new one that is sent to these. */
const KEYS: ReadonlySet<string> = new Set(['email', 'phone', 'password'])

/**
 * The fields of a user that this actor may not say although their roles let them change users. Roles are for those
 * with the administrative right `roles`, standing and others' keys for those with `users`; and whatever rights one has,
 * nobody gives or takes a role with an administrative right that they lack, nor gets hold of somebody who has one.
 * @param id the user that is changed; undefined for a new one, who has no keys yet that could be taken
 */
export async function deniedOfAccount(
  context: RequestContext,
  entity: CompiledEntity,
  values: WriteValues,
  id: string | undefined,
): Promise<readonly Problem[]> {
  if (!entity.builtIn || entity.name !== 'user') return []
  const { access, actor } = context
  // A token has fewer rights than the person behind it, who is as strange to it as anybody.
  const isStranger = id !== undefined && (id !== actor.id || actor.kind === 'token')
  const said = [...values].filter(([{ defaultValue }, value]) => id !== undefined || value !== defaultValue)
  const needs = (name: string): 'roles' | 'users' | undefined => {
    if (name === 'roles') return 'roles'
    return STANDING.has(name) || (isStranger && KEYS.has(name)) ? 'users' : undefined
  }
  const guarded = said.filter(([field]) => needs(field.name) !== undefined)
  if (guarded.length === 0) return []
  const denied = guarded.filter(([field]) => !access.may(needs(field.name)!))
  if (denied.length > 0) return denied.map(([field]) => problem('FIELD_DENIED', `/${field.name}`))
  const before = id === undefined ? undefined : await storedUser(context, id)
  return guarded.flatMap(([field, value]) => {
    const held = before?.roles ?? []
    const roles = field.name === 'roles' ? changedRoles(held, value) : isStranger ? held : []
    const beyond = rightsBeyondAll(context.model, access, roles)
    return beyond.length === 0 ? [] : [beyondProblem(`/${field.name}`, beyond)]
  })
}

/** Given and taken: an administrator is not to be disarmed by somebody who could not make one. */
function changedRoles(before: readonly string[], value: unknown): readonly string[] {
  const after: readonly string[] = Array.isArray(value) ? value.filter((one) => typeof one === 'string') : []
  return [
    ...after.filter((role) => !before.includes(role)),
    ...before.filter((role) => !after.includes(role)),
  ]
}

/** Past the pool for writes, since the caller may hold one of its connections. */
function storedUser({ db, model }: RequestContext, id: string): Promise<Actor | undefined> {
  return db.transaction((tx) => findActor(tx, model, id), { direct: true })
}
