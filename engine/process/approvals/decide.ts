import { type LocalText, refuse } from '../../errors.ts'
import { newId } from '../../model/uuid.ts'
import type { RequestContext } from '../../records/context.ts'
import { heldWords } from '../../records/held.ts'
import { inWrite } from '../../records/in-write.ts'
import { personSql } from '../../records/people.ts'
import type { ActBody, ApprovalAct } from './acts.ts'
import { type Course, levelOf, note, turnsNow } from './course.ts'
import { checkedFiles } from './files.ts'
import { afterWord, callNext, goOn, leaveLevel, setStates } from './go-on.ts'
import { courseOf, holdFor, personActing, seenRecord } from './open.ts'
import { awayFor, mayAct } from './people.ts'
import { levelsOf } from './pinned.ts'
import { type ApprovalRun, insertTurns, runsOf, type StoredTurn, saveRun, shiftTurns } from './store.ts'
import type { ActOptions } from './submit.ts'
import { doneWith, readBy, tellAll } from './tell.ts'
import { type ApprovalDeps, type ApprovalWorld, titleFor } from './world.ts'

type Word = Exclude<ApprovalAct, 'submit'>

/**
 * Somebody's word about a record that was submitted. Words about one record come one after the other: of two at once each
 * finds what the other has left.
 * @throws AppError APPROVAL_NOT_RUNNING, APPROVAL_NOT_YOUR_TURN, APPROVAL_TURN_OVER and those of the act
 */
export async function actOnApproval(
  deps: ApprovalDeps,
  asked: RequestContext,
  act: Word,
  entityName: string,
  id: string,
  body: ActBody,
  { runner, expected }: ActOptions = {},
): Promise<ApprovalRun> {
  const person = personActing(asked)
  return await inWrite(asked, runner === undefined ? {} : { runner }, async (tx) => {
    const seen = await seenRecord(asked, tx, entityName, id)
    const { world, version } = await holdFor(deps, asked, tx, seen, expected)
    const course = await courseFor(world, version, person, act, body)
    const files = await checkedFiles(world, body.files)
    await WORDS[act](course, person, { ...body, ...(files === undefined ? {} : { files }) })
    await saveRun(tx, asked.model.schema, course.run, world.now)
    await readBy(course, doneWith(course))
    await tellAll(course, person)
    return course.run
  })
}

/** The approval that a word is about: the one that is named, or the open one in which it is this person's turn. */
async function courseFor(
  world: ApprovalWorld,
  version: number,
  person: string,
  act: Word,
  { approval: name, turn }: ActBody,
): Promise<Course> {
  const { asked, tx, record } = world
  const runs = await runsOf(tx, asked.model.schema, record)
  const meant: Course[] = []
  for (const run of runs) {
    const isOpen = run.state === 'running' || (act === 'withdraw' && run.state === 'returned')
    if (!isOpen) continue
    const course = await courseOf(world, run, version)
    if (name === undefined || course.approval.name === name) meant.push(course)
  }
  const first = meant[0]
  if (first === undefined) {
    const isOver = turn !== undefined && (await isKnownTurn(world, turn))
    throw refuse(isOver ? 'APPROVAL_TURN_OVER' : 'APPROVAL_NOT_RUNNING')
  }
  const isMeant = (course: Course) =>
    act === 'withdraw'
      ? course.run.submitter === person
      : turnsNow(course).some((one) => one.id === turn || (one.person === person && one.state === 'waiting'))
  return meant.find(isMeant) ?? first
}

async function isKnownTurn({ asked, tx, record }: ApprovalWorld, turn: string): Promise<boolean> {
  const { schema } = asked.model
  const { rows } = await tx.query({
    text: `SELECT 1 FROM ${schema}.tenon_approval_turn t JOIN ${schema}.tenon_approval a ON a.id = t.run WHERE t.id = $1 AND a.record = $2`,
    values: [turn, record],
  })
  return rows.length > 0
}

interface Taken {
  readonly turn: StoredTurn
  /** Whose it was, where somebody stands in. */
  readonly insteadOf: string | undefined
}

