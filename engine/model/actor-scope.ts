import { SETTINGS_SCOPE, withPrefix } from '../../metadata/rules/scopes.ts'
import type { RuleScope, ScopeEntry } from '../../metadata/rules/types.ts'

/** The teams of the actor: the main one, further ones and those led. */
export const ACTOR_TEAMS = 'actor.teams'

/**
 * The names of a rule over a record and the actor: those of `record`, and under `actor.` those of the actor's own
 * record.
 */
export function withActor(record: RuleScope, actor: RuleScope | undefined): RuleScope {
  const named = withPrefix(record, 'actor', actor)
  return {
    resolve: (path): ScopeEntry | undefined =>
      path === ACTOR_TEAMS ? { type: 'ids', from: 'actor' } : named.resolve(path),
    names: named.names,
  }
}

/** The names of a filter: it knows the teams of who asks beside `actor.id` and `actor.roles`, and no other field of theirs. */
export function withTeams(record: RuleScope): RuleScope {
  return {
    resolve: (path): ScopeEntry | undefined =>
      path === ACTOR_TEAMS ? { type: 'ids', from: 'actor' } : record.resolve(path),
    names: record.names,
  }
}

/** The names of a rule that a write must meet: the record with its lists, its stored state, the actor, the settings. */
export function writeScope(record: RuleScope, stored: RuleScope, actor: RuleScope | undefined): RuleScope {
  return withPrefix(roleScope(record, actor), 'before', stored)
}

/** The names of a rule of a role: the record, the actor and the workspace's settings. */
export function roleScope(record: RuleScope, actor: RuleScope | undefined): RuleScope {
  return withPrefix(withActor(record, actor), 'settings', SETTINGS_SCOPE)
}
