import { resolved, type Schema, titlesOf, variantsOf } from '../inspector/schema.ts'
import { isObject, isSame, type Json, type Path, valueAt, withValue } from '../store/json-value.ts'

/** Steps within a step: of a branch, of each record of a list, of what comes late or fails. */
export interface Lane {
  /** Where its list stands, whether there is one yet or not. */
  readonly path: Path
  readonly title: Readonly<Record<string, string>>
  readonly steps: readonly StepNode[]
}

export interface StepNode {
  readonly path: Path
  readonly step: Json
  readonly lanes: readonly Lane[]
  /** `split`: it goes one of its ways. `each`: its steps come again. `aside`: it goes on, and now and then another way. */
  readonly way: 'plain' | 'split' | 'each' | 'aside'
}

/** What a step of some `do` holds besides itself. */
export interface Block {
  readonly key: string
  readonly title: Readonly<Record<string, string>>
  readonly isRequired: boolean
}

export const keyOfPath = (path: Path): string => path.join('/')

const isSteps = (schema: Schema | undefined): boolean => schema?.items?.$ref?.endsWith('/step') === true

/** The blocks of steps of each action, from the schema of flows: an action that comes with a plugin is drawn as well. */
export function blocksOf(root: Schema): ReadonlyMap<string, readonly Block[]> {
  const step = root.$defs?.step
  if (step === undefined) return new Map()
  return new Map(
    variantsOf(root, step).map(({ value, schema }) => [
      value,
      Object.entries(schema.properties ?? {}).flatMap(([key, one]) =>
        isSteps(one)
          ? [{ key, title: titlesOf(one, key), isRequired: schema.required?.includes(key) === true }]
          : [],
      ),
    ]),
  )
}

/** The steps of a flow as a tree. */
export function readSteps(
  list: unknown,
  path: Path,
  blocks: ReadonlyMap<string, readonly Block[]>,
): readonly StepNode[] {
  if (!Array.isArray(list)) return []
  return list.map((one, at) => readStep(isObject(one) ? one : {}, [...path, String(at)], blocks))
}

function readStep(step: Json, path: Path, blocks: ReadonlyMap<string, readonly Block[]>): StepNode {
  const own = blocks.get(String(step.do)) ?? []
  const hasOwn = own.some(({ isRequired }) => isRequired)
  // What an action lives by is drawn before there is a step in it; what may be there, once it is.
  const shown = own.filter(({ key }) => hasOwn || step[key] !== undefined)
  const lanes = shown.map(
    ({ key, title }): Lane => ({
      path: [...path, key],
      title,
      steps: readSteps(step[key], [...path, key], blocks),
    }),
  )
  const faults = isObject(step.onError) ? Object.keys(step.onError) : []
  const onError = faults.map((code): Lane => {
    const at = [...path, 'onError', code]
    return {
      path: at,
      title: { en: code, 'zh-CN': code },
      steps: readSteps(valueAt(step, ['onError', code]), at, blocks),
    }
  })
  const all = [...lanes, ...onError]
  const way = all.length === 0 ? 'plain' : !hasOwn ? 'aside' : lanes.length > 1 ? 'split' : 'each'
  return { path, step, lanes: all, way }
}

/** All steps, those within others behind these. */
export const flat = (nodes: readonly StepNode[]): readonly StepNode[] =>
  nodes.flatMap((node) => [node, ...node.lanes.flatMap(({ steps }) => flat(steps))])

/** A place in a list of steps. */
export interface Slot {
  readonly list: Path
  readonly at: number
}

/** With a step at a place. */
export function inserted(definition: Json, { list, at }: Slot, step: Json): Json {
  const here = valueAt(definition, list)
  const steps = Array.isArray(here) ? here : []
  return withValue(definition, list, steps.toSpliced(at, 0, step)) as Json
}

/** Without a step; a list within a step that is left empty goes with it. */
export function withoutStep(definition: Json, path: Path): Json {
  const list = path.slice(0, -1)
  const steps = valueAt(definition, list)
  if (!Array.isArray(steps)) return definition
  const left = steps.toSpliced(Number(path.at(-1)), 1)
  return withValue(definition, list, left.length === 0 && list.length > 1 ? undefined : left) as Json
}

/** Stands where a step was until it is gone: places of others are not disturbed by it. */
const GAP: Json = { do: 'gap' }

/**
 * With a step at another place.
 * @returns where it is then; undefined where it cannot go there, such as into itself
 */
export function movedStep(
  definition: Json,
  from: Path,
  to: Slot,
): { readonly definition: Json; readonly path: Path } | undefined {
  const step = valueAt(definition, from)
  if (!isObject(step) || isSame(to.list.slice(0, from.length), from)) return undefined
  const own = { ...step } // found again by its identity
  const opened = inserted(withValue(definition, from, GAP) as Json, to, own)
  const gap = pathTo(opened, GAP)
  const next = gap === undefined ? opened : withoutStep(opened, gap)
  const path = pathTo(next, own)
  return path === undefined ? undefined : { definition: next, path }
}

function pathTo(value: unknown, wanted: Json, path: Path = []): Path | undefined {
  if (value === wanted) return path
  if (typeof value !== 'object' || value === null) return undefined
  for (const [key, inner] of Object.entries(value)) {
    const found = pathTo(inner, wanted, [...path, key])
    if (found !== undefined) return found
  }
  return undefined
}

/** The place one up or down: at the end of a list within a step before or behind this step. */
export function slotBeside(definition: Json, path: Path, by: -1 | 1): Slot | undefined {
  const list = path.slice(0, -1)
  const at = Number(path.at(-1))
  const steps = valueAt(definition, list)
  const count = Array.isArray(steps) ? steps.length : 0
  if (by === -1 && at > 0) return { list, at: at - 1 }
  // Counted before it is taken out of the list.
  if (by === 1 && at < count - 1) return { list, at: at + 2 }
  const outer = outerStep(list)
  if (outer === undefined) return undefined
  return { list: outer.slice(0, -1), at: Number(outer.at(-1)) + (by === 1 ? 1 : 0) }
}

/** The step in whose list a list stands. */
function outerStep(list: Path): Path | undefined {
  for (let length = list.length - 1; length > 1; length--) {
    if (/^\d+$/.test(list[length - 1] ?? '')) return list.slice(0, length)
  }
  return undefined
}

/** The step that a problem is about: the innermost around its place. */
export function stepOfPlace(nodes: readonly StepNode[], pointer: string): string | undefined {
  const place = pointer.slice(1)
  if (place === 'trigger' || place.startsWith('trigger/')) return 'trigger'
  return flat(nodes)
    .map(({ path }) => keyOfPath(path))
    .findLast((key) => place === key || place.startsWith(`${key}/`))
}

/** The schema of what a step does. */
export const actionSchema = (root: Schema, action: string): Schema | undefined => {
  const step = root.$defs?.step
  if (step === undefined) return undefined
  return variantsOf(root, resolved(root, step)).find(({ value }) => value === action)?.schema
}
