import { textIn } from '../../../metadata/text.ts'
import { refuse } from '../../errors.ts'
import { limitEnd } from '../limit-end.ts'
import { type Course, levelOf, note, turnsNow } from './course.ts'
import { type Approver, type Approvers, approversOf, lastResort } from './people.ts'
import { levelsOf, type ModelLevel } from './pinned.ts'
import { insertTurns, type NewTurn, type RunState, raiseVersion, type StoredTurn, setTurns } from './store.ts'
import { standingOf } from './turns.ts'
import { holds } from './world.ts'

/**
 * Goes on to the first level from a position on that has to be decided; behind the last one it is approved, or not needed
 * where no level was for this record.
 * @param isBeginning at a submission nobody to decide refuses it; later the administrators step in
 */
export async function goOn(course: Course, from: number, isBeginning = false): Promise<void> {
  const levels = levelsOf(course.approval)
  for (const level of levels.slice(from)) {
    if (!(await holds(course.world, course.run.submitter, level.when))) continue
    if ((await begin(course, level, isBeginning)) === 'waits') return
  }
  const isAsked = course.run.round > 0 || (await anyHolds(course, levels))
  await end(course, isAsked ? 'approved' : 'not_needed')
}

async function anyHolds({ world, run }: Course, levels: readonly ModelLevel[]): Promise<boolean> {
  for (const { when } of levels) if (await holds(world, run.submitter, when)) return true
  return false
}

async function begin(course: Course, level: ModelLevel, isBeginning: boolean): Promise<'waits' | 'passed'> {
  const { world, approval } = course
  const found = await approversOf(world, course.run.submitter, approval, level)
  if (found.kind === 'left_out') {
    await note(course, { act: 'pass_self', level })
    return 'passed'
  }
  if (found.kind === 'passes') {
    await note(course, { act: 'pass_empty', level })
    return 'passed'
  }
  return await beginWith(course, level, await somebody(course, level, found, isBeginning))
}

async function somebody(
  { world, run }: Course,
  level: ModelLevel,
  found: Approvers,
  isBeginning: boolean,
): Promise<readonly Approver[]> {
  if (found.kind === 'people') return found.people
  const instead = isBeginning ? found : await lastResort(world, run.submitter)
  if (instead.kind === 'people') return instead.people
  throw refuse('APPROVAL_NOBODY', '', { params: { level: levelText(level) } })
}

export function levelText(level: ModelLevel | undefined) {
  const tell = (language: 'en' | 'zh-CN') => `“${textIn(level?.label, language, level?.name ?? '')}”`
  return { en: tell('en'), 'zh-CN': tell('zh-CN') }
}

async function beginWith(
  course: Course,
  level: ModelLevel,
  people: readonly Approver[],
): Promise<'waits' | 'passed'> {
  const { world } = course
  const { schema } = world.asked.model
  const agreed = agreedBefore(course)
  const round = course.run.round + 1
  course.run = { ...course.run, round }
  const planned = people.map(
    (one, part): NewTurn => ({
      ...{ round, level: level.id, part, place: 0, person: one.person, why: one.why, of: one.of },
      state: agreed.has(one.person) ? 'approved' : 'ahead',
    }),
  )
  const made = await insertTurns(world.tx, schema, course.run.id, planned, world.now)
  course.turns = [...course.turns, ...made]
  if (standingOf(level.decide, made).isPassed) {
    await setStates(course, openOf(made), 'over')
    await note(course, { act: 'pass_repeat', level })
    return 'passed'
  }
  course.run = {
    ...course.run,
    ...{ state: 'running', level: level.id, edit: editOf(course, level), due_at: dueAt(course, level) },
  }
  await callNext(course, level)
  await callClock(course)
  return 'waits'
}

/** Those whose word stands already, by the rule for people who are asked twice. */
function agreedBefore({ approval, run, turns }: Course): ReadonlySet<string> {
  const { repeat = 'every' } = approval
  if (repeat === 'every') return new Set()
  const counted = turns.filter(
    ({ round, state }) =>
      state === 'approved' && round > run.since_round && (repeat === 'first_only' || round === run.round),
  )
  return new Set(counted.map(({ person }) => person))
}

function editOf({ world }: Course, { edit = [] }: ModelLevel): readonly string[] {
  return edit.flatMap((name) => world.entity.fields.get(name)?.id ?? [])
}

function dueAt({ world }: Course, { limit }: ModelLevel): string | null {
  if (limit === undefined) return null
  return limitEnd(world.asked.model, limit, world.now)?.toISOString() ?? null
}

export async function callClock({ world, run }: Course): Promise<void> {
  if (run.due_at !== null)
    await world.wakes.clock(world.tx, world.asked.model.workspace, new Date(run.due_at))
}

/** Lets those turns wait that are next, and notes whose have begun. */
export async function callNext(course: Course, level: ModelLevel): Promise<void> {
  const turns = turnsNow(course)
  const { waiting } = standingOf(level.decide, turns)
  const fresh = turns.filter(({ id, state }) => waiting.has(id) && state !== 'waiting')
  const back = turns.filter(({ id, state }) => state === 'waiting' && !waiting.has(id))
  await setStates(course, fresh, 'waiting')
  await setStates(course, back, 'ahead')
  for (const { person } of fresh) course.called.add(person)
}

/** @param by who decided; undefined: a rule */
export async function setStates(
  course: Course,
  turns: readonly StoredTurn[],
  state: StoredTurn['state'],
  by?: string,
): Promise<void> {
  const { world } = course
  const ids = new Set(turns.map(({ id }) => id))
  await setTurns(world.tx, world.asked.model.schema, [...ids], state, { now: world.now, by: by ?? null })
  course.turns = course.turns.map((turn) =>
    ids.has(turn.id) ? { ...turn, state, decided_by: by ?? null } : turn,
  )
}

export function openOf(turns: readonly StoredTurn[]): readonly StoredTurn[] {
  return turns.filter(({ state }) => state === 'ahead' || state === 'waiting')
}

/** Leaves the level at which it is: nobody has a turn any more, and what its people could change they no longer can. */
export async function leaveLevel(course: Course): Promise<void> {
  const { world } = course
  await setStates(course, openOf(turnsNow(course)), 'over')
  if (course.run.edit.length > 0) course.version = await raiseVersion(world.tx, world.entity, world.record)
  course.run = { ...course.run, level: null, edit: [], due_at: null }
}

/** A level is passed: on to the one that it was sent back from, or to the next. */
export async function passLevel(course: Course): Promise<void> {
  const levels = levelsOf(course.approval)
  const at = levels.findIndex(({ id }) => id === course.run.level)
  const resumed = levels.findIndex(({ id }) => id === course.run.resume)
  await leaveLevel(course)
  course.run = { ...course.run, resume: null }
  await goOn(course, resumed > at ? resumed : at + 1)
}

/** What follows a word: the level passes, or the next turns begin. */
export async function afterWord(course: Course): Promise<void> {
  const level = levelOf(course)
  if (level === undefined) throw new Error('an approval that runs is at a level')
  if (standingOf(level.decide, turnsNow(course)).isPassed) await passLevel(course)
  else await callNext(course, level)
}

/** It is over, by the word that was noted before. */
async function end(course: Course, state: RunState & ('approved' | 'not_needed')): Promise<void> {
  course.run = { ...course.run, state, level: null, edit: [], due_at: null, resume: null }
  await note(course, { act: 'end', outcome: state })
}
