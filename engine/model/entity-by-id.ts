import type { CompiledEntity, CompiledModel } from './compiled.ts'

/** The entity of an id, as what is stored names it: names change. */
export function entityById(
  { entities }: Pick<CompiledModel, 'entities'>,
  id: unknown,
): CompiledEntity | undefined {
  return [...entities.values()].find((entity) => entity.id === id)
}
