import type { LiveJob, LiveNotice } from '../../db/live-notice.ts'
import type { CompiledEntity, CompiledModel } from '../../model/compiled.ts'
import { entityById } from '../../model/entity-by-id.ts'
import { type RequestContext, requestContext } from '../../records/context.ts'
import { type Readers, readableBy, readersOfAny } from '../../records/readable.ts'
import type { HttpSource } from '../deps.ts'
import { type LiveClient, say, sayWhere } from './client.ts'

/** More records of an entity at once are told as "many": who shows a list loads it anyway. */
const MANY = 100

/** What was done to a record last. */
interface Written {
  readonly action: string
  readonly version: number | null
}

type Deps = Pick<HttpSource, 'db' | 'registry'>

/**
 * Tells pages what they may hear of: records that their person may read, their own jobs, that the model has changed. A
 * record that somebody may not read is not mentioned to them at all.
 */
export async function tellClients(
  deps: Deps,
  model: CompiledModel,
  clients: readonly LiveClient[],
  notices: readonly LiveNotice[],
): Promise<void> {
  const last = notices.at(-1)?.id
  const groups = groupsOf(deps, model, clients)
  for (const [id, written] of writtenOf(notices)) {
    const entity = entityById(model, id)
    if (entity === undefined) continue
    for (const group of groups) await tellOf(group, entity, written)
  }
  for (const { job } of notices) if (job !== undefined) tellJob(groups, job)
  const drafts = new Set(notices.flatMap(({ draft }) => draft ?? []))
  for (const draft of drafts) tellDraft(groups, draft)
  if (notices.some((notice) => notice.model === true)) {
    for (const client of clients) say(client, 'model', JSON.stringify({ version: model.version }))
  }
  for (const client of clients) {
    client.lastId = last
    if (client.isBehind) sayWhere(client)
  }
}

/** By the entity's id and the record's. */
function writtenOf(notices: readonly LiveNotice[]): ReadonlyMap<string, ReadonlyMap<string, Written>> {
  const all = new Map<string, Map<string, Written>>()
  for (const { records = [] } of notices) {
    for (const [entity, record, action, version] of records) {
      let ofEntity = all.get(entity)
      if (ofEntity === undefined) {
        ofEntity = new Map()
        all.set(entity, ofEntity)
      }
      const isNew = ofEntity.get(record)?.action === 'create' && action === 'update'
      ofEntity.set(record, { action: isNew ? 'create' : action, version })
    }
  }
  return all
}

/** Clients of the same roles: what they may read differs by who they are alone. */
interface Group extends Readers {
  readonly byActor: ReadonlyMap<string, readonly LiveClient[]>
}

function groupsOf(deps: Deps, model: CompiledModel, clients: readonly LiveClient[]): readonly Group[] {
  const byRoles = new Map<string, { context: RequestContext; byActor: Map<string, LiveClient[]> }>()
  for (const client of clients) {
    const { actor } = client
    if (actor.id === undefined) continue
    let group = byRoles.get(actor.roleKey)
    if (group === undefined) {
      const context = requestContext({
        ...{ model, actor, db: deps.db, search: deps.registry.search(), via: 'api' },
      })
      group = { context, byActor: new Map() }
      byRoles.set(actor.roleKey, group)
    }
    const own = group.byActor.get(actor.id)
    if (own === undefined) group.byActor.set(actor.id, [client])
    else own.push(client)
  }
  return [...byRoles.values()].map((group) => ({ ...group, actors: [...group.byActor.keys()] }))
}

async function tellOf(
  group: Group,
  entity: CompiledEntity,
  written: ReadonlyMap<string, Written>,
): Promise<void> {
  const { read } = group.context.access.entity(entity.name)
  if (read === 'none') return
  const ids = [...written.keys()]
  if (ids.length > MANY) {
    const text = JSON.stringify({ entity: entity.name, many: true })
    const who = read === 'all' ? group.actors : await readersOfAny(group, entity, ids)
    for (const actor of who) send(group, actor, entity, text)
    return
  }
  if (read === 'all') {
    const text = textOf(entity, ids, written)
    for (const actor of group.actors) send(group, actor, entity, text)
    return
  }
  const readable = await readableBy(group, entity, ids)
  for (const [actor, own] of readable) send(group, actor, entity, textOf(entity, own, written))
}

function textOf(
  { name }: CompiledEntity,
  ids: readonly string[],
  written: ReadonlyMap<string, Written>,
): string {
  return JSON.stringify({ entity: name, records: ids.map((id) => ({ id, ...written.get(id) })) })
}

function send({ byActor }: Group, actor: string, { name }: CompiledEntity, text: string): void {
  const event = name === 'notification' ? 'notifications' : 'records'
  for (const client of byActor.get(actor) ?? []) say(client, event, text)
}

/** A job is told to whom GET /api/jobs/{id} answers. */
function tellJob(groups: readonly Group[], job: LiveJob): void {
  const text = JSON.stringify({
    ...{ id: job.id, kind: job.kind, state: job.state, done: job.done, total: job.total },
  })
  for (const { context, byActor } of groups) {
    const seesAll = context.access.may('publish')
    for (const [actor, clients] of byActor) {
      if (!seesAll && job.created_by !== actor) continue
      for (const client of clients) say(client, 'job', text)
    }
  }
}

/** A draft is told of to those who may open it. */
function tellDraft(groups: readonly Group[], id: string): void {
  const text = JSON.stringify({ id })
  for (const { context, byActor } of groups) {
    if (!context.access.edits()) continue
    for (const client of [...byActor.values()].flat()) say(client, 'draft', text)
  }
}
