import { textIn } from '../../../metadata/text.ts'
import { refuse } from '../../errors.ts'
import type { RequestContext } from '../../records/context.ts'
import { inWrite } from '../../records/in-write.ts'
import { namesOf, type PersonNames } from '../../records/people.ts'
import { assertTouchable } from '../../records/touch.ts'
import type { ActBody } from './acts.ts'
import { courseOf, holdFor, personActing, seenRecord } from './open.ts'
import { approversOf, standInsFor } from './people.ts'
import { levelsOf, type ModelLevel } from './pinned.ts'
import { approvalFor } from './submit.ts'
import { type ApprovalDeps, type ApprovalWorld, holds } from './world.ts'

/** What would happen to a level if the record were submitted now. */
interface LevelForecast {
  readonly level: ModelLevel
  readonly state: 'asked' | 'not_asked' | 'passes' | 'nobody'
  readonly people: readonly {
    readonly person: string
    readonly why: string
    readonly standIn: string | null
  }[]
}

/**
 * Who would decide if the record were submitted now, level after level; nothing is stored.
 * @throws AppError as a submission, but for a level without anybody, which is told
 */
export async function forecastSubmit(
  deps: ApprovalDeps,
  asked: RequestContext,
  entityName: string,
  id: string,
  body: ActBody,
): Promise<object> {
  const submitter = personActing(asked)
  return await inWrite(asked, {}, async (tx) => {
    const seen = await seenRecord(asked, tx, entityName, id)
    const { world, version } = await holdFor(deps, asked, tx, seen, undefined)
    const found = await approvalFor(world, submitter, body.approval)
    if (found.open?.state === 'running') throw refuse('APPROVAL_RUNNING')
    await assertTouchable(asked, tx, seen.entity, seen.record, 'update', '')
    const approval =
      found.open === undefined ? found.approval : (await courseOf(world, found.open, version)).approval
    const isNeeded = await holds(world, submitter, approval.when)
    const levels: LevelForecast[] = []
    if (isNeeded)
      for (const level of levelsOf(approval)) {
        levels.push(await forecastLevel(world, submitter, approval, level))
      }
    const names = await namesOf(
      asked,
      tx,
      levels.flatMap(({ people }) => people.flatMap((one) => [one.person, ...(one.standIn ?? [])])),
    )
    return {
      approval: approval.name,
      label: textIn(approval.label, asked.actor.language, approval.name),
      needed: isNeeded && levels.some(({ state }) => state !== 'not_asked'),
      levels: levels.map((one) => presentLevel(one, names, asked.actor.language)),
    }
  })
}

async function forecastLevel(
  world: ApprovalWorld,
  submitter: string,
  approval: Parameters<typeof approversOf>[2],
  level: ModelLevel,
): Promise<LevelForecast> {
  if (!(await holds(world, submitter, level.when))) return { level, state: 'not_asked', people: [] }
  const found = await approversOf(world, submitter, approval, level)
  if (found.kind === 'nobody') return { level, state: 'nobody', people: [] }
  if (found.kind !== 'people') return { level, state: 'passes', people: [] }
  const away = await standInsFor(
    world,
    found.people.map(({ person }) => person),
  )
  const people = found.people.map(({ person, why }) => ({ person, why, standIn: away.get(person) ?? null }))
  return { level, state: 'asked', people }
}

function presentLevel({ level, state, people }: LevelForecast, names: PersonNames, language: string) {
  return {
    name: level.name,
    label: textIn(level.label, language, level.name),
    decide: level.decide ?? 'any',
    state,
    people: people.map(({ person, why, standIn }) => ({
      ...{ id: person, label: names(person), why },
      stand_in: standIn === null ? null : { id: standIn, label: names(standIn) },
    })),
  }
}
