import type { Step, Token } from './tokens.ts'

/** The names that a text may use besides those of the fields: labels in any language. */
export interface TextNames {
  /** The field that is called so, below a path of fields; undefined where it is none: then the name stays as written. */
  find(written: string, under: readonly string[]): string | undefined
  /** The names within the items of a list of records. */
  items(path: readonly string[]): TextNames | undefined
}

/** A part of the rule, with the places of its own parts relative to it. */
export interface Node {
  readonly json: unknown
  readonly start: number
  readonly end: number
  readonly parts: readonly (readonly [string, Node])[]
  /** The sign of a chain that may grow: `a + b` before `+ c`. */
  readonly chain?: string
}

export function place(node: Node, at: string, spans: Map<string, readonly [number, number]>): void {
  spans.set(at, [node.start, node.end])
  for (const [below, part] of node.parts) place(part, at + below, spans)
}

export function call(operator: string, args: readonly Node[], start: number, end: number): Node {
  const [only] = args
  const isBare = args.length === 1 && only !== undefined && !Array.isArray(only.json)
  const key = `/${operator.replaceAll('~', '~0').replaceAll('/', '~1')}`
  return {
    json: { [operator]: isBare ? only.json : args.map((arg) => arg.json) },
    start,
    end,
    parts: args.map((arg, index) => [isBare ? key : `${key}/${index}`, arg] as const),
  }
}

export function between(operator: string, args: readonly Node[], chain?: string): Node {
  const node = call(operator, args, args[0]!.start, args.at(-1)!.end)
  return chain === undefined ? node : { ...node, chain }
}

export function bareWord(token: Token): string | undefined {
  if (token.kind !== 'path' || token.steps.length > 1) return undefined
  const [step] = token.steps
  return step!.isBracketed ? undefined : step!.text
}

export function listNode(items: readonly Node[], start: number, end: number): Node {
  return {
    json: items.map((item) => item.json),
    start,
    end,
    parts: items.map((item, index) => [`/${index}`, item] as const),
  }
}

/** `IFNULL(amount, 0)` is the second argument of `var`; of anything but a path and a plain value it is coalesce. */
export function fallback(args: readonly Node[], start: number, end: number): Node {
  const [value, instead] = args
  const path = isPathNode(value?.json) ? value.json.var : undefined
  const isPlain = instead !== undefined && (typeof instead.json !== 'object' || instead.json === null)
  if (args.length !== 2 || path === undefined || !isPlain) return call('coalesce', args, start, end)
  if (instead.json === null) return { json: { var: path }, start, end, parts: [] }
  return {
    json: { var: [path, instead.json] },
    start,
    end,
    parts: [
      ['/var/0', value!],
      ['/var/1', instead],
    ],
  }
}

function isPathNode(json: unknown): json is { readonly var: string } {
  return typeof json === 'object' && json !== null && 'var' in json && typeof json.var === 'string'
}

export function itemNames(list: unknown, names: TextNames | undefined): TextNames | undefined {
  let inner = list
  while (typeof inner === 'object' && inner !== null && 'filter' in inner && Array.isArray(inner.filter)) {
    inner = inner.filter[0]
  }
  return isPathNode(inner) ? names?.items(inner.var.split('.')) : undefined
}

/** What stands before the names of others, and leads to the same fields: `before.阶段`. */
const PREFIXES: ReadonlySet<string> = new Set(['before', 'record', 'actor', 'settings'])

export function resolved(
  steps: readonly Step[],
  names: TextNames | undefined,
  root: TextNames | undefined,
): readonly string[] {
  const [first, ...rest] = steps
  const isPrefixed = !first!.isBracketed && rest.length > 0 && PREFIXES.has(first!.text)
  if (!isPrefixed) return named(steps, names)
  const isOwn = first!.text === 'record' || first!.text === 'before'
  return [first!.text, ...named(rest, isOwn ? root : undefined)]
}

function named(steps: readonly Step[], names: TextNames | undefined): readonly string[] {
  const path: string[] = []
  for (const { text } of steps) path.push(names?.find(text, path) ?? text)
  return path
}
