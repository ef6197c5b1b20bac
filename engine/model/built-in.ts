import administrator from './built-in/administrator.json' with { type: 'json' }
import comment from './built-in/comment.json' with { type: 'json' }
import file from './built-in/file.json' with { type: 'json' }
import team from './built-in/team.json' with { type: 'json' }
import user from './built-in/user.json' with { type: 'json' }
import type { Definition, Kind } from './compiled.ts'

/** The definitions that every workspace has: the engine's own entities and the administrator's role. */
export const BUILT_IN: readonly Definition[] = [user, team, comment, file, administrator] as Definition[]

/** The built-in definition of that kind and name, or undefined. */
export function builtIn(kind: Kind, name: string): Definition | undefined {
  return BUILT_IN.find((definition) => definition.kind === kind && definition.name === name)
}
