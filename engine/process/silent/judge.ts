import type { NotedEvent } from '../../model/silent/note.ts'
import { isByWrite, type Watched, type WatchedKind } from '../../model/silent/watched.ts'
import { ModelMovedError } from '../../records/model-moved.ts'
import { type Comparing, type Found, unjudged, type Verdict } from './found.ts'
import { judgeAssignment } from './judge-assignment.ts'
import { judgeFlow } from './judge-flow.ts'
import { judgeValidation } from './judge-validation.ts'

type Judge<K extends WatchedKind> = (
  work: Comparing,
  watched: Watched<K>,
  event: NotedEvent,
) => Promise<Verdict | undefined>

const JUDGES: { readonly [K in WatchedKind]: Judge<K> } = {
  flow: judgeFlow,
  validation: judgeValidation,
  assignment: judgeAssignment,
}

/**
 * What came of a write, or of whatever else sets a flow off, for each definition that is watched. One that cannot be judged is told as that.
 * @throws ModelMovedError where what is in force is not what was known
 */
export async function judgeWrite(work: Comparing, event: NotedEvent): Promise<readonly Found[]> {
  const found: Found[] = []
  for (const watched of work.run.watched) {
    if (!isMeant(work, watched, event)) continue
    const verdict = await verdictOf(work, watched, event)
    if (verdict === undefined) continue
    found.push({
      ...verdict,
      ...{ definition: watched.id, at: event.at, entity: event.entity, record: event.record },
      sides: event.occasion === undefined ? verdict.sides : { ...verdict.sides, by: event.occasion.by },
    })
  }
  return found
}

function isMeant({ inForce }: Comparing, watched: Watched, { occasion, entity }: NotedEvent): boolean {
  if (occasion !== undefined) return watched.kind === 'flow' && watched.id === occasion.flow
  return isByWrite(watched) && inForce.entities.get(watched.entity ?? '')?.id === entity
}

async function verdictOf(work: Comparing, watched: Watched, event: NotedEvent): Promise<Verdict | undefined> {
  try {
    return await (JUDGES[watched.kind] as Judge<WatchedKind>)(work, watched, event)
  } catch (error) {
    if (error instanceof ModelMovedError) throw error
    const { problem, why } = unjudged(error)
    if (why === 'fault') work.deps.observe('fault', { during: `silent run ${work.run.id}`, error })
    return { differs: 'not_comparable', sides: { problem }, ...(why === 'late' && { isLate: true }) }
  }
}
