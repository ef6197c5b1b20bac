import type { RoleDefinition } from '../../metadata/types.ts'
import { type Problem, problem } from '../errors.ts'
import type { CompiledModel, Kind } from '../model/compiled.ts'
import type { Access } from './access.ts'

/**
 * The administrative rights of a role that an actor lacks: who hands it out, defines it or acts for somebody who has
 * it would reach further than they may.
 */
export function rightsBeyond(
  access: Access,
  { administration = [], definitions = [] }: Pick<RoleDefinition, 'administration' | 'definitions'>,
): readonly string[] {
  return [
    ...administration.filter((right) => !access.may(right)),
    ...definitions.filter((kind) => !access.edits(kind as Kind)),
  ]
}

/** The same of several roles together; names that are no roles grant nothing. */
export function rightsBeyondAll(
  model: CompiledModel,
  access: Access,
  roles: readonly string[],
): readonly string[] {
  const beyond = roles.flatMap((name) => {
    const role = model.definitions.role.get(name)
    return role === undefined ? [] : rightsBeyond(access, role)
  })
  return [...new Set(beyond)]
}

/** The roles that a token may have: its maker's own, and those that the maker hands out. */
export function tokenRoles(model: CompiledModel, own: readonly string[], access: Access): readonly string[] {
  if (!access.may('roles')) return own
  const given = [...model.definitions.role.values()].filter((role) => rightsBeyond(access, role).length === 0)
  return [...new Set([...own, ...given.map(({ name }) => name)])]
}

export function beyondProblem(path: string, rights: readonly string[]): Problem {
  return problem('AUTH_BEYOND_OWN', path, { params: { rights: rights.join(', ') } })
}
