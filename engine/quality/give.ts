import { madeRecord } from '../../metadata/scenarios/acts.ts'
import type { GivenRecord } from '../../metadata/scenarios/story.ts'
import type { ScenarioDefinition } from '../../metadata/types.ts'
import type { ModelContext } from '../model/kinds/kind-spec.ts'
import { valueMentions } from '../model/kinds/scenario-values.ts'
import { createRecord } from '../records/create.ts'
import { patchRecord } from '../records/patch.ts'
import { engineContext, type Stage, withIds } from './stage.ts'

/** A given record with the names that its fields point to. */
export interface Given extends GivenRecord {
  /** By field. */
  readonly pointsTo: ReadonlyMap<string, readonly string[]>
}

/** What is given, as it is written. */
export function givenOf({ given = {} }: ScenarioDefinition, context: ModelContext): readonly Given[] {
  return Object.entries(given).map(([name, made]) => {
    const { entity, values } = madeRecord(made)
    const pointsTo = new Map(
      Object.keys(values).map((field) => {
        const { names } = valueMentions(context, entity, { [field]: values[field] }, '')
        return [field, names.map((one) => one.name)]
      }),
    )
    return { name, entity, values: entity === 'user' ? { ...personOf(name), ...values } : values, pointsTo }
  })
}

/** What every user must have and no scenario wants to write. */
function personOf(name: string): Readonly<Record<string, unknown>> {
  return { name, email: `${name}@scenario.example` }
}

/**
 * The order in which given records can be made: each after those that it points to. Where records point to each other
 * the first is made without those fields, which are filled afterwards.
 */
export function inOrderOfNeed(
  given: readonly Given[],
): readonly { readonly one: Given; readonly later: readonly string[] }[] {
  const waiting = [...given]
  const made = new Set<string>()
  const order: { one: Given; later: readonly string[] }[] = []
  const missing = (one: Given) =>
    [...one.pointsTo].filter(([, names]) => names.some((name) => !made.has(name))).map(([field]) => field)
  while (waiting.length > 0) {
    const ready = waiting.findIndex((one) => missing(one).length === 0)
    const [one] = waiting.splice(Math.max(ready, 0), 1)
    if (one === undefined) break
    order.push({ one, later: missing(one) })
    made.add(one.name)
  }
  return order
}

/** Makes what is given, through the same checks as every record. @throws AppError with what is wrong with one */
export async function give(
  stage: Stage,
  given: readonly Given[],
  onGiven: (name: string) => void,
): Promise<void> {
  // What is given was there before anybody was asked.
  const context = { ...engineContext(stage), duplicates: { isAccepted: true } }
  const order = inOrderOfNeed(given)
  for (const { one, later } of order) {
    onGiven(one.name)
    const values = Object.fromEntries(Object.entries(one.values).filter(([field]) => !later.includes(field)))
    const answer = await createRecord(context, one.entity, withIds(stage, one.entity, values))
    const { id } = (JSON.parse(answer.body) as { data: { id: string } }).data
    stage.names.set(one.name, { entity: one.entity, id })
  }
  for (const { one, later } of order) {
    if (later.length === 0) continue
    onGiven(one.name)
    const values = Object.fromEntries(later.map((field) => [field, one.values[field]]))
    const { id } = stage.names.get(one.name)!
    await patchRecord(context, one.entity, id, withIds(stage, one.entity, values))
  }
}
