import { pathsOf } from '../../metadata/rules/paths-of.ts'
import type { CompiledEntity, CompiledField, CompiledModel } from '../model/compiled.ts'
import { comparisonOf } from '../model/duplicate-rules.ts'

/** What a form needs to ask, while it is filled in, whether a record is there already. */
export interface FormAlike {
  /** Fields that together can be compared: once one of these lists is filled in, there is something to ask. */
  readonly match: readonly (readonly string[])[]
  /** All fields of the form at which the rules look. */
  readonly fields: readonly string[]
}

/** What of the fields of a form the duplicate rules of its entity look at; undefined where they compare none of them. */
export function formAlike(
  model: CompiledModel,
  entity: CompiledEntity,
  asked: readonly CompiledField[],
): FormAlike | undefined {
  const rules = comparisonOf(model, entity)?.rules ?? []
  const open = new Set(asked.filter(({ type }) => type.computed === undefined))
  const matches = rules.flatMap((rule) =>
    rule.matches.flatMap(({ own: { field, within } }) => {
      const fields = within === undefined ? [field] : [field, within]
      return fields.every((one) => open.has(one)) ? [{ rule, names: fields.map(({ name }) => name) }] : []
    }),
  )
  if (matches.length === 0) return undefined
  const looked = new Set(matches.flatMap(({ names }) => names))
  for (const { when } of new Set(matches.map(({ rule }) => rule))) {
    if (when === undefined) continue
    const { own, related } = pathsOf(when)
    for (const path of [...own, ...related]) looked.add(path.split('.')[0]!)
  }
  // What a formula gives may hang on anything.
  const isAll = [...looked].some((name) => entity.fields.get(name)?.type.computed !== undefined)
  const fields = [...open].flatMap(({ name }) => (isAll || looked.has(name) ? [name] : []))
  return { match: distinct(matches.map(({ names }) => names)), fields }
}

function distinct(lists: readonly (readonly string[])[]): readonly (readonly string[])[] {
  return [...new Map(lists.map((list) => [list.join(), list])).values()]
}
