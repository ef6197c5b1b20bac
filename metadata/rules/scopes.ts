import type { PathOrigin, RuleScope, ScopeEntry } from './types.ts'

/** A scope with further names below a prefix: `before.stage`, `actor.campus`, `settings.currency`. */
export function withPrefix(scope: RuleScope, from: PathOrigin, inner: RuleScope | undefined): RuleScope {
  const prefix = `${from}.`
  return {
    resolve(path): ScopeEntry | undefined {
      if (!path.startsWith(prefix)) return scope.resolve(path)
      const entry = inner?.resolve(path.slice(prefix.length))
      return entry === undefined ? undefined : { ...entry, from }
    },
    names(under) {
      if (under === from) return inner?.names() ?? []
      if (under?.startsWith(prefix) === true) return inner?.names(under.slice(prefix.length)) ?? []
      return under === undefined ? [...scope.names(), from] : scope.names(under)
    },
  }
}

/** The names within a list: bare those of the item, `record.` those of the rule's record, the other prefixes as outside. */
export function withinList(root: RuleScope, items: RuleScope): RuleScope {
  return withPrefix(
    {
      resolve: (path) => outerEntry(root, path) ?? items.resolve(path),
      names: (under) => (isOuter(under) ? root.names(under) : items.names(under)),
    },
    'record',
    root,
  )
}

const OUTER: ReadonlySet<string | undefined> = new Set(['before', 'actor', 'settings'])

function isOuter(path: string | undefined): boolean {
  return OUTER.has(path?.split('.')[0])
}

function outerEntry(root: RuleScope, path: string): ScopeEntry | undefined {
  if (!isOuter(path)) return undefined
  const entry = root.resolve(path)
  return entry?.from === undefined ? undefined : entry
}

/** A closed list of names. */
export function namedScope(entries: ReadonlyMap<string, ScopeEntry>): RuleScope {
  return {
    resolve: (path) => entries.get(path),
    names(under) {
      const prefix = under === undefined ? '' : `${under}.`
      const below = [...entries.keys()].filter((name) => name.startsWith(prefix))
      return new Set(below.map((name) => name.slice(prefix.length).split('.')[0]!))
    },
  }
}

/** What a workspace's settings are called in rules. */
export const SETTINGS_SCOPE: RuleScope = namedScope(
  new Map<string, ScopeEntry>([
    ['currency', { type: 'text' }],
    ['time_zone', { type: 'text' }],
    ['language', { type: 'text', options: ['en', 'zh-CN'] }],
  ]),
)
