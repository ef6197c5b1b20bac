import { type Problem, problem } from '../errors.ts'
import type { Registry } from '../registry/registry.ts'
import { addedFields, BUILT_IN, builtIn, withoutAdded } from './built-in.ts'
import { equalDefinitions } from './canonical.ts'
import { checkReferences } from './check-references.ts'
import { checkDefinition } from './check-shape.ts'
import type { Definition, DefinitionByKind, Kind } from './compiled.ts'
import { KIND_NAMES, toDefinitionSet } from './definition-set.ts'
import { addressOf } from './kinds/items.ts'
import type { ItemList, ModelContext } from './kinds/kind-spec.ts'
import { itemsOf, KINDS, specOf } from './kinds/kinds.ts'
import { isRecord, pointer, pointerSteps, valueAt } from './pointer.ts'
import { salvage } from './salvage.ts'

/** Definitions by kind and name that nobody has looked at yet. */
export type RawDefinitions = { readonly [K in Kind]: ReadonlyMap<string, unknown> }

/**
 * Every problem of a candidate model at once: shape, references, and what definitions mean together. Paths are
 * JSON pointers below `/<kind>/<name>`, such as `/entity/opportunity/fields/3/type`; the order is stable.
 * @param changed addresses (`entity/account`) of the definitions that are not in force yet: only their shape
 *   is checked. All when absent.
 */
export function checkCandidate(
  candidate: RawDefinitions,
  registry: Registry,
  changed?: ReadonlySet<string>,
): readonly Problem[] {
  const looked = KIND_NAMES.flatMap((kind) =>
    [...candidate[kind]]
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([name, raw]) => lookAt(raw, kind, name, registry, changed)),
  )
  const context: ModelContext = {
    registry,
    definitions: toDefinitionSet(
      looked.flatMap(({ definition }) => (definition === undefined ? [] : [definition])),
    ),
  }
  const unsure = new Set(looked.flatMap((one) => one.unsure))
  const gaps = looked.filter((one) => one.incomplete).map((one) => gapOf(one, candidate))
  return distinct([
    ...checkProtected(candidate, registry),
    ...looked.flatMap((one) => one.problems),
    ...looked
      .flatMap((one) => checkMeaning(one, context, unsure))
      .filter(
        (fault) => !ABOUT_OTHERS.has(fault.code) || !gaps.some((gap) => gap(namedAt(fault, candidate))),
      ),
    ...checkIds(looked),
  ])
}

/** What a missing entry of another definition may seem to cause: told once everything can be seen. */
const ABOUT_OTHERS: ReadonlySet<string> = new Set([
  'META_PIPELINE_MISSING',
  'META_DEFAULT_INVALID',
  'META_RELATION_UNKNOWN',
  'RULE_FIELD_UNKNOWN',
  'RULE_OPTION_UNKNOWN',
])

/** Kinds whose entries other definitions name: fields, relations, options, stages. */
const NAMED_BY_OTHERS: ReadonlySet<Kind> = new Set(['entity', 'option_set', 'pipeline'])

/** Whether what is missing from an incomplete definition may be what a fault elsewhere misses. */
type Gap = (named: readonly string[] | undefined) => boolean

function gapOf({ kind, name }: Looked, candidate: RawDefinitions): Gap {
  if (!NAMED_BY_OTHERS.has(kind)) return () => false
  const raw = candidate[kind].get(name)
  const isReadable = KINDS[kind].lists.every((list) => {
    const entries = valueAt(raw, list.at)
    return isRecord(raw) && (entries === undefined || Array.isArray(entries))
  })
  if (!isReadable) return () => true
  const written = new Set(textsIn(raw))
  return (named) => named === undefined || named.some((text) => written.has(text))
}

/**
 * The names that stand where a fault is: the steps of a path such as `account.region`, an option. Undefined where
 * that is no text, and for relations, whose names nobody needs to write.
 */
function namedAt(fault: Problem, candidate: RawDefinitions): readonly string[] | undefined {
  if (fault.code === 'META_RELATION_UNKNOWN') return undefined
  const value = valueAt(candidate, pointerSteps(fault.path).slice(0, 1))
  const [, name = '', ...steps] = pointerSteps(fault.path)
  const named = value instanceof Map ? valueAt(value.get(name), steps) : undefined
  return typeof named === 'string' ? named.replace(/^-/, '').split('.') : undefined
}

function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : []
}

interface Looked {
  readonly kind: Kind
  readonly name: string
  /** Of the right shape, what is wrong taken out; undefined when too little is left. */
  readonly definition: Definition | undefined
  /** Faults of shape, paths complete. */
  readonly problems: readonly Problem[]
  readonly unsure: readonly string[]
  readonly incomplete: boolean
  originalPath(path: string): string
}

