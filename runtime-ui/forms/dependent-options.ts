import { type FormData, same } from './form-data.ts'

interface Dependent {
  readonly field: string
  readonly parent: string
  /** By option, what it stands under; undefined where the options are asked for as they are needed. */
  readonly under: ReadonlyMap<string, string | undefined> | undefined
}

/** The fields of a form whose options depend on another's value. */
function dependentsOf(uiSchema: Readonly<Record<string, unknown>>): readonly Dependent[] {
  return Object.entries(uiSchema).flatMap(([field, part]): readonly Dependent[] => {
    const options = (part as { readonly 'ui:options'?: DependentOptions } | undefined)?.['ui:options']
    if (options?.dependsOn === undefined) return []
    const under = options.options && new Map(options.options.map((option) => [option.name, option.under]))
    return [{ field, parent: options.dependsOn, under }]
  })
}

interface DependentOptions {
  readonly dependsOn?: string
  readonly options?: readonly { readonly name: string; readonly under?: string }[]
}

/** What is chosen below a value that changed is cleared where it does not fit any more, step by step down. */
export function withoutUnfit(
  uiSchema: Readonly<Record<string, unknown>>,
  before: FormData,
  after: FormData,
): FormData {
  const dependents = dependentsOf(uiSchema)
  let data = after
  for (let step = 0; step < dependents.length; step++) {
    const unfit = dependents.filter(({ field, parent, under }) => {
      const value = data[field]
      const isThere = typeof value === 'string' || (Array.isArray(value) && value.length > 0)
      if (!isThere || same(before[parent], data[parent])) return false
      // What was chosen while nothing stood above it may well belong to what stands there now.
      if (under === undefined) return before[parent] !== undefined && same(before[field], value)
      if (typeof value !== 'string') return false
      const above = under.get(value)
      return above !== undefined && above !== data[parent]
    })
    if (unfit.length === 0) break
    data = { ...data, ...Object.fromEntries(unfit.map(({ field }) => [field, undefined])) }
  }
  return data
}
