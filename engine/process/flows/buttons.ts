import type { CompiledModel } from '../../model/compiled.ts'
import { flowIndex, type ModelFlow } from './flow-index.ts'

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