function lookAt(
  raw: unknown,
  kind: Kind,
  name: string,
  registry: Registry,
  changed: ReadonlySet<string> | undefined,
): Looked {
  const address = addressOf(kind, name)
  // A change of the engine's own is one problem; what others mention stays as the engine knows it.
  const engineOwn = builtIn(kind, name)
  if (engineOwn !== undefined && !keepsEngineOwn(raw, engineOwn, registry)) {
    return sound(kind, name, engineOwn)
  }
  const known = changed !== undefined && !changed.has(address)
  const faults = known ? [] : checkDefinition(raw, kind, name, registry)
  const problems = faults.map((fault) => ({ ...fault, path: pointer(kind, name) + fault.path }))
  if (faults.length === 0) return sound(kind, name, raw as Definition)
  const faultsOf = (value: unknown) => checkDefinition(value, kind, name, registry).map((fault) => fault.path)
  const saved = salvage(raw, kind, name, faultsOf)
  const unsure = saved.definition === undefined ? [address, ...saved.unsure] : saved.unsure
  return { kind, name, problems, ...saved, unsure }
}

function sound(kind: Kind, name: string, definition: Definition): Looked {
  return { kind, name, definition, problems: [], unsure: [], incomplete: false, originalPath: (path) => path }
}

/** References, names and the kind's own rules; paths complete and as in what was sent. */
function checkMeaning(
  looked: Looked,
  context: ModelContext,
  unsure: ReadonlySet<string>,
): readonly Problem[] {
  const { kind, name, definition } = looked
  if (definition === undefined) return []
  const problems = [
    ...checkReferences(definition, context, unsure),
    ...KINDS[kind].lists.flatMap((list) => checkNames(list, definition, '')),
    ...checkKind(definition, context).filter((fault) => isOfWorkspace(fault, definition)),
  ]
  return problems.map((fault) => ({ ...fault, path: pointer(kind, name) + looked.originalPath(fault.path) }))
}

/** The engine's own definitions may say what others may not; the fields that a workspace adds to them may not. */
function isOfWorkspace({ path }: Problem, definition: Definition): boolean {
  const engineOwn = builtIn(definition.kind, definition.name)
  if (engineOwn === undefined) return true
  return addedFields(engineOwn, definition).some((position) => path.startsWith(`/fields/${position}/`))
}

function checkKind<K extends Kind>(
  definition: DefinitionByKind[K],
  context: ModelContext,
): readonly Problem[] {
  return specOf(definition).check(definition, context)
}

/** A name stands once in its list. */
function checkNames(list: ItemList, holder: unknown, at: string): readonly Problem[] {
  const entries = valueAt(holder, list.at)
  if (!Array.isArray(entries)) return []
  const seen = new Set<string>()
  return entries.flatMap((entry: { readonly name?: string }, index) => {
    const here = at + pointer(...list.at, index)
    const name = list.nameOf === undefined ? entry.name : list.nameOf(entry)
    const twice = name !== undefined && seen.has(name)
    if (name !== undefined) seen.add(name)
    const path = list.nameOf === undefined ? `${here}/name` : here
    return [
      ...(twice ? [problem('META_NAME_DUPLICATE', path, { params: { name } })] : []),
      ...(list.nested ?? []).flatMap((nested) => checkNames(nested, entry, here)),
    ]
  })
}

/** An id belongs to one definition or item in the whole model: values are found by it. */
function checkIds(looked: readonly Looked[]): readonly Problem[] {
  const seen = new Set<string>()
  return looked.flatMap(({ kind, name, definition, originalPath }) => {
    if (definition === undefined) return []
    const ids = [
      { id: definition.id, path: '/id' },
      ...itemsOf(kind, definition).map((item) => ({ id: item.id, path: `${item.path}/id` })),
    ]
    return ids.flatMap(({ id, path }) => {
      const key = id?.toLowerCase()
      if (key === undefined || !seen.has(key)) {
        if (key !== undefined) seen.add(key)
        return []
      }
      return [problem('META_ID_DUPLICATE', pointer(kind, name) + originalPath(path), { params: { id: key } })]
    })
  })
}

/** Whether a definition says all that the engine's own says, with nothing but fields added. */
function keepsEngineOwn(raw: unknown, engineOwn: Definition, registry: Registry): boolean {
  return equalDefinitions(withoutAdded(engineOwn, raw), engineOwn, registry)
}

/** The engine works with its own definitions as it knows them; a workspace may add fields of its own. */
function checkProtected(candidate: RawDefinitions, registry: Registry): readonly Problem[] {
  return BUILT_IN.flatMap((definition) => {
    const { kind, name } = definition
    if (keepsEngineOwn(candidate[kind].get(name), definition, registry)) return []
    return [problem('META_SYSTEM_PROTECTED', pointer(kind, name), { params: { name } })]
  })
}

/** One problem for each place and code, the one with a hint; in the order of paths as people read them. */
function distinct(problems: readonly Problem[]): readonly Problem[] {
  const kept = new Map<string, Problem>()
  for (const fault of problems) {
    const key = `${fault.code} ${fault.path}`
    if (!kept.has(key) || (kept.get(key)?.hint === undefined && fault.hint !== undefined))
      kept.set(key, fault)
  }
  return [...kept.values()].sort(
    (one, other) => comparePaths(one.path, other.path) || (one.code < other.code ? -1 : 1),
  )
}

const collator = new Intl.Collator('en', { numeric: true })

function comparePaths(one: string, other: string): number {
  return collator.compare(one, other) || (one < other ? -1 : one > other ? 1 : 0)
}
