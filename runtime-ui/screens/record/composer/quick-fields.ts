import type { Entity, Field, RecordData } from '../../../api/types.ts'
import { phoneOf } from '../../../values/main-facts.ts'

/** An activity that one may make about a record. */
export interface NewActivity {
  readonly entity: Entity
  /** The field by which it is about the record. */
  readonly by: Field
}

const ACTIVITY = 'record.'

/** What one may note down about records of an entity besides a comment, in the order in which its timeline has it. */
export function newActivities(entity: Entity, entities: readonly Entity[]): readonly NewActivity[] {
  return entity.timeline.flatMap((type): readonly NewActivity[] => {
    const other = type.startsWith(ACTIVITY)
      ? entities.find(({ name }) => name === type.slice(ACTIVITY.length))
      : undefined
    const relation = entity.relations.find((one) => one.entity === other?.name && isWay(other, one.field))
    const by = other?.fields.find(({ name }) => name === relation?.field)
    return other?.rights.create === true && by?.writable === true ? [{ entity: other, by }] : []
  })
}

function isWay(entity: Entity | undefined, name: string): boolean {
  const kind = entity?.fields.find((field) => field.name === name)?.relation?.kind
  return kind === 'one' || kind === 'dynamic'
}

/** The value by which a new activity is about a record. */
export function aboutValue({ by }: NewActivity, entity: string, id: string): unknown {
  return by.relation?.kind === 'dynamic' ? { entity, id } : id
}

/** Types that are answered in a moment. */
const SHORT: ReadonlySet<string> = new Set(['select', 'date', 'date_time', 'duration', 'boolean'])
const PROSE: ReadonlySet<string> = new Set(['long_text', 'rich_text'])
/** Short fields beside the title and what is required. */
const MOST_SHORT = 4

/**
 * What is asked of an activity in a hurry: its title, what it must have, a few things that are quickly chosen, and its words.
 * The rest waits on its own page.
 * @param known the fields that the actor may fill in
 * @param left fields that are not asked for: something else fills them
 */
export function quickFields(
  { entity, by }: NewActivity,
  known: ReadonlySet<string>,
  left: readonly (string | undefined)[] = [],
): readonly Field[] {
  const order = [...new Set(entity.sections.flatMap(({ fields }) => fields))]
  const fields = order.flatMap((name) => entity.fields.find((field) => field.name === name) ?? [])
  const open = fields.filter(
    (field) =>
      field.writable &&
      field.name !== by.name &&
      field.name !== 'owner' &&
      known.has(field.name) &&
      !left.includes(field.name),
  )
  const title = open.filter(({ name }) => name === entity.title)
  const rest = open.filter((field) => !title.includes(field))
  const required = rest.filter((field) => field.required)
  const { outcome, at, next, words: told } = entity.activity ?? {}
  // What its activity names matters most: what came of it, then when.
  const rank = ({ name }: Field): number => {
    const named = [outcome, at, next].filter((one) => one !== undefined)
    return named.includes(name) ? named.indexOf(name) : named.length
  }
  const short = rest
    .filter((field) => !field.required && SHORT.has(field.type))
    .sort((one, other) => rank(one) - rank(other))
    .slice(0, MOST_SHORT)
  const prose = rest.filter((field) => !field.required && PROSE.has(field.type))
  const words = prose.filter(({ name }) => told === undefined || name === told).slice(0, 1)
  return [...title, ...required, ...short, ...words]
}

/** Whether a field takes the whole width. */
export function isWide(entity: Entity, field: Field): boolean {
  return field.name === entity.title || PROSE.has(field.type)
}

export interface StartWords {
  /** What it is called until somebody says otherwise. */
  readonly title: string
  /** The instant that it is now. */
  readonly now: string
}

/** What an activity begins with: a call or a meeting is named and timed already, a call knows the number. */
export function startValues(
  { entity }: NewActivity,
  subject: { readonly entity: Entity; readonly record: RecordData },
  { title, now }: StartWords,
): Readonly<Record<string, unknown>> {
  const { as, at } = entity.activity ?? {}
  if (as !== 'call') return {}
  const isOpen = (name: string | undefined, type: string): boolean =>
    entity.fields.some((field) => field.name === name && field.type === type && field.writable)
  const number = entity.fields.find(({ type, writable }) => type === 'phone' && writable)
  const known = phoneOf(subject.entity, subject.record)
  return {
    ...(entity.title !== undefined && isOpen(entity.title, 'text') ? { [entity.title]: title } : {}),
    ...(at !== undefined && isOpen(at, 'date_time') ? { [at]: now } : {}),
    ...(number === undefined || known === undefined ? {} : { [number.name]: known }),
  }
}
