import type { Entity, Field } from '../../../api/types.ts'

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
 */
export function quickFields({ entity, by }: NewActivity, known: ReadonlySet<string>): readonly Field[] {
  const order = [...new Set(entity.sections.flatMap(({ fields }) => fields))]
  const fields = order.flatMap((name) => entity.fields.find((field) => field.name === name) ?? [])
  const open = fields.filter(
    (field) => field.writable && field.name !== by.name && field.name !== 'owner' && known.has(field.name),
  )
  const title = open.filter(({ name }) => name === entity.title)
  const rest = open.filter((field) => !title.includes(field))
  const required = rest.filter((field) => field.required)
  const short = rest.filter((field) => !field.required && SHORT.has(field.type)).slice(0, MOST_SHORT)
  const words = rest.filter((field) => !field.required && PROSE.has(field.type)).slice(0, 1)
  return [...title, ...required, ...short, ...words]
}

/** Whether a field takes the whole width. */
export function isWide(entity: Entity, field: Field): boolean {
  return field.name === entity.title || PROSE.has(field.type)
}
