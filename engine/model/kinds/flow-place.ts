import { namedScope } from '../../../metadata/rules/scopes.ts'
import type { RuleScope, ScopeEntry } from '../../../metadata/rules/types.ts'
import type { FlowDefinition, FlowStep, Text } from '../../../metadata/types.ts'
import type { LocalText } from '../../errors.ts'
import type { Action } from '../../registry/action.ts'
import { roleScope } from '../actor-scope.ts'
import { pointer } from '../pointer.ts'
import { entityOfTrigger } from './flow-entity.ts'
import { endOfPath, inversesOf, relationOf } from './follow.ts'
import type { ModelContext } from './kind-spec.ts'
import { recordScope, ruleScope } from './rule-scope.ts'

/** What an earlier step gives to later ones. */
export interface Given {
  readonly gives: NonNullable<Action['gives']> | Answered
  /** Of the records that it gives. */
  readonly entity: string | undefined
  /** What the step is called, and what it does; neither of what set the flow off. */
  readonly label?: Text | undefined
  readonly action?: LocalText | undefined
}

/** What another system answers: any name, a text unless the step says otherwise. */
export interface Answered {
  readonly kind: 'answer'
  readonly types: Readonly<Record<string, 'text' | 'number' | 'id'>>
}

/** Where a step stands: what its rules and ways may name. */
export interface FlowPlace {
  readonly context: ModelContext
  /** Of the record that the flow is about; undefined where it is about none. */
  readonly entity: string | undefined
  /** Of the record at hand within `for_each`. */
  readonly item: string | undefined
  readonly earlier: ReadonlyMap<string, Given>
}

export interface PlacedStep {
  readonly step: FlowStep
  /** Undefined where nothing of that name is registered. */
  readonly action: Action | undefined
  /** JSON pointer from the definition. */
  readonly at: string
  readonly place: FlowPlace
  /** The entity of the records that it is about. */
  readonly target: string | undefined
}

/** The name under which steps read what set the flow off, as if it were the first of them. */
export const TRIGGER_STEP = 'trigger'

/** Every step of a flow in the order in which it is written, each before those that it holds. */
export function placedSteps(flow: FlowDefinition, context: ModelContext): readonly PlacedStep[] {
  const earlier = new Map<string, Given>()
  if (flow.trigger.event !== undefined)
    earlier.set(TRIGGER_STEP, { gives: answered(flow.trigger.gives), entity: undefined })
  const found: PlacedStep[] = []
  walk(
    flow.steps,
    '/steps',
    { context, entity: entityOfTrigger(flow.trigger, context.definitions), item: undefined, earlier },
    found,
  )
  return found
}

function walk(list: readonly FlowStep[], at: string, outer: FlowPlace, found: PlacedStep[]): void {
  const earlier = outer.earlier as Map<string, Given>
  for (const [index, step] of list.entries()) {
    const action = outer.context.registry.action(step.do)
    const place = { ...outer, earlier: new Map(earlier) }
    const target = action === undefined ? undefined : targetOf(place, action, step)
    const path = at + pointer(index)
    found.push({ step, action, at: path, place, target })
    const gives = action?.answers?.(step) === true ? answered(step.gives) : action?.gives
    if (step.name !== undefined && gives !== undefined)
      earlier.set(step.name, { gives, entity: target, label: step.label, action: action?.label })
    const item = step.do === 'for_each' ? recordsEntity(place, step.in) : outer.item
    for (const { steps, path: below } of blocksOf(action, step)) {
      walk(steps, path + below, { ...outer, item }, found)
    }
  }
}

function answered(gives: unknown): Answered {
  return { kind: 'answer', types: (gives ?? {}) as Answered['types'] }
}

export function isAnswered(gives: Given['gives']): gives is Answered {
  return typeof gives === 'object' && gives.kind === 'answer' && typeof gives.types === 'object'
}

/** The lists of steps that a step holds, those for errors included. */
export function blocksOf(
  action: Action | undefined,
  step: FlowStep,
): readonly { readonly steps: readonly FlowStep[]; readonly path: string }[] {
  const own = Object.entries(action?.takes ?? {}).flatMap(([key, { is }]) =>
    is === 'steps' && Array.isArray(step[key])
      ? [{ steps: step[key] as readonly FlowStep[], path: pointer(key) }]
      : [],
  )
  const onError = Object.entries(step.onError ?? {}).map(([code, steps]) => ({
    steps,
    path: pointer('onError', code),
  }))
  return [...own, ...onError]
}

function targetOf(place: FlowPlace, action: Action, step: FlowStep): string | undefined {
  const { target } = action
  if (target === undefined) return undefined
  const said = step[target]
  if (action.takes[target]?.is === 'entity') return typeof said === 'string' ? said : undefined
  return followWay(place, said)?.entity
}

/** Where a way to a record leads: the entity, and from where on what of it are lookups. */
export interface Way {
  readonly entity: string
  /** The entity at which the lookups begin, and where in the text they do; undefined where there are none. */
  readonly lookups: { readonly from: string; readonly path: string; readonly offset: number } | undefined
}

