import type { CompiledModel } from '../../model/compiled.ts'
import { flowIndex, type ModelFlow } from './flow-index.ts'

/** Whether an entity's records have buttons of flows, for whomever. */
export function hasButtons(model: CompiledModel, entity: string): boolean {
  return flowIndex(model).all.some(
    ({ trigger: { record, button } }) => record === entity && button !== undefined,
  )
}

/** The flows that stand as buttons on an entity's records for somebody with these roles. */
export function buttonsFor(
  model: CompiledModel,
  entity: string,
  roles: readonly string[],
): readonly ModelFlow[] {
  return flowIndex(model).all.filter(
    ({ trigger: { record, button } }) =>
      record === entity &&
      button !== undefined &&
      (button.for === undefined || button.for.some(({ role }) => roles.includes(role))),
  )
}
