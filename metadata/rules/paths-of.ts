import { OPERATORS } from './catalogue.ts'
import type { TypedRule } from './types.ts'

/** What a rule looks at: what must be loaded before it can run, and what must change for its value to change. */
export interface RulePaths {
  /** Fields of the record itself. */
  readonly own: ReadonlySet<string>
  /** Paths through lookups: `account.region`. */
  readonly related: ReadonlySet<string>
  /** Records that point here, by path, each with what the rule looks at of one of them. */
  readonly lists: ReadonlyMap<string, RulePaths>
  /** Paths of the stored state, without `before.`. */
  readonly before: ReadonlySet<string>
  /** Paths of the actor, without `actor.`; `id` and `roles` among them. */
  readonly actor: ReadonlySet<string>
  readonly settings: ReadonlySet<string>
  readonly usesToday: boolean
  readonly usesNow: boolean
  /** Whether it depends on the working calendar. */
  readonly usesCalendar: boolean
}

interface Collected {
  readonly own: Set<string>
  readonly related: Set<string>
  readonly lists: Map<string, Collected>
  readonly before: Set<string>
  readonly actor: Set<string>
  readonly settings: Set<string>
  usesToday: boolean
  usesNow: boolean
  usesCalendar: boolean
}

/** Everything that a checked rule looks at. */
export function pathsOf(typed: TypedRule): RulePaths {
  const root = nothing()
  collect(typed, root, root)
  return root
}

function nothing(): Collected {
  return {
    own: new Set(),
    related: new Set(),
    lists: new Map(),
    before: new Set(),
    actor: new Set(),
    settings: new Set(),
    usesToday: false,
    usesNow: false,
    usesCalendar: false,
  }
}

/** @param here what bare names belong to: the root, or the list within whose items the part stands */
function collect(part: TypedRule, here: Collected, root: Collected): void {
  if (part.kind === 'ambient') {
    if (part.name === 'today') root.usesToday = true
    else if (part.name === 'now') root.usesNow = true
    else root.actor.add(part.name.slice('actor.'.length))
  }
  if (part.kind === 'fallback') collect(part.value, here, root)
  if (part.kind === 'path') collectPath(part, here, root)
  if (part.kind !== 'call') return
  if (part.operator === 'today' || part.operator === 'days_since') root.usesToday = true
  if (part.operator === 'now') root.usesNow = true
  if (part.operator.startsWith('working_days')) root.usesCalendar = true
  const isEach = OPERATORS.get(part.operator)?.signature.shape === 'each'
  const [list, body] = part.arguments
  if (!isEach || list === undefined || body === undefined) {
    for (const argument of part.arguments) collect(argument, here, root)
    return
  }
  collect(list, here, root)
  collect(body, listBehind(list, here, root) ?? here, root)
}

function collectPath(part: Extract<TypedRule, { kind: 'path' }>, here: Collected, root: Collected): void {
  const { path, from, type } = part
  const inner = from === undefined ? path : path.slice(1)
  const text = inner.join('.')
  if (from === 'before' || from === 'actor' || from === 'settings') {
    root[from].add(text)
    return
  }
  const place = from === 'record' ? root : here
  if (type === 'records') {
    if (!place.lists.has(text)) place.lists.set(text, nothing())
    return
  }
  const set = inner.length === 1 ? place.own : place.related
  set.add(text)
}

/** Where the fields of a list's items are noted; undefined for a list of plain values. */
function listBehind(list: TypedRule, here: Collected, root: Collected): Collected | undefined {
  if (list.kind === 'call') return list.arguments[0] && listBehind(list.arguments[0], here, root)
  if (list.kind !== 'path' || list.type !== 'records') return undefined
  const place = list.from === 'record' ? root : here
  return place.lists.get((list.from === undefined ? list.path : list.path.slice(1)).join('.'))
}
