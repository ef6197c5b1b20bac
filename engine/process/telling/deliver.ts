import { findActor } from '../../access/find-actor.ts'
import type { Transaction } from '../../db/database.ts'
import type { CompiledModel } from '../../model/compiled.ts'
import { voiceFor } from '../../notify/notices.ts'
import { MESSAGE } from '../../notify/outgoing/perform.ts'
import type { Settled } from '../../notify/outgoing/sender.ts'
import { insertCall } from '../../notify/outgoing/store.ts'
import { createRecord } from '../../records/create.ts'
import { flowContext } from '../flows/deps.ts'
import { type Addressee, type Carrier, carrierOf, findAddressee } from './addressee.ts'
import type { TellDeps } from './deps.ts'
import { type Channel, type Preference, readPreference, wants } from './preference.ts'
import { quietUntil } from './quiet-hours.ts'
import {
  carriedBy,
  type Delivery,
  type DeliveryFault,
  gatheredUntil,
  heldFor,
  lockGathering,
  nextDelivery,
  saveDelivery,
  type Told,
} from './told-store.ts'
import { messageFor } from './words.ts'

/** A message that nobody takes is tried for so long. */
const KEPT_MS = 86_400_000
const MOST_TRIES = 200
/** Where another way follows, it is not waited for so long. */
const KEPT_BEFORE_NEXT_MS = 300_000

/** Takes a way: at once, held back until the person wants to be told, or passed over for the next one. */
export async function takeWay(
  deps: TellDeps,
  model: CompiledModel,
  tx: Transaction,
  delivery: Delivery,
): Promise<void> {
  if (delivery.channel === 'in_app') return await putIntoList(deps, model, tx, delivery)
  const way = await wayFor(deps, model, tx, delivery)
  if ('fault' in way) return await passOver(deps, model, tx, delivery, 'skipped', way.fault)
  const { person } = delivery.told
  await lockGathering(tx, model.schema, person, delivery.channel)
  const until = await heldUntil(deps, model, tx, delivery, way)
  if (until === undefined) return await sendTogether(deps, model, tx, [delivery], way)
  await saveDelivery(tx, model.schema, delivery, { state: 'held', dueAt: until }, deps.now())
  await deps.wakes.deliveries(tx, model.workspace, until)
}

/** All ways of something that is told, or the first of them. */
export async function takeWays(
  deps: TellDeps,
  model: CompiledModel,
  tx: Transaction,
  deliveries: readonly Delivery[],
): Promise<void> {
  for (const delivery of deliveries) {
    await takeWay(deps, model, tx, delivery)
    if (delivery.told.isFirst) return
  }
}

async function putIntoList(
  deps: TellDeps,
  model: CompiledModel,
  tx: Transaction,
  delivery: Delivery,
): Promise<void> {
  const context = flowContext(deps, model, { name: delivery.told.flow })
  const answer = await createRecord(context, 'notification', noticeOf(delivery.told), { runner: tx })
  const { data } = JSON.parse(answer.body) as { readonly data: { readonly id: string } }
  await saveDelivery(tx, model.schema, delivery, { state: 'sent', notification: data.id }, deps.now())
}

/** What stands in a person's list. */
export function noticeOf({ title, text, flow, person, entity, record }: Omit<Told, 'id'>): object {
  return {
    ...{ title, owner: person, flow },
    ...(text === '' ? {} : { text }),
    ...(entity === null || record === null ? {} : { entity, record }),
  }
}

interface Way {
  readonly carrier: Carrier
  readonly addressee: Addressee
  readonly to: string
  readonly preference: Preference
}

async function wayFor(
  { registry, mails }: TellDeps,
  model: CompiledModel,
  tx: Transaction,
  { told, channel }: Delivery,
): Promise<Way | { readonly fault: DeliveryFault }> {
  const carrier = carrierOf(model, registry, channel, mails === true)
  if (carrier === undefined) return { fault: { code: 'TELL_NO_CONNECTION' } }
  const addressee = await findAddressee(tx, model, told.person)
  if (addressee === undefined) return { fault: { code: 'TELL_PERSON_GONE' } }
  const to = addressee[carrier.address]
  if (to === null || to === '') return { fault: { code: 'TELL_NO_ADDRESS' } }
  const preference = await readPreference(tx, model.schema, told.person)
  if (!wants(preference, told.kind, channel)) return { fault: { code: 'TELL_SWITCHED_OFF' } }
  return { carrier, addressee, to, preference }
}

