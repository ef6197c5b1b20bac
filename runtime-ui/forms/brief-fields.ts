import type { Entity, FormDescription } from '../api/types.ts'
import type { FormData } from './form-data.ts'
import { fieldsOf } from './form-data.ts'
import type { FormState } from './form-state.ts'
import { sectionsOf } from './sections.ts'

/** So many fields are asked in a hurry, where so many are there. */
const ENOUGH = 6

/**
 * What is asked of a new record in a hurry: its title, all that it must have, what it begins with, and the first of the
 * form up to six. In the order of the form.
 * @param faulty fields that have a problem, which must be in sight
 */
export function briefFieldsOf(
  entity: Entity,
  form: FormDescription,
  presets: FormData,
  state: Pick<FormState, 'hidden' | 'required'>,
  faulty: ReadonlySet<string>,
): ReadonlySet<string> {
  const order = sectionsOf(form.uiSchema, fieldsOf(form.schema))
    .flatMap((section) => section.fields)
    .filter((name) => !state.hidden.has(name))
  const due = new Set([...((form.schema.required ?? []) as readonly string[]), ...state.required, ...faulty])
  const asked = new Set(
    order.filter((name) => name === entity.title || due.has(name) || presets[name] !== undefined),
  )
  const writable = new Set(entity.fields.flatMap((field) => (field.writable ? [field.name] : [])))
  for (const name of order) {
    if (asked.size >= ENOUGH) break
    if (writable.has(name)) asked.add(name)
  }
  return asked
}