/** The turn that somebody takes: their own, or that of one who is away. */
async function takeTurn(course: Course, person: string, id: string | undefined): Promise<Taken> {
  const { world, approval, run } = course
  const away = await awayFor(world, person)
  const mayStandIn = person !== run.submitter || approval.self === 'allow'
  const isTheirs = (turn: StoredTurn) => turn.person === person || (mayStandIn && away.has(turn.person))
  const waiting = turnsNow(course).filter((turn) => turn.state === 'waiting' && isTheirs(turn))
  const meant = waiting.filter((turn) => id === undefined || turn.id === id.toLowerCase())
  const turn = meant.find((one) => one.person === person) ?? meant[0]
  if (turn !== undefined) return { turn, insteadOf: turn.person === person ? undefined : turn.person }
  const had = course.turns.some(
    (one) => isTheirs(one) && one.state !== 'ahead' && (id === undefined || one.id === id.toLowerCase()),
  )
  if (had) throw refuse('APPROVAL_TURN_OVER', id === undefined ? '' : '/turn')
  throw await notYourTurn(course)
}

async function notYourTurn(course: Course) {
  const { world, run } = course
  const { asked, tx } = world
  const who = personSql(asked.model, asked.access, 'p.id')
  const ids = turnsNow(course).flatMap(({ state, person }) => (state === 'waiting' ? [person] : []))
  const { rows } = await tx.query<{ label: string | null }>({
    text: `SELECT ${who.label} AS label FROM unnest($1::uuid[]) AS p(id) ${who.join}`,
    values: [ids],
  })
  const { level, people } = heldWords(asked, { ...run, people: rows.map(({ label }) => label) })
  return refuse('APPROVAL_NOT_YOUR_TURN', '', { params: { level, people } })
}

const WORDS: {
  readonly [A in Word]: (course: Course, person: string, body: ActBody) => Promise<void>
} = {
  async approve(course, person, { turn: id, comment, files }) {
    const { turn, insteadOf } = await takeTurn(course, person, id)
    await setStates(course, [turn], 'approved', person)
    await note(course, { act: 'approve', actor: person, level: levelOf(course), insteadOf, comment, files })
    await afterWord(course)
  },
  async reject(course, person, { turn: id, comment, files }) {
    const { turn, insteadOf } = await takeTurn(course, person, id)
    const level = levelOf(course)
    await setStates(course, [turn], 'rejected', person)
    await leaveLevel(course)
    course.run = { ...course.run, state: 'rejected', resume: null }
    await note(course, {
      ...{ act: 'reject', actor: person, level, insteadOf, comment, files },
      outcome: 'rejected',
    })
  },
  return: sendBack,
  async withdraw(course, person, { comment, files }) {
    const { run, world } = course
    const mayWithdraw = run.submitter === person || world.asked.access.may('flows')
    if (!mayWithdraw) throw refuse('APPROVAL_NOT_SUBMITTER')
    await leaveLevel(course)
    course.run = { ...course.run, state: 'withdrawn', resume: null }
    await note(course, { act: 'withdraw', actor: person, comment, files, outcome: 'withdrawn' })
  },
  async transfer(course, person, { turn: id, person: to = '', comment, files }) {
    const { turn, insteadOf } = await turnToHandOn(course, person, id)
    await assertFit(course, to)
    await setStates(course, [turn], 'transferred', person)
    await addTurn(course, { ...turn, person: to, why: 'transferred', of: turn.person })
    await note(course, {
      ...{ act: 'transfer', actor: person, level: levelOf(course), insteadOf },
      ...{ person: to, comment, files },
    })
    await callNext(course, levelOf(course)!)
  },
  async add_signer(course, person, { turn: id, person: to = '', place, comment, files }) {
    const { turn, insteadOf } = await takeTurn(course, person, id)
    await assertFit(course, to)
    const at = place === 'before' ? turn.place : turn.place + 1
    await makeRoom(course, turn, at)
    await addTurn(course, { ...turn, place: at, person: to, why: 'added', of: person })
    await note(course, {
      ...{ act: 'add_signer', actor: person, level: levelOf(course), insteadOf },
      ...{ person: to, comment, files },
    })
    await callNext(course, levelOf(course)!)
  },
}

