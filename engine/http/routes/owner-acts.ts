import { poolsOf } from '../../model/kinds/pool-place.ts'
import { acceptAssigned } from '../../process/assignment/accept.ts'
import { claimRecord } from '../../process/pool/claim.ts'
import { releaseRecord } from '../../process/pool/release.ts'
import { isAccepted } from '../../records/acceptance.ts'
import { entityFor, type RecordAnswer, type RequestContext } from '../../records/context.ts'

/** What is done about the owner of one record. */
export type OwnerAct = (
  context: RequestContext,
  entity: string,
  id: string,
  body: unknown,
) => Promise<RecordAnswer>

const ACTS: Readonly<Record<string, OwnerAct>> = {
  accept: acceptAssigned,
  claim: claimRecord,
  release: releaseRecord,
}

/** The act of that name where the entity has it; undefined where the name is free for a button. */
export function ownerActOf(
  context: RequestContext,
  entityName: string,
  action: string,
): OwnerAct | undefined {
  if (!Object.hasOwn(ACTS, action)) return undefined
  const { model } = context
  const entity = entityFor(context, entityName)
  const has =
    action === 'accept' ? isAccepted(context, entity) : poolsOf(model.definitions, entity.name).length > 0
  return has ? ACTS[action] : undefined
}
