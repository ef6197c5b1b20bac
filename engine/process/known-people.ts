import { type FoundActor, findActors } from '../access/find-actor.ts'
import type { Executor } from '../db/database.ts'
import type { CompiledModel } from '../model/compiled.ts'

/** What is known of people for the time of one transaction, so that nobody is asked for twice. */
export interface KnownPeople {
  find(id: string): Promise<FoundActor | undefined>
  /** Those of them that there are, by id. */
  findAll(ids: readonly string[]): Promise<ReadonlyMap<string, FoundActor>>
  /** Somebody has changed: all are asked for anew. */
  forget(): void
}

export function knownPeople(db: Executor, model: CompiledModel): KnownPeople {
  const known = new Map<string, FoundActor | undefined>()
  const findAll = async (ids: readonly string[]): Promise<ReadonlyMap<string, FoundActor>> => {
    const asked = ids.filter((id) => !known.has(id))
    if (asked.length > 0) {
      const found = await findActors(db, model, asked)
      for (const id of asked) known.set(id, found.get(id))
    }
    return new Map(
      ids.flatMap((id): [string, FoundActor][] => {
        const one = known.get(id)
        return one === undefined ? [] : [[id, one]]
      }),
    )
  }
  return {
    findAll,
    find: async (id) => (await findAll([id])).get(id),
    forget: () => known.clear(),
  }
}
