import { OPERATORS } from '../../../metadata/rules/catalogue.ts'
import { AMBIENT } from '../../../metadata/rules/types.ts'
import { partWith, pipelineOn } from '../pipelines.ts'
import { isRecord, pointer } from '../pointer.ts'
import { fieldOf, type Inverse, inversesOf, optionTarget, type PlacedField, relationOf } from './follow.ts'
import type { ModelContext, Reference } from './kind-spec.ts'

/** What bare names belong to where a part stands, and what the rule's own record is. */
export interface Place {
  readonly context: ModelContext
  /** Undefined within a list of plain values. */
  readonly here: string | undefined
  readonly root: string
  /** Entities of records that have a name of their own: `item`, `steps.made`. */
  readonly named?: ReadonlyMap<string, string>
}

/** Deeper than any rule that the check lets pass. */
const MAX_DEPTH = 100

/** The fields, options and stages that a rule on an entity's records mentions. */
export function ruleReferences(
  context: ModelContext,
  entity: string,
  rule: unknown,
  at: string,
): readonly Reference[] {
  return partReferences({ context, here: entity, root: entity }, rule, at, 0)
}

/** The same for a rule in which other records have names, or whose bare names are not the root's. */
export function placedRuleReferences(place: Place, rule: unknown, at: string): readonly Reference[] {
  return partReferences(place, rule, at, 0)
}

function partReferences(place: Place, rule: unknown, at: string, depth: number): readonly Reference[] {
  if (depth > MAX_DEPTH) return []
  if (Array.isArray(rule)) {
    return rule.flatMap((part, index) => partReferences(place, part, at + pointer(index), depth + 1))
  }
  if (!isRecord(rule)) return []
  return Object.entries(rule).flatMap(([operator, argument]) => {
    const below = at + pointer(operator)
    if (operator === 'var') return varReferences(place, argument, below)
    if (OPERATORS.get(operator)?.signature.shape === 'each' && Array.isArray(argument)) {
      const [list, body] = argument as readonly unknown[]
      const within = { ...place, here: itemsOf(place, list) }
      return [
        ...partReferences(place, list, `${below}/0`, depth + 1),
        ...partReferences(within, body, `${below}/1`, depth + 1),
      ]
    }
    const inside = partReferences(place, argument, below, depth + 1)
    const compares = OPERATORS.get(operator)?.comparesOptions === true
    return compares ? [...inside, ...comparedValues(place, argument, below)] : inside
  })
}

/** The entity of the records of a list; undefined where it is none. */
function itemsOf(place: Place, list: unknown): string | undefined {
  if (!isRecord(list)) return undefined
  if (Array.isArray(list.filter)) return itemsOf(place, list.filter[0])
  const path = pathOf(list)
  return path === undefined ? undefined : follow(place, path)?.list
}

function pathOf(part: unknown): string | undefined {
  if (!isRecord(part)) return undefined
  const path: unknown = Array.isArray(part.var) ? part.var[0] : part.var
  return typeof path === 'string' ? path : undefined
}

/** One mention in the text of a path. */
type Mention = Pick<Reference, 'to' | 'byOtherName'> & { readonly span: readonly [number, number] }
interface Followed {
  readonly mentions: readonly Mention[]
  /** The field at the end. */
  readonly field: PlacedField | undefined
  /** The entity of the list at the end. */
  readonly list: string | undefined
}

/** Follows a path through lookups, and back through the names of inverses; undefined for what is no field's path. */
function follow({ context, here, root, named }: Place, path: string): Followed | undefined {
  if (Object.hasOwn(AMBIENT, path) || /^(actor|settings)\./.test(path)) return undefined
  const other = [...(named ?? [])].find(([name]) => path.startsWith(`${name}.`))
  if (other === undefined && named !== undefined && path.startsWith('steps.')) return undefined
  const prefix = other === undefined ? (/^(record|before)\./.exec(path)?.[0] ?? '') : `${other[0]}.`
  let entity: string | undefined = other?.[1] ?? (prefix === '' ? here : root)
  let start = prefix.length
  let field: PlacedField | undefined
  let list: string | undefined
  const mentions: Mention[] = []
  for (const name of path.slice(prefix.length).split('.')) {
    const reached = field?.stage?.part === 'ever_reached' ? field : undefined
    const stages = reached && pipelineOn(context.definitions, reached.entity, reached.stage!.of.name)
    if (stages !== undefined) {
      const span = [start, start + name.length] as const
      mentions.push({ to: { kind: 'pipeline', name: partWith(stages, name).name, item: name }, span })
    }
    if (entity === undefined) return { mentions, field: undefined, list: undefined }
    const end = start + name.length
    field = fieldOf(context, entity, name)
    const back =
      field === undefined ? inversesOf(context, entity).find((one) => one.name === name) : undefined
    if (back !== undefined) mentions.push(...backMentions(back, start, end))
    // System fields are nobody's definition.
    else if (field?.system !== true) {
      mentions.push({ to: { kind: 'entity', name: entity, item: name }, span: [start, end] })
    }
    const relation = field === undefined ? undefined : relationOf(field)
    list = back?.from
    entity = list ?? (relation?.kind === 'one' ? relation.to : undefined)
    start = end + 1
  }
  return { mentions, field, list }
}

/** The lookup behind a way back: by the inverse's own name, or by one that is made of entity and field. */
function backMentions({ from, field, named }: Inverse, start: number, end: number): readonly Mention[] {
  const to = { kind: 'entity', name: from, item: field } as const
  if (named) return [{ to, byOtherName: true, span: [start, end] }]
  const between = start + from.length
  return [
    { to: { kind: 'entity', name: from }, span: [start, between] },
    { to, span: [between + 1, end] },
  ]
}

function varReferences(place: Place, argument: unknown, at: string): readonly Reference[] {
  const [path, instead] = Array.isArray(argument) ? (argument as readonly unknown[]) : [argument]
  const followed = typeof path === 'string' ? follow(place, path) : undefined
  if (followed === undefined) return []
  const written = Array.isArray(argument) ? `${at}/0` : at
  const mentions = followed.mentions.map(
    (mention): Reference => ({ path: written, inRule: true, ...mention }),
  )
  const { field } = followed
  if (field === undefined) return mentions
  return [...mentions, ...valueReferences(place.context, field, instead, `${at}/1`)]
}

function comparedValues(place: Place, argument: unknown, at: string): readonly Reference[] {
  if (!Array.isArray(argument)) return []
  const fields = argument.flatMap((part): readonly PlacedField[] => {
    const path = pathOf(part)
    const field = path === undefined ? undefined : follow(place, path)?.field
    return field === undefined ? [] : [field]
  })
  const [field] = fields
  if (field === undefined) return []
  return argument.flatMap((part, index) => valueReferences(place.context, field, part, at + pointer(index)))
}

/** Option and stage names in a value or list of values of a closed field. */
export function valueReferences(
  context: ModelContext,
  field: PlacedField,
  value: unknown,
  at: string,
): readonly Reference[] {
  if (Array.isArray(value)) {
    return value.flatMap((entry, index) =>
      typeof entry === 'string' ? valueReferences(context, field, entry, at + pointer(index)) : [],
    )
  }
  if (typeof value !== 'string') return []
  const to = optionTarget(context, field, value)
  return to === undefined ? [] : [{ path: at, to, inRule: true }]
}
