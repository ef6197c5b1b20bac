import { accessOf } from '../../access/access.ts'
import { findActor } from '../../access/find-actor.ts'
import type { Transaction } from '../../db/database.ts'
import { notice, voiceFor } from '../../notify/notices.ts'
import { bulkRecords } from '../../records/bulk.ts'
import type { RequestContext } from '../../records/context.ts'
import type { Registry } from '../../registry/registry.ts'
import type { Spoken } from '../../registry/words.ts'
import { flowContext } from '../flows/deps.ts'
import { resolvePeople } from '../who.ts'
import type { RequestState } from './request.ts'

export interface RequestDeps {
  readonly registry: Registry
}

/** Where a notification of a wish leads: the pages know the word. */
const PLACE = 'change_request'
/** Those who are told at most. */
const MOST_KEEPERS = 50
/** Characters of the wish that a title shows. */
const SHOWN = 80

interface Filed {
  readonly id: string
  readonly asker: string
  readonly text: string
}

/** Tells everybody who looks after definitions, but for who asked. */
export async function tellKeepers(
  deps: RequestDeps,
  context: RequestContext,
  tx: Transaction,
  { id, asker, text }: Filed,
): Promise<void> {
  const { model, actor } = context
  const name = actor.name
  const people = await resolvePeople(
    { model, db: tx, path: async () => undefined, value: async () => undefined },
    keeperRoles(context).map((role) => ({ role })),
  )
  const keepers = people.filter((person) => person !== asker).slice(0, MOST_KEEPERS)
  await tellPeople(deps, context, tx, PLACE, keepers, (to) => ({
    title: notice('request.filed', to, { who: name, text: shortened(text) }),
    record: id,
  }))
}

interface Answered extends Filed {
  readonly state: Exclude<RequestState, 'open'>
  readonly answer: string | null
}

/** Tells whoever asked what became of it. */
export async function tellAsker(
  deps: RequestDeps,
  context: RequestContext,
  tx: Transaction,
  { id, asker, state, text, answer }: Answered,
): Promise<void> {
  await tellPeople(deps, context, tx, PLACE, [asker], (to) => ({
    title: notice(`request.${state}`, to, { text: shortened(text) }),
    ...(answer === null ? {} : { text: answer }),
    record: id,
  }))
}

export const shortened = (text: string): string => {
  const line = text.replaceAll(/\s+/g, ' ')
  const letters = [...line]
  return letters.length <= SHOWN ? line : `${letters.slice(0, SHOWN - 1).join('')}…`
}

/** Roles by which somebody edits definitions of any kind. */
function keeperRoles({ model, actor }: RequestContext): readonly string[] {
  return [...model.definitions.role.keys()].filter((role) =>
    accessOf(model, { ...actor, roles: [role], roleKey: role }).edits(),
  )
}

/** Notifications in the language of each who gets one, leading to a place that the pages know; with the engine's rights: nobody writes to others' lists. */
export async function tellPeople(
  deps: RequestDeps,
  { model, db, now }: Pick<RequestContext, 'model' | 'db' | 'now'>,
  tx: Transaction,
  place: string,
  people: readonly string[],
  words: (to: Spoken) => object,
): Promise<void> {
  const create: object[] = []
  for (const owner of people) {
    const actor = await findActor(tx, model, owner)
    if (actor === undefined) continue // gone
    create.push({ ...words(voiceFor(deps.registry, actor)), owner, entity: place })
  }
  if (create.length === 0) return
  const engine = flowContext({ db, registry: deps.registry, now }, model, { name: place })
  await bulkRecords(engine, 'notification', { create }, { runner: tx })
}
