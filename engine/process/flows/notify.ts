import type { MessageDefinition, Text } from '../../../metadata/types.ts'
import { isKnownField } from '../../access/access.ts'
import type { Actor } from '../../access/actor.ts'
import type { Transaction } from '../../db/database.ts'
import { AppError } from '../../errors.ts'
import type { CompiledEntity } from '../../model/compiled.ts'
import { textsOf } from '../../model/kinds/message.ts'
import { parseTemplate } from '../../model/kinds/message-template.ts'
import { readIn } from '../../model/read-in.ts'
import { textTo, voiceFor } from '../../notify/notices.ts'
import type { Places } from '../../notify/places.ts'
import { type RecordData, recordPlaces } from '../../notify/record-places.ts'
import { renderMessage } from '../../notify/render.ts'
import { type RequestContext, requestContext } from '../../records/context.ts'
import { getRecord } from '../../records/get.ts'
import type { RecordRef } from '../../registry/action.ts'
import type { Registry } from '../../registry/registry.ts'
import type { Spoken } from '../../registry/words.ts'
import { knownPeople } from '../known-people.ts'
import { takeWays } from '../telling/deliver.ts'
import type { TellDeps } from '../telling/deps.ts'
import type { Channel } from '../telling/preference.ts'
import { insertTold } from '../telling/told-store.ts'
import type { Gathering } from './gathering.ts'

const MOST_TITLE = 300
const MOST_TEXT = 10_000

export interface Note {
  readonly to: readonly string[]
  readonly about: RecordRef | undefined
  readonly flow: string
  readonly run: string | undefined
  readonly message?: string
  readonly title?: unknown
  readonly text?: unknown
  /** In place of both: what the engine itself says to somebody. */
  readonly say?: (to: Spoken, receiver: Actor) => { readonly title: string; readonly text: string }
  /** The ways, in their order; the bell alone when absent. */
  readonly through?: readonly string[]
  /** Whether one way that reaches is enough. */
  readonly isFirst?: boolean
}

/**
 * Tells each person in their language, by the ways that the step says and the person wants. What a message says of the
 * record is what that person may see of it.
 * @param gathering where what goes into lists alone is kept until the end of the transaction, with that of other runs
 * @returns how many people are told
 */
export async function notifyPeople(
  deps: TellDeps,
  context: RequestContext,
  reading: RequestContext,
  tx: Transaction,
  note: Note,
  gathering?: Pick<Gathering, 'people' | 'tell'>,
): Promise<number> {
  const { model } = context
  const channels = (note.through ?? ['in_app']) as readonly Channel[]
  const isListed = channels.every((channel) => channel === 'in_app')
  const people = gathering?.people ?? knownPeople(tx, model)
  const found = await people.findAll(note.to)
  let count = 0
  for (const [person, { actor }] of found) {
    const { title, text } = await textFor(deps.registry, reading, actor, note)
    const own = {
      ...{ person, kind: note.message ?? note.flow, flow: note.flow, run: note.run },
      ...{ title: title.slice(0, MOST_TITLE) || note.flow, text: text.slice(0, MOST_TEXT) },
      ...{ entity: note.about?.entity ?? null, record: note.about?.id ?? null },
      isFirst: note.isFirst === true,
    }
    count++
    if (isListed && gathering !== undefined) {
      gathering.tell(own)
      continue
    }
    const told = await insertTold(tx, model.schema, own, channels, context.now())
    const ways = channels.map((channel, rank) => ({ told, rank, channel }))
    await takeWays(deps, model, tx, ways)
  }
  return count
}

async function textFor(
  registry: Registry,
  context: RequestContext,
  actor: Actor,
  { message: name, title, text, say, about }: Note,
): Promise<{ readonly title: string; readonly text: string }> {
  if (say !== undefined) return say(voiceFor(registry, actor), actor)
  const { language, reading } = actor
  // What definitions say in a language that the engine does not speak stands there for who has chosen it.
  const model = reading === undefined ? context.model : readIn(context.model, registry, reading, language)
  const message = name === undefined ? undefined : model.translated.message.get(name)
  if (message === undefined) {
    return {
      title: textTo(title as Text | undefined, actor, ''),
      text: textTo(text as Text | undefined, actor, ''),
    }
  }
  const own = model === context.model ? context : { ...context, model }
  const places = about === undefined ? {} : await placesFor(own, actor, message, about)
  const { subject, text: body } = renderMessage(message, language, places)
  return { title: subject, text: body }
}

/** The record as the receiver sees it; nothing of one that they do not. */
export async function placesFor(
  context: RequestContext,
  actor: Actor,
  message: MessageDefinition,
  { entity: name, id }: RecordRef,
): Promise<Places> {
  const entity = context.model.entities.get(name)
  if (entity === undefined || message.entity !== name) return {}
  const { model, db, search, now } = context
  const own = requestContext({ model, db, search, now, actor, via: 'flow' })
  const paths = textsOf(message)
    .flatMap(({ text }) => parseTemplate(text).paths.map(({ path }) => path))
    .filter((path) => {
      const field = entity.fields.get(path.split('.')[0] ?? '')
      return field !== undefined && isKnownField(own.access, entity, field)
    })
  const seen = await readFor(own, entity.name, id, paths)
  return seen === undefined ? {} : recordPlaces(model, entity, seen, actor.language)
}

const UNSEEN: ReadonlySet<string> = new Set(['RECORD_NOT_FOUND', 'ENTITY_UNKNOWN'])

/** The lookups that some paths go through. */
export function expandedBy(
  { fields }: Pick<CompiledEntity, 'fields'>,
  paths: readonly string[],
): readonly string[] {
  const firsts = paths.map((path) => path.split('.')[0] ?? '')
  const lookups = firsts.filter((name) => fields.get(name)?.relation !== undefined)
  if (lookups.length === 0) return []
  const deeper = paths.flatMap((path) =>
    path.split('.').length > 2 ? [path.split('.').slice(0, 2).join('.')] : [],
  )
  return [...new Set([...lookups, ...deeper])]
}

/** A record with what some paths mention, as far as the context sees it; undefined where it does not. */
export async function readFor(
  context: RequestContext,
  entity: string,
  id: string,
  paths: readonly string[],
): Promise<RecordData | undefined> {
  const fields = context.model.entities.get(entity)?.fields
  const expand = fields === undefined ? [] : expandedBy({ fields }, paths)
  try {
    const answer = await getRecord(context, entity, id, {
      ...(paths.length === 0 ? {} : { fields: paths.join(',') }),
      ...(expand.length === 0 ? {} : { expand: expand.join(',') }),
    })
    return (JSON.parse(answer.body) as { readonly data: RecordData }).data
  } catch (error) {
    if (error instanceof AppError && UNSEEN.has(error.code)) return undefined
    // A field behind a lookup that this person may not know of: the message says of the record what it can.
    if (error instanceof AppError && paths.some((path) => path.includes('.')))
      return await readFor(
        context,
        entity,
        id,
        paths.filter((path) => !path.includes('.')),
      )
    throw error
  }
}
