import type { Actor } from '../../access/actor.ts'
import { findActor } from '../../access/find-actor.ts'
import type { Transaction } from '../../db/database.ts'
import { notice, textTo, voiceFor } from '../../notify/notices.ts'
import { bulkRecords } from '../../records/bulk.ts'
import { requestContext } from '../../records/context.ts'
import { namesOf } from '../../records/people.ts'
import { flowContext } from '../flows/deps.ts'
import { notifyPeople } from '../flows/notify.ts'
import { waysBesideBell } from '../telling/addressee.ts'
import type { TellDeps } from '../telling/deps.ts'
import type { Course } from './course.ts'
import { standInsFor } from './people.ts'
import { titleFor } from './world.ts'

/** What people are told of an approval. */
export type Telling = 'turn' | 'remind' | 'approved' | 'rejected' | 'returned' | 'time_over'

/** Tells people about an approval, whoever stands in for them included. The one place that knows how. */
export async function tell(course: Course, what: Telling, people: Iterable<string>): Promise<void> {
  const { world, approval } = course
  const ids = [...new Set(people)]
  const away = what === 'turn' || what === 'remind' ? await standInsFor(world, ids) : new Map()
  const receivers = [...new Set([...ids, ...ids.flatMap((id) => away.get(id) ?? [])])]
  const { engine, tx } = world
  const deps: TellDeps = { ...world, db: engine.db, now: engine.now }
  const { model } = engine
  const ways = waysBesideBell(model, world.registry, world.mails === true)
  for (const person of receivers) {
    const title = await titleFor(world, person)
    const actor = await findActor(tx, model, person)
    if (title === undefined || actor === undefined) continue
    const named = model.translated.approval.get(approval.name)
    const label = textTo(named?.label ?? approval.label, actor, approval.name)
    const to = voiceFor(world.registry, actor)
    const text = await saidTo(course, actor)
    const subject = notice('approval.what', to, { approval: label, record: title })
    await notifyPeople(deps, engine, engine, tx as Transaction, {
      ...{
        to: [person],
        about: { entity: world.entity.name, id: world.record },
        flow: approval.name,
        run: undefined,
      },
      through: ['in_app', ...ways],
      say: () => ({ title: notice(`approval.${what}`, to, { what: subject }), text }),
    })
  }
}

/** What somebody wrote, with their name where whoever is told may know it. */
async function saidTo({ world, said }: Course, reader: Actor): Promise<string> {
  if (said === undefined) return ''
  const { engine, tx, registry } = world
  const context = requestContext({ ...engine, actor: reader, via: 'api', now: engine.now })
  const who = said.by === undefined ? null : (await namesOf(context, tx, [said.by]))(said.by)
  if (who === null) return said.text
  return notice('approval.said', voiceFor(registry, reader), { who, text: said.text })
}

/** Those whose turn has begun are told, and whoever submitted it what has become of it. */
export async function tellAll(course: Course, by: string | undefined): Promise<void> {
  const { run, called } = course
  if (run.state === 'running')
    await tell(
      course,
      'turn',
      [...called].filter((person) => person !== by),
    )
  const isTold = run.state === 'approved' || run.state === 'rejected' || run.state === 'returned'
  if (isTold && run.submitter !== by) await tell(course, run.state as Telling, [run.submitter])
}

/** What told people of it is read by those who have had their say since, or whose turn is over: nothing of it waits for them. */
export async function readBy(course: Course, people: readonly string[]): Promise<void> {
  const { world, approval } = course
  const { engine, tx, record } = world
  if (people.length === 0 || engine.model.entities.get('notification') === undefined) return
  const about = [
    { in: [{ var: 'owner' }, [...new Set(people)]] },
    { '==': [{ var: 'flow' }, approval.name] },
    { '==': [{ var: 'record' }, record] },
    { '==': [{ var: 'read' }, false] },
  ]
  const context = flowContext({ ...world, db: engine.db, now: engine.now }, engine.model, {
    name: approval.name,
  })
  await bulkRecords(context, 'notification', { filter: { and: about }, set: { read: true } }, { runner: tx })
}

/** Everybody who was asked, but for those whose turn it is. */
export function doneWith({ turns }: Pick<Course, 'turns'>): readonly string[] {
  const waiting = new Set(turns.flatMap(({ state, person }) => (state === 'waiting' ? [person] : [])))
  const asked = turns.flatMap(({ person, state, decided_by: by }) =>
    state === 'ahead' ? [] : [person, ...(by === null ? [] : [by])],
  )
  return [...new Set(asked)].filter((person) => !waiting.has(person))
}