/** Back to whoever submitted it, or to a level that it has passed; what was said before no longer counts. */
async function sendBack(
  course: Course,
  person: string,
  { turn: id, to, then, comment, files }: ActBody,
): Promise<void> {
  const { turn, insteadOf } = await takeTurn(course, person, id)
  const level = levelOf(course)!
  const levels = levelsOf(course.approval)
  const at = levels.findIndex(({ name }) => name === to)
  if (to !== undefined && (at === -1 || at >= levels.indexOf(level)))
    throw refuse('APPROVAL_LEVEL_UNKNOWN', '/to', { params: { name: to.slice(0, 40) } })
  await setStates(course, [turn], 'returned', person)
  await leaveLevel(course)
  const resume = then === 'resume' ? level.id : null
  course.run = { ...course.run, since_round: course.run.round, resume }
  const said = { act: 'return', actor: person, level, insteadOf, comment, files } as const
  if (to === undefined) {
    course.run = { ...course.run, state: 'returned' }
    await note(course, { ...said, outcome: 'returned' })
    return
  }
  await note(course, said)
  await goOn(course, at)
}

/** Who looks after approvals hands on the turns of others too: nothing stays with somebody who is gone. */
async function turnToHandOn(course: Course, person: string, id: string | undefined): Promise<Taken> {
  const other = turnsNow(course).find(
    (turn) => turn.id === id?.toLowerCase() && turn.state === 'waiting' && turn.person !== person,
  )
  if (other !== undefined && course.world.asked.access.may('flows'))
    return { turn: other, insteadOf: other.person }
  return await takeTurn(course, person, id)
}

async function addTurn(
  course: Course,
  turn: Pick<StoredTurn, 'round' | 'level' | 'part' | 'place' | 'person' | 'why' | 'of'>,
): Promise<void> {
  const { world, run } = course
  const { round, level, part, place, person, why, of } = turn
  const fresh = {
    id: newId(),
    round,
    level,
    part,
    place,
    person,
    why,
    of: of ?? undefined,
    state: 'ahead',
  } as const
  const made = await insertTurns(world.tx, world.asked.model.schema, run.id, [fresh], world.now)
  course.turns = [...course.turns, ...made]
}

async function makeRoom(course: Course, { round, part }: StoredTurn, place: number): Promise<void> {
  const { world, run } = course
  await shiftTurns(world.tx, world.asked.model.schema, { run: run.id, round, part, place })
  course.turns = course.turns.map((turn) =>
    turn.round === round && turn.part === part && turn.place >= place
      ? { ...turn, place: turn.place + 1 }
      : turn,
  )
}

/** @throws AppError APPROVAL_PERSON_UNFIT for somebody who could not decide here */
async function assertFit(course: Course, person: string): Promise<void> {
  const { world, approval, run } = course
  const reason = await (async (): Promise<LocalText | undefined> => {
    if (!(await mayAct(world, person))) return GONE
    if (person === run.submitter && approval.self !== 'allow') return SUBMITTER
    const hasTurn = turnsNow(course).some(
      (turn) => turn.person === person && (turn.state === 'waiting' || turn.state === 'ahead'),
    )
    if (hasTurn) return TWICE
    return (await titleFor(world, person)) === undefined ? BLIND : undefined
  })()
  if (reason !== undefined) throw refuse('APPROVAL_PERSON_UNFIT', '/person', { params: { reason } })
}

const GONE: LocalText = { en: 'there is no such active user', 'zh-CN': '没有此在用用户' }
const SUBMITTER: LocalText = { en: 'they submitted the record', 'zh-CN': '其为提交人' }
const TWICE: LocalText = { en: 'they have a turn at this level already', 'zh-CN': '其在本层级已有待办' }
const BLIND: LocalText = { en: 'they may not see the record', 'zh-CN': '其无权查看该记录' }
