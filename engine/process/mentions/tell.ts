import { findActors } from '../../access/find-actor.ts'
import type { Transaction } from '../../db/database.ts'
import type { CompiledEntity } from '../../model/compiled.ts'
import { notice, voiceFor } from '../../notify/notices.ts'
import { type RequestContext, requestContext } from '../../records/context.ts'
import { showsPeople } from '../../records/people.ts'
import { shownRecords } from '../../records/shown-cells.ts'
import type { Spoken } from '../../registry/words.ts'
import { flowContext } from '../flows/deps.ts'
import { notifyPeople } from '../flows/notify.ts'
import { waysBesideBell } from '../telling/addressee.ts'
import type { TellDeps } from '../telling/deps.ts'
import { MENTION } from '../telling/kinds.ts'

/** Letters of a comment that a notification shows. */
const SHOWN = 300

interface SaidOf {
  readonly entity: CompiledEntity
  readonly record: string
  readonly text: string
  readonly people: readonly string[]
}

/** Tells those whom a comment mentions, but for who wrote it: each in their language, of the record as they see it. */
export async function tellMentioned(
  deps: TellDeps,
  context: RequestContext,
  tx: Transaction,
  { entity, record, text, people }: SaidOf,
): Promise<void> {
  const { model, actor: author, search, now } = context
  const engine = flowContext(deps, model, { name: MENTION })
  const through = ['in_app', ...waysBesideBell(model, deps.registry, deps.mails === true)]
  const found = await findActors(tx, model, people)
  for (const id of people) {
    const actor = found.get(id)?.actor
    if (actor === undefined || id === author.id) continue
    const own = requestContext({ model, db: deps.db, search, now, actor, via: 'api' })
    const shown = (await shownRecords(own, tx, entity, [record])).get(record)
    if (shown === undefined) continue
    const who = showsPeople(model, own.access) ? author.name : undefined
    await notifyPeople(deps, engine, engine, tx, {
      ...{ to: [id], about: { entity: entity.name, id: record }, flow: MENTION, run: undefined },
      ...{ through, title: titleIn(voiceFor(deps.registry, actor), who, shown.label), text: shortened(text) },
    })
  }
}

const titleIn = (to: Spoken, who: string | undefined, record: string): string =>
  notice('mentioned', to, { who: who ?? notice('mentioned.somebody', to), record })

function shortened(text: string): string {
  const letters = [...text]
  return letters.length <= SHOWN ? text : `${letters.slice(0, SHOWN - 1).join('')}…`
}
