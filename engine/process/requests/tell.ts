import { accessOf } from '../../access/access.ts'
import { findActor } from '../../access/find-actor.ts'
import type { Transaction } from '../../db/database.ts'
import type { Language } from '../../errors.ts'
import type { CompiledModel } from '../../model/compiled.ts'
import { bulkRecords } from '../../records/bulk.ts'
import type { RequestContext } from '../../records/context.ts'
import type { Registry } from '../../registry/registry.ts'
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
  await tellPeople(deps, context, tx, PLACE, keepers, (language) => ({
    title:
      language === 'en'
        ? `${name} suggests a change: ${shortened(text)}`
        : `${name}提出修改建议：${shortened(text)}`,
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
  await tellPeople(deps, context, tx, PLACE, [asker], (language) => ({
    title: `${ENDS[state][language]}${shortened(text)}`,
    ...(answer === null ? {} : { text: answer }),
    record: id,
  }))
}

const ENDS: Readonly<Record<Answered['state'], Readonly<Record<Language, string>>>> = {
  done: { en: 'Your change request is done: ', 'zh-CN': '您的修改建议已完成：' },
  declined: { en: 'Your change request is declined: ', 'zh-CN': '您的修改建议未采纳：' },
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
  words: (language: Language) => object,
): Promise<void> {
  const create: object[] = []
  for (const owner of people) {
    const language = await languageOf(model, tx, owner)
    if (language !== undefined) create.push({ ...words(language), owner, entity: place })
  }
  if (create.length === 0) return
  const engine = flowContext({ db, registry: deps.registry, now }, model, { name: place })
  await bulkRecords(engine, 'notification', { create }, { runner: tx })
}

/** Undefined for one who is gone or switched off. */
async function languageOf(
  model: CompiledModel,
  tx: Transaction,
  person: string,
): Promise<Language | undefined> {
  return (await findActor(tx, model, person))?.language
}
