import type { Fate } from '../store/draft.ts'
import { isObject, isSame, type Json } from '../store/json-value.ts'

/** A field as a card of the model shows it. */
export interface FieldRow {
  readonly name: string
  readonly type: string
  readonly label: unknown
  /** Entities that it leads to. */
  readonly to: readonly string[]
  readonly fate: 'new' | 'changed' | undefined
}

export interface EntityCard {
  readonly name: string
  readonly definition: Json
  readonly fate: Fate | undefined
  readonly rows: readonly FieldRow[]
  /** Fields that the card has no room for. */
  readonly more: number
}

/** A field that leads from one entity to another. */
export interface Link {
  readonly id: string
  readonly from: string
  readonly field: string
  readonly to: string
  readonly isNew: boolean
}

/** Fields that a card shows at least, if there are as many; what leads elsewhere or is new may be more. */
const FIRST = 5
const MOST = 9

const LEADING: ReadonlySet<string> = new Set(['lookup', 'dynamic_lookup', 'many_to_many'])

/** An entity with the fields that tell most of it: the first, those that lead to others, those that the draft touches. */
export function cardOf(
  name: string,
  definition: Json,
  inForce: Json | undefined,
  fate: Fate | undefined,
): EntityCard {
  const before = new Map(fieldsOf(inForce).map((field) => [field.id ?? field.name, field]))
  const all = fieldsOf(definition).map((field): FieldRow => {
    const was = before.get(field.id ?? field.name)
    return {
      name: String(field.name ?? ''),
      type: String(field.type ?? ''),
      label: field.label,
      to: LEADING.has(String(field.type)) ? targetsOf(field.to) : [],
      fate: fate === 'new' || was === undefined ? 'new' : isSame(was, field) ? undefined : 'changed',
    }
  })
  const rank = (row: FieldRow, at: number): number =>
    row.fate !== undefined && fate !== 'new' ? 0 : at < FIRST ? 1 : row.to.length > 0 ? 2 : 3
  const chosen = all
    .map((row, at) => ({ row, at, rank: rank(row, at) }))
    .filter((one) => one.rank < 3)
    .sort((one, other) => one.rank - other.rank || one.at - other.at)
    .slice(0, MOST)
    .sort((one, other) => one.at - other.at)
  const rows = chosen.map(({ row }) => row)
  return { name, definition, fate, rows, more: all.length - rows.length }
}

export const fieldsOf = (definition: Json | undefined): readonly Json[] =>
  Array.isArray(definition?.fields) ? definition.fields.filter(isObject) : []

const targetsOf = (to: unknown): readonly string[] =>
  (Array.isArray(to) ? to : [to]).filter((one): one is string => typeof one === 'string')

/** The ways between entities that are there. */
export function linksOf(cards: readonly EntityCard[]): readonly Link[] {
  const known = new Set(cards.map(({ name }) => name))
  return cards.flatMap((card) => {
    const shown = new Map(card.rows.map((row) => [row.name, row]))
    return fieldsOf(card.definition).flatMap((field) => {
      if (!LEADING.has(String(field.type))) return []
      const name = String(field.name ?? '')
      return targetsOf(field.to)
        .filter((to) => known.has(to))
        .map((to) => ({
          ...{ id: `${card.name}.${name} ${to}`, from: card.name, field: name, to },
          isNew: shown.get(name)?.fate === 'new',
        }))
    })
  })
}

/** An entity and those that it is linked with. */
export function neighbours(links: readonly Link[], name: string): ReadonlySet<string> {
  return new Set([
    name,
    ...links.flatMap(({ from, to }) => (from === name ? [to] : to === name ? [from] : [])),
  ])
}

export const iconOf = ({ definition }: EntityCard): string | undefined =>
  typeof definition.icon === 'string' ? definition.icon : undefined
