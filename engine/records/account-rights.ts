import { type Problem, problem } from '../errors.ts'
import type { CompiledEntity } from '../model/compiled.ts'
import type { RequestContext } from './context.ts'
import type { WriteValues } from './parse-write.ts'

/** What a user may do and reach hangs on these: nobody raises themselves, or a puppet of theirs. */
const RANK: ReadonlySet<string> = new Set(['roles', 'active', 'team', 'teams'])
/** How a user gets in: by their password, or by a new one that is sent to these. */
const KEYS: ReadonlySet<string> = new Set(['email', 'phone', 'password'])

/**
 * The fields of a user that this actor may not say although their roles let them change users: without the
 * administrative right `users` nobody's rank, and nobody's keys but their own.
 * @param id the user that is changed; undefined for a new one, who has no keys yet that could be taken
 */
export function deniedOfAccount(
  { access, actor }: RequestContext,
  entity: CompiledEntity,
  values: WriteValues,
  id: string | undefined,
): readonly Problem[] {
  if (!entity.builtIn || entity.name !== 'user' || access.may('users')) return []
  const isStranger = id !== undefined && id !== actor.id
  return [...values].flatMap(([{ name, defaultValue }, value]) => {
    const isDefault = id === undefined && value === defaultValue
    const isDenied = (RANK.has(name) && !isDefault) || (isStranger && KEYS.has(name))
    return isDenied ? [problem('FIELD_DENIED', `/${name}`)] : []
  })
}
