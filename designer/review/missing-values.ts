import type { PlanScenario, Reason } from '../api.ts'
import { givenIn, stepsIn } from '../scenarios/scenario-draft.ts'
import { isObject, type Json, type Path, valueAt, withValue } from '../store/json-value.ts'

/** A field that scenarios give no value, although each record must have one. */
export interface MissingValue {
  readonly entity: string
  readonly field: string
  /** Names of the scenarios that fail by it. */
  readonly scenarios: readonly string[]
}

/** Acts that make records of what is written in the scenario. */
const MAKING = ['create', 'upsert', 'import'] as const

/**
 * The fields whose missing values make scenarios fail, the most frequent first: of records that these make of values of their
 * own. What a form or a conversion makes has its values from there.
 * @param definitionOf the scenario as the draft has it
 */
export function missingValues(
  scenarios: readonly PlanScenario[],
  definitionOf: (name: string) => Json | undefined,
): readonly MissingValue[] {
  const found = new Map<string, { entity: string; field: string; scenarios: string[] }>()
  for (const { name, story } of scenarios) {
    const definition = definitionOf(name)
    const broken = story.find(({ outcome }) => outcome === 'failed')
    if (definition === undefined || broken === undefined) continue
    const entity = madeAt(definition, broken.path.split('/').slice(1, 3))
    if (entity === undefined) continue
    for (const reason of broken.problems ?? []) {
      const field = fieldLacking(reason)
      if (field === undefined || placesWithout(definition, entity, field).length === 0) continue
      const key = `${entity}/${field}`
      const one = found.get(key) ?? { entity, field, scenarios: [] }
      found.set(key, { ...one, scenarios: [...one.scenarios, name] })
    }
  }
  return [...found.values()].sort((one, other) => other.scenarios.length - one.scenarios.length)
}

/** The field of the record itself that a reason asks for; of a file a column for it. */
function fieldLacking({ code, path, name }: Reason): string | undefined {
  if (code === 'IMPORT_FIELD_UNMAPPED') return name
  return code === 'FIELD_REQUIRED' ? /^\/([^/]+)$/.exec(path)?.[1] : undefined
}

/** The entity of the record that is made at a place, such as `given/acme` or `steps/3`. */
function madeAt(definition: Json, path: Path): string | undefined {
  const there = valueAt(definition, path)
  if (!isObject(there)) return undefined
  const made = path[0] === 'given' ? there : MAKING.map((act) => there[act]).find(isObject)
  return made === undefined ? undefined : Object.keys(made)[0]
}

/** The scenario with a value in every record of the entity that it makes without one. */
export const withValueGiven = (definition: Json, entity: string, field: string, value: unknown): Json =>
  placesWithout(definition, entity, field).reduce<Json>(
    (now, path) => withValue(now, path, path[2] === 'import' ? cellOf(value) : value) as Json,
    definition,
  )

/** A value as a cell of a file holds it. */
const cellOf = (value: unknown): unknown => (typeof value === 'number' ? value : String(value))

/** Where records of the entity are made without the field; not where it is expected that this is refused. */
function placesWithout(definition: Json, entity: string, field: string): readonly Path[] {
  const given = givenIn(definition).flatMap((one) =>
    one.entity === entity ? [['given', one.name, entity]] : [],
  )
  const made = stepsIn(definition).flatMap((step, at) => {
    if (isAbout(step.then, field)) return []
    return MAKING.flatMap((act): readonly Path[] => {
      const written = valueAt(step, [act, entity])
      const here = ['steps', String(at), act, entity]
      if (Array.isArray(written)) return [...written.keys()].map((row) => [...here, String(row)])
      return written === undefined ? [] : [here]
    })
  })
  return [...given, ...made].flatMap((path) => {
    const values = valueAt(definition, path)
    return isObject(values) && values[field] === undefined ? [[...path, field]] : []
  })
}

/** Whether a step expects to be refused for the field. */
function isAbout(then: unknown, field: string): boolean {
  if (!isObject(then)) return false
  const problems = [then.problem, ...(Array.isArray(then.problems) ? then.problems : [])]
  return problems.some((one) => isObject(one) && one.path === `/${field}`)
}
