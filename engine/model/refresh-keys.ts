import type { Transaction } from '../db/database.ts'
import { enqueueJob } from '../jobs/queue.ts'
import type { DefinitionSet } from './compiled.ts'
import { keyMeanings } from './duplicate-rules.ts'
import { newId } from './uuid.ts'

/** The kind of the job that makes the keys of all records of an entity anew. */
export const REFRESH_KEYS_JOB = 'refresh_duplicate_keys'

export interface RefreshKeysPayload {
  readonly workspace: string
  /** The entity's id. */
  readonly entity: string
}

/** Queues new keys for the entities whose records a candidate's duplicate rules compare otherwise than before. */
export async function enqueueKeyRefresh(
  tx: Transaction,
  { schema, workspace }: { readonly schema: string; readonly workspace: string },
  before: DefinitionSet,
  after: DefinitionSet,
  by: string | undefined,
): Promise<void> {
  const [old, now] = [keyMeanings(before), keyMeanings(after)]
  for (const { id } of before.entity.values()) {
    // An entity that is new has no records yet.
    if (id === undefined || old.get(id) === now.get(id)) continue
    const payload: RefreshKeysPayload = { workspace, entity: id }
    await enqueueJob(tx, schema, { id: newId(), kind: REFRESH_KEYS_JOB, payload, createdBy: by })
  }
}
