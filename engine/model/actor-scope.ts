import type { RuleScope, ScopeEntry } from '../../metadata/rules/types.ts'

/** The teams of the actor: the main one, further ones and those led. */
export const ACTOR_TEAMS = 'actor.teams'
const PREFIX = 'actor.'

/**
 * The names of a rule over a record and the actor: those of `record`, and under `actor.` those of the actor's own
 * record.
 */
export function withActor(record: RuleScope, actor: RuleScope | undefined): RuleScope {
  return {
    resolve(path): ScopeEntry | undefined {
      if (path === ACTOR_TEAMS) return { type: 'ids' }
      return path.startsWith(PREFIX) ? actor?.resolve(path.slice(PREFIX.length)) : record.resolve(path)
    },
    names(under) {
      if (under === 'actor') return actor?.names() ?? []
      if (under?.startsWith(PREFIX) === true) return actor?.names(under.slice(PREFIX.length)) ?? []
      return under === undefined ? [...record.names(), 'actor'] : record.names(under)
    },
  }
}