/** Until when it waits; undefined: it may go at once. What waits already takes it along. */
async function heldUntil(
  deps: TellDeps,
  model: CompiledModel,
  tx: Transaction,
  { told, channel }: Delivery,
  { preference, addressee }: Way,
): Promise<Date | undefined> {
  const now = deps.now()
  const { gather = 0, quiet } = preference
  const quietEnd = quietUntil(quiet, addressee.timeZone, now)
  if (gather === 0 && quietEnd === undefined) return undefined
  const waiting = await gatheredUntil(tx, model.schema, told.person, channel)
  if (waiting !== undefined && waiting > now) return waiting
  const gathered = new Date(now.getTime() + gather * 60_000)
  return quietEnd !== undefined && quietEnd > gathered
    ? quietEnd
    : (quietUntil(quiet, addressee.timeZone, gathered) ?? gathered)
}

/** One message for all of them, queued with what they know of it. */
async function sendTogether(
  deps: TellDeps,
  model: CompiledModel,
  tx: Transaction,
  deliveries: readonly Delivery[],
  { carrier, to }: Way,
): Promise<void> {
  const { person } = deliveries[0]!.told
  const now = deps.now()
  const actor = await findActor(tx, model, person)
  const spoken = actor === undefined ? { language: model.settings.language } : voiceFor(deps.registry, actor)
  const message = messageFor(
    deliveries.map(({ told }) => told),
    { to, spoken, workspace: model.workspace, publicUrl: deps.publicUrl },
  )
  const hasNext = deliveries.some(({ told }) => told.isFirst)
  const outgoing = await insertCall(
    tx,
    model.schema,
    {
      ...{
        connection: carrier.connection,
        name: carrier.name,
        operation: MESSAGE,
        purpose: 'message',
        person,
      },
      ...{ input: { ...message }, mostTries: MOST_TRIES },
      until: new Date(now.getTime() + (hasNext ? KEPT_BEFORE_NEXT_MS : KEPT_MS)),
    },
    now,
  )
  for (const delivery of deliveries)
    await saveDelivery(tx, model.schema, delivery, { state: 'sending', outgoing }, now)
  await deps.wakes.outgoing(tx, model.workspace)
}

/** It did not reach them this way; where one way is enough, the next is taken. */
async function passOver(
  deps: TellDeps,
  model: CompiledModel,
  tx: Transaction,
  delivery: Delivery,
  state: 'failed' | 'skipped',
  fault: DeliveryFault,
): Promise<void> {
  await saveDelivery(tx, model.schema, delivery, { state, fault }, deps.now())
  if (!delivery.told.isFirst) return
  const next = await nextDelivery(tx, model.schema, delivery)
  if (next !== undefined) await takeWay(deps, model, tx, next)
}

/** Lets go what waits for a person on a channel, several as one message; quiet hours that have come meanwhile hold it on. */
export async function letGo(
  deps: TellDeps,
  model: CompiledModel,
  tx: Transaction,
  person: string,
  channel: Channel,
): Promise<void> {
  await lockGathering(tx, model.schema, person, channel)
  const held = await heldFor(tx, model.schema, person, channel)
  const ready: Delivery[] = []
  let way: Way | undefined
  for (const delivery of held) {
    const found = await wayFor(deps, model, tx, delivery)
    if ('fault' in found) await passOver(deps, model, tx, delivery, 'skipped', found.fault)
    else {
      way = found
      ready.push(delivery)
    }
  }
  if (way === undefined) return
  const until = quietUntil(way.preference.quiet, way.addressee.timeZone, deps.now())
  if (until === undefined) return await sendTogether(deps, model, tx, ready, way)
  for (const delivery of ready)
    await saveDelivery(tx, model.schema, delivery, { state: 'held', dueAt: until }, deps.now())
  await deps.wakes.deliveries(tx, model.workspace, until)
}

/** What a message's end means for those that it carried. */
export function messageSettled(deps: TellDeps): Settled {
  return async (tx, model, call, outcome) => {
    for (const delivery of await carriedBy(tx, model.schema, call.id)) {
      if (outcome.kind === 'failed') {
        const { code, text } = outcome.fault
        await passOver(deps, model, tx, delivery, 'failed', { code, text })
      } else {
        await saveDelivery(tx, model.schema, delivery, { state: 'sent' }, deps.now())
      }
    }
  }
}