/** Follows a way to one record; undefined where it leads nowhere. */
export function followWay(place: FlowPlace, way: unknown): Way | undefined {
  if (way === undefined) {
    return place.entity === undefined ? undefined : { entity: place.entity, lookups: undefined }
  }
  if (typeof way !== 'string') return undefined
  const begin = beginningOf(place, way)
  if (begin === undefined) return undefined
  const path = way.slice(begin.length === 0 ? 0 : begin.length + 1)
  if (path === '') return { entity: begin.entity, lookups: undefined }
  const end = endOfPath(place.context, begin.entity, path)
  const relation = end === undefined ? undefined : relationOf(end)
  if (relation?.kind !== 'one') return undefined
  const offset = way.length - path.length
  return { entity: relation.to, lookups: { from: begin.entity, path, offset } }
}

/** Which record a way begins at, and how long its name is: 0 for the flow's own. */
function beginningOf(
  place: FlowPlace,
  way: string,
): { readonly entity: string; readonly length: number } | undefined {
  for (const [name, entity] of namedRecords(place)) {
    if (way === name || way.startsWith(`${name}.`)) return { entity, length: name.length }
  }
  if (way.startsWith('steps.') || place.entity === undefined) return undefined
  return { entity: place.entity, length: 0 }
}

/** The records that have a name of their own, by it. */
export function namedRecords({ item, earlier }: FlowPlace): ReadonlyMap<string, string> {
  const steps = [...earlier].flatMap(([name, { gives, entity }]): [string, string][] => {
    if (entity === undefined || typeof gives !== 'string') return []
    return [[gives === 'list' ? `steps.${name}.first` : `steps.${name}`, entity]]
  })
  return new Map([...(item === undefined ? [] : [['item', item] as const]), ...steps])
}

/** The entity of the records of a list: a relation of the flow's record or of one with a name, or what a step found. */
export function recordsEntity(place: FlowPlace, way: unknown): string | undefined {
  if (typeof way !== 'string') return undefined
  const [, step] = /^steps\.([a-z][a-z0-9_]*)\.records$/.exec(way) ?? []
  const given = step === undefined ? undefined : place.earlier.get(step)
  if (given !== undefined) return given.gives === 'list' ? given.entity : undefined
  const { holder, relation } = splitWay(way)
  const from = followWay(place, holder)?.entity
  if (from === undefined) return undefined
  return inversesOf(place.context, from).find(({ name }) => name === relation)?.from
}

/** `account.quotes` is the relation `quotes` of the record at the end of `account`. */
export function splitWay(way: string): { readonly holder: string | undefined; readonly relation: string } {
  const cut = way.lastIndexOf('.')
  return cut === -1
    ? { holder: undefined, relation: way }
    : { holder: way.slice(0, cut), relation: way.slice(cut + 1) }
}

/** The names that the rules of a step may use. */
export function flowScope(place: FlowPlace): RuleScope {
  const { context, entity } = place
  const own =
    entity === undefined
      ? roleScope(namedScope(new Map()), ruleScope(context, 'user'))
      : recordScope(context, entity)
  return {
    resolve: (path) => namedEntry(place, path) ?? (isNamed(place, path) ? undefined : own.resolve(path)),
    names(under) {
      if (under === undefined) {
        return [...own.names(), ...(place.item === undefined ? [] : ['item']), 'steps']
      }
      if (under === 'steps') return place.earlier.keys()
      const records = namedRecords(place).get(under)
      if (records !== undefined) return ruleScope(context, records).names()
      const given = place.earlier.get(under.slice('steps.'.length))
      if (!under.startsWith('steps.') || given === undefined) return own.names(under)
      if (isAnswered(given.gives)) return Object.keys(given.gives.types)
      if (typeof given.gives === 'object') return Object.keys(given.gives)
      return given.gives === 'list' ? ['count', 'first'] : []
    },
  }
}

function isNamed(place: FlowPlace, path: string): boolean {
  return (
    path === 'steps' || path.startsWith('steps.') || (place.item !== undefined && /^item(\.|$)/.test(path))
  )
}

function namedEntry(place: FlowPlace, path: string): ScopeEntry | undefined {
  for (const [name, entity] of namedRecords(place)) {
    if (path === name) return { type: 'id' }
    if (path.startsWith(`${name}.`))
      return ruleScope(place.context, entity).resolve(path.slice(name.length + 1))
  }
  const [, step = '', key = ''] = /^steps\.([a-z][a-z0-9_]*)\.([a-z][a-z0-9_]*)$/.exec(path) ?? []
  const gives = place.earlier.get(step)?.gives
  if (gives === 'list') return key === 'count' ? { type: 'number' } : undefined
  if (gives !== undefined && isAnswered(gives)) return { type: gives.types[key] ?? 'text' }
  const type = typeof gives === 'object' ? gives[key] : undefined
  return type === undefined ? undefined : { type }
}

/** The names of the trigger's condition: the record, what stood before, who did it. */
export function triggerScope(context: ModelContext, entity: string): RuleScope {
  return recordScope(context, entity)
}
