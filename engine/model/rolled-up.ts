import type { CompiledEntity, CompiledModel } from './compiled.ts'
import { type CompiledRollUp, computedOf, dependentsOf, pathsIn, type RollUpDependent } from './computed.ts'

/** A parent that records are rolled up into, and which of its fields may move with them. */
export interface Above {
  readonly parent: CompiledEntity
  readonly ties: readonly RollUpDependent[]
  /** Names: its roll-ups, and the formulas that look at them. */
  readonly fields: ReadonlySet<string>
}

/**
 * The parents whose roll-ups may move when fields of an entity's records do.
 * @param moved the fields that may; undefined: any
 */
export function movesAbove(
  model: CompiledModel,
  entity: CompiledEntity,
  moved: ReadonlySet<string> | undefined,
): readonly Above[] {
  const byParent = new Map<CompiledEntity, { ties: RollUpDependent[]; rollUps: CompiledRollUp[] }>()
  for (const tie of dependentsOf(model, entity).rollUps) {
    const touched = tie.list.filter((rollUp) => moved === undefined || looksAt(rollUp, moved))
    if (touched.length === 0) continue
    const above = byParent.get(tie.parent) ?? { ties: [], rollUps: [] }
    byParent.set(tie.parent, {
      ties: [...above.ties, tie],
      rollUps: [...above.rollUps, ...touched],
    })
  }
  return [...byParent].map(([parent, { ties, rollUps }]) => ({
    ...{ parent, ties },
    fields: withFormulas(model, parent, new Set(rollUps.map(({ field }) => field.name))),
  }))
}

function looksAt({ value, filter, window }: CompiledRollUp, moved: ReadonlySet<string>): boolean {
  const filtered = filter === undefined ? [] : pathsIn(filter).map(([name]) => name)
  return [value?.name, window?.by.name, ...filtered].some((name) => name !== undefined && moved.has(name))
}

/** What is worked out within the record itself; the formulas stand in the order in which they can be. */
function withFormulas(
  model: CompiledModel,
  entity: CompiledEntity,
  moved: ReadonlySet<string>,
): ReadonlySet<string> {
  const all = new Set(moved)
  for (const { field, rules } of computedOf(model, entity).formulas) {
    if (rules.flatMap(pathsIn).some(([name]) => name !== undefined && all.has(name))) all.add(field.name)
  }
  return all
}

const orders = new WeakMap<CompiledModel, readonly CompiledEntity[]>()

/** The entities, each behind those that it is rolled up into; of two that are rolled up into one another, always the same first. */
export function topDown(model: CompiledModel): readonly CompiledEntity[] {
  const known = orders.get(model)
  if (known !== undefined) return known
  const order = new Set<CompiledEntity>()
  const begun = new Set<CompiledEntity>()
  const visit = (entity: CompiledEntity) => {
    if (begun.has(entity)) return
    begun.add(entity)
    for (const { parent } of dependentsOf(model, entity).rollUps) visit(parent)
    order.add(entity)
  }
  for (const entity of model.entities.values()) visit(entity)
  const list = [...order]
  orders.set(model, list)
  return list
}
