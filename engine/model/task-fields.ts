import type { FieldDefinition } from '../../metadata/types.ts'

/** The entity whose records the to-do items of stages become. */
export const TASK = 'task'

/** The fields of tasks by what they are for. */
export interface TaskFields {
  readonly title: string
  readonly due: string | undefined
  /** The lookup from the task to the record, and whether it may point to several entities. */
  readonly about: { readonly name: string; readonly isDynamic: boolean } | undefined
}

/** Which fields of the entity of tasks take the title, the day and the record of a to-do item. */
export function taskFields(
  fields: readonly FieldDefinition[],
  title: string | undefined,
  target: string,
): TaskFields | undefined {
  const name = title ?? fields.find(({ type }) => type === 'text')?.name
  if (name === undefined) return undefined
  const due = ['due_at', 'due_on', 'due', 'due_date'].find((one) =>
    fields.some((field) => field.name === one && ['date', 'date_time'].includes(field.type)),
  )
  const about = fields.find((field) => {
    if (field.type === 'dynamic_lookup') return Array.isArray(field.to) && field.to.includes(target)
    return field.type === 'lookup' && field.to === target
  })
  return {
    title: name,
    due,
    about: about && { name: about.name, isDynamic: about.type === 'dynamic_lookup' },
  }
}
