import { didYouMean, nearest } from '../nearest.ts'
import { below, type CheckContext, mayGuess, report, shorten } from './check-context.ts'
import { checkLiteral } from './check-literal.ts'
import {
  AMBIENT,
  type AmbientName,
  LIST_OF,
  type LocalText,
  type RuleScope,
  type RuleType,
  SCALAR_TYPES,
  type ScalarType,
  type ScopeEntry,
  type TypedPath,
  type TypedRule,
} from './types.ts'

const AMBIENT_NAMES: ReadonlyMap<string, AmbientName> = new Map(
  (Object.keys(AMBIENT) as AmbientName[]).map((name) => [name, name]),
)

/** No path that leads anywhere is longer; a longer one is not looked at step by step. */
const LONGEST_PATH = 400

/** Checks `{"var": path}` or `{"var": [path, instead]}`; `argument` is what stands under `var`. */
export function checkPath(argument: unknown, path: string, context: CheckContext): TypedRule | undefined {
  const parts: readonly unknown[] = Array.isArray(argument) ? argument : [argument]
  const [name, instead] = parts
  if (typeof name !== 'string' || name === '' || parts.length > 2) {
    return report(context, {
      code: 'RULE_SHAPE_INVALID',
      path,
      hint: {
        en: '“var” takes the name of a field, and if wanted a value that stands in for null.',
        'zh-CN': '“var”后写字段名，可再写一个为空时的替代值。',
      },
    })
  }
  const namePath = Array.isArray(argument) ? below(path, 0) : path
  const value = resolve(name, namePath, context)
  if (value === undefined || instead === undefined || instead === null) return value
  const type = value.type === 'null' ? 'text' : value.type
  const literal = checkLiteral(instead, below(path, 1), type, context)
  if (literal === undefined || literal.kind !== 'literal') return undefined
  return { kind: 'fallback', type, value, instead: literal }
}

function resolve(name: string, path: string, context: CheckContext): TypedRule | undefined {
  if (name.length > LONGEST_PATH) {
    return report(context, { code: 'RULE_FIELD_UNKNOWN', path, params: { name: shorten(name) } })
  }
  const ambient = AMBIENT_NAMES.get(name)
  if (ambient !== undefined) return { kind: 'ambient', type: AMBIENT[ambient], name: ambient }
  const entry = context.scope.resolve(name)
  if (entry !== undefined) return typedPath(name, entry, path, context)
  const behind = throughList(name, path, context)
  if (behind !== NO_LIST) return behind
  return report(context, {
    code: 'RULE_FIELD_UNKNOWN',
    path,
    params: { name: shorten(name) },
    ...hintFor(name, context),
  })
}

function typedPath(
  name: string,
  entry: ScopeEntry,
  path: string,
  context: CheckContext,
): TypedRule | undefined {
  const { type, options, from, items, unfit, means } = entry
  if (unfit !== undefined) {
    return report(context, { code: 'RULE_PLACE_UNFIT', path, params: { name: shorten(name) }, hint: unfit })
  }
  if (items === ITEM_ITSELF) return { kind: 'item', type }
  const typed: TypedPath = {
    kind: 'path',
    type,
    path: name.split('.'),
    ...(from === undefined ? {} : { from }),
    ...(options === undefined ? {} : { options }),
  }
  if (means !== undefined) {
    const meant = means(typed.path, from)
    return meant.kind === 'call' ? { ...meant, written: typed } : meant
  }
  if (type === 'records' && items !== undefined) context.itemScopes.set(typed, items)
  return typed
}

/** Marks the entry of `item`, which is no field of anything. */
const ITEM_ITSELF: RuleScope = { resolve: () => undefined, names: () => [] }

/** The one name within a list of plain values. */
export function itemScope(type: RuleType): RuleScope {
  return {
    resolve: (path) => (path === 'item' ? { type, items: ITEM_ITSELF } : undefined),
    names: (under) => (under === undefined ? ['item'] : []),
  }
}

const NO_LIST = Symbol('no list')

/** `quotes.total`: the value of each of the records, short for map. */
function throughList(
  name: string,
  path: string,
  context: CheckContext,
): TypedRule | undefined | typeof NO_LIST {
  const steps = name.split('.')
  for (let at = steps.length - 1; at > 0; at--) {
    const before = steps.slice(0, at).join('.')
    const entry = context.scope.resolve(before)
    if (entry?.type !== 'records' || entry.items === undefined) continue
    const field = entry.items.resolve(steps.slice(at).join('.'))
    if (field === undefined || !isScalar(field.type)) return NO_LIST
    const list = typedPath(before, entry, path, context)
    const each = typedPath(steps.slice(at).join('.'), field, path, context)
    if (list === undefined || each === undefined) return undefined
    return { kind: 'call', type: LIST_OF[field.type], operator: 'map', arguments: [list, each] }
  }
  return NO_LIST
}

function isScalar(type: RuleType): type is ScalarType {
  return (SCALAR_TYPES as readonly RuleType[]).includes(type)
}

function hintFor(name: string, context: CheckContext): { readonly hint?: LocalText } {
  const hint = mayGuess(context, name) ? didYouMean(guess(name, context.scope)) : undefined
  return hint === undefined ? {} : { hint }
}

/** The name that was probably meant: each step of the path mended on its own, as far as all lead somewhere. */
function guess(name: string, scope: RuleScope): string | undefined {
  const steps = name.split('.')
  const mended: string[] = []
  for (const [index, step] of steps.entries()) {
    const under = mended.length === 0 ? undefined : mended.join('.')
    const leadsOn = (candidate: string) => !isEmpty(scope.names([...mended, candidate].join('.')))
    const candidates =
      index === steps.length - 1 ? scope.names(under) : [...scope.names(under)].filter(leadsOn)
    const known = under === undefined ? [...candidates, ...AMBIENT_NAMES.keys()] : [...candidates]
    const found = known.includes(step) ? step : nearest(step, known)
    if (found === undefined) return nearest(name, AMBIENT_NAMES.keys())
    mended.push(found)
  }
  const whole = mended.join('.')
  const leadsSomewhere = AMBIENT_NAMES.has(whole) || scope.resolve(whole) !== undefined
  return whole !== name && leadsSomewhere ? whole : nearest(name, AMBIENT_NAMES.keys())
}

function isEmpty(names: Iterable<string>): boolean {
  for (const _ of names) return false
  return true
}
