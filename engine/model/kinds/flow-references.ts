import type { FlowDefinition, Limit } from '../../../metadata/types.ts'
import type { ParameterUse } from '../../registry/action.ts'
import { isRecord, pointer } from '../pointer.ts'
import { signedName } from '../signed-name.ts'
import { entityOfTrigger } from './flow-entity.ts'
import { followWay, namedRecords, type PlacedStep, placedSteps, splitWay } from './flow-place.ts'
import { takesPeople } from './flow-values.ts'
import { fieldOf, inversesOf } from './follow.ts'
import type { ModelContext, Reference } from './kind-spec.ts'
import { pathReferences, whoReferences } from './mentions.ts'
import { isPeople, peopleReferences } from './people.ts'
import { placedRuleReferences, ruleReferences, valueReferences } from './rule-mentions.ts'
import { isWorkedOut } from './stage-action-check.ts'

/** Every mention of other definitions in a flow. */
export function flowReferences(flow: FlowDefinition, context: ModelContext): readonly Reference[] {
  const { trigger } = flow
  return [
    ...(trigger.approval === undefined
      ? []
      : [{ path: '/trigger/approval', to: { kind: 'approval' as const, name: trigger.approval } }]),
    ...(trigger.event === undefined ? [] : [eventReference(trigger.event, '/trigger/event')]),
    ...triggerReferences(flow, entityOfTrigger(trigger, context.definitions), context),
    ...placedSteps(flow, context).flatMap(stepReferences),
  ]
}

/** `connection.event` is a mention of the connection. */
export function eventReference(event: string, path: string): Reference {
  const name = event.split('.')[0] ?? ''
  return { path, to: { kind: 'connection', name }, span: [0, name.length] }
}

function triggerReferences(
  { trigger, key }: FlowDefinition,
  entity: string | undefined,
  context: ModelContext,
): readonly Reference[] {
  if (entity === undefined) return []
  return [
    ...(trigger.record === undefined
      ? []
      : [{ path: '/trigger/record', to: { kind: 'entity' as const, name: entity } }]),
    ...(trigger.fields ?? []).flatMap((name, index) =>
      fieldReference(context, entity, name, pointer('trigger', 'fields', index)),
    ),
    ...(trigger.time === undefined
      ? []
      : fieldReference(context, entity, trigger.time.field, '/trigger/time/field')),
    ...whoReferences(trigger.button?.for, '/trigger/button/for'),
    ...ruleReferences(context, entity, trigger.when, '/trigger/when'),
    ...ruleReferences(context, entity, key, '/key'),
  ]
}

/** System fields are nobody's definition. */
function fieldReference(
  context: ModelContext,
  entity: string | undefined,
  name: string,
  path: string,
  more: { readonly inKey?: true } = {},
): readonly Reference[] {
  if (entity === undefined || fieldOf(context, entity, name)?.system === true) return []
  return [{ path, to: { kind: 'entity', name: entity, item: name }, ...more }]
}

function stepReferences(placed: PlacedStep): readonly Reference[] {
  const { step, action, at } = placed
  if (action === undefined) return []
  const said = Object.entries(action.takes).flatMap(([key, { is }]) =>
    step[key] === undefined ? [] : USES[is](placed, step[key], at + pointer(key)),
  )
  const skips =
    step.when === undefined || action.takes.when !== undefined ? [] : ruleIn(placed, step.when, `${at}/when`)
  return [...said, ...skips]
}

function ruleIn({ place }: PlacedStep, rule: unknown, at: string, here?: string): readonly Reference[] {
  const root = place.entity ?? ''
  const rulePlace = { context: place.context, here: here ?? root, root, named: namedRecords(place) }
  return placedRuleReferences(rulePlace, rule, at)
}

type Use = (placed: PlacedStep, value: unknown, at: string) => readonly Reference[]

const nothing: Use = () => []

const USES: { readonly [U in ParameterUse]: Use } = {
  plain: nothing,
  entity: (_placed, value, path) => [{ path, to: { kind: 'entity', name: String(value) } }],
  record: ({ place }, value, at) => wayReferences(place, value, at),
  records: listReferences,
  values: valuesReferences,
  amounts: valuesReferences,
  field: ({ place, target }, value, at) => fieldReference(place.context, target, String(value), at),
  sort: sortReferences,
  condition: ruleIn,
  filter: (placed, value, at) =>
    placed.target === undefined ? [] : ruleIn(placed, value, at, placed.target),
  people: peopleIn,
  limit: ({ place }, value, at) => {
    const { since, field } = value as Limit
    return [
      ...(since === undefined ? [] : fieldReference(place.context, place.entity, since, `${at}/since`)),
      ...(field === undefined ? [] : fieldReference(place.context, place.entity, field, `${at}/field`)),
    ]
  },
  flow: (_placed, value, path) => [{ path, to: { kind: 'flow', name: String(value) } }],
  message: (_placed, value, path) => [{ path, to: { kind: 'message', name: String(value) } }],
  document: (_placed, value, path) => [{ path, to: { kind: 'document', name: String(value) } }],
  connection: (_placed, value, path) => [{ path, to: { kind: 'connection', name: String(value) } }],
  event: (_placed, value, path) => [eventReference(String(value), path)],
  slot: ruleIn,
  steps: nothing,
}

function peopleIn({ place }: PlacedStep, value: unknown, at: string): readonly Reference[] {
  const named = namedRecords(place)
  return peopleReferences(
    { context: place.context, here: place.entity, root: place.entity, named },
    value,
    at,
  )
}

/** The lookups along a way to a record. */
function wayReferences(place: PlacedStep['place'], way: unknown, at: string): readonly Reference[] {
  const lookups = followWay(place, way)?.lookups
  if (lookups === undefined) return []
  return pathReferences(place.context, lookups.from, lookups.path, { at, offset: lookups.offset })
}

/** The lookup behind the relation at the end of a way to a list. */
function listReferences({ place }: PlacedStep, way: unknown, at: string): readonly Reference[] {
  if (typeof way !== 'string' || way.startsWith('steps.')) return []
  const { holder, relation } = splitWay(way)
  const from = followWay(place, holder)?.entity
  const inverse =
    from === undefined ? undefined : inversesOf(place.context, from).find(({ name }) => name === relation)
  if (inverse === undefined) return []
  const to = { kind: 'entity', name: inverse.from, item: inverse.field } as const
  return [
    ...(holder === undefined ? [] : wayReferences(place, holder, at)),
    ...(inverse.named ? [{ path: at, to, byOtherName: true as const }] : []),
  ]
}

/** The fields of the target by which records are put in order. */
function sortReferences({ place, target }: PlacedStep, value: unknown, at: string): readonly Reference[] {
  if (target === undefined || !Array.isArray(value)) return []
  return value.flatMap((text: unknown, index) => {
    const { name, offset } = signedName(String(text))
    return pathReferences(place.context, target, name, { at: at + pointer(index), offset })
  })
}

function valuesReferences(placed: PlacedStep, value: unknown, at: string): readonly Reference[] {
  const { place, target } = placed
  if (target === undefined || !isRecord(value)) return []
  return Object.entries(value).flatMap(([name, said]) => {
    const path = at + pointer(name)
    const field = fieldOf(place.context, target, name)
    const key = fieldReference(place.context, target, name, path, { inKey: true })
    if (field === undefined) return key
    if (takesPeople(field) && isPeople(said)) return [...key, ...peopleIn(placed, said, path)]
    if (isWorkedOut(said)) return [...key, ...ruleIn(placed, said, path)]
    return [...key, ...valueReferences(place.context, field, said, path)]
  })
}
