import { isObject, type Json } from '../store/json-value.ts'

interface Section extends Json {
  readonly fields: readonly string[]
}

const isSection = (one: unknown): one is Section => isObject(one) && Array.isArray(one.fields)

/** The sections of a form that lists its fields by hand; [] where the form is generated. */
export const handListed = (layout: Json): readonly Section[] =>
  Array.isArray(layout.form) ? layout.form.filter(isSection) : []

/**
 * A layout with a field on its form: behind the one that stands before it in the entity, else at the end of the last section.
 * @param order the fields of the entity, by name
 */
export function withFieldOnForm(layout: Json, name: string, order: readonly string[]): Json {
  const form = handListed(layout)
  if (form.length === 0 || form.some(({ fields }) => fields.includes(name))) return layout
  const before = order
    .slice(0, order.indexOf(name))
    .findLast((one) => form.some(({ fields }) => fields.includes(one)))
  const into =
    before === undefined ? form.length - 1 : form.findIndex(({ fields }) => fields.includes(before))
  const next = form.map((section, at) => {
    if (at !== into) return section
    const place = before === undefined ? section.fields.length : section.fields.indexOf(before) + 1
    return { ...section, fields: section.fields.toSpliced(place, 0, name) }
  })
  return { ...layout, form: next }
}

/** A view with a field as its last column. */
export function withColumn(view: Json, name: string): Json {
  const columns: readonly unknown[] = Array.isArray(view.columns) ? view.columns : []
  const isThere = columns.some((one) => one === name || (isObject(one) && one.field === name))
  return isThere ? view : { ...view, columns: [...columns, name] }
}
