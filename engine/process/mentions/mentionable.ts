import { isKnownField } from '../../access/access.ts'
import { findActors } from '../../access/find-actor.ts'
import type { CompiledEntity } from '../../model/compiled.ts'
import type { RequestContext } from '../../records/context.ts'
import { listRecords } from '../../records/list.ts'
import type { Person } from '../../records/people.ts'
import { readersAmong } from '../../records/readers.ts'

/** People that are offered. */
const MOST_OFFERED = 8
const PAGE = 50
/** Of those whom the words mean so many are asked about: in a large company few may read a record that is somebody's own. */
const MOST_PAGES = 6

interface Page {
  readonly data: readonly Readonly<Record<string, unknown>>[]
  readonly page: { readonly next: string | null }
}

/**
 * Whom the actor may mention in a comment on a record: people whom they see themselves, who may act and may read the record.
 * @param q as in a list: a name, pinyin or its initials; all where there is none
 */
export async function mentionable(
  context: RequestContext,
  entity: CompiledEntity,
  record: string,
  q: unknown,
): Promise<readonly Person[]> {
  const name = nameOfPeople(context)
  if (name === undefined) return []
  const offered: Person[] = []
  const words = typeof q === 'string' && q.trim() !== '' ? { q } : {}
  let after: string | null = null
  for (let page = 0; page < MOST_PAGES && offered.length < MOST_OFFERED; page++) {
    const question = { ...words, fields: ['id', name], sort: name, limit: PAGE }
    const answer = await listRecords(context, 'user', after === null ? question : { ...question, after })
    const { data, page: at } = JSON.parse(answer.body) as Page
    const named = new Map(data.map((row) => [String(row.id), row[name]]))
    const readers = await activeReaders(context, entity, record, [...named.keys()])
    for (const [id, label] of named)
      if (readers.has(id) && typeof label === 'string') offered.push({ id, label })
    after = at.next
    if (after === null) break
  }
  return offered.slice(0, MOST_OFFERED)
}

/** Those of some people whom the actor may mention; in no order. */
export async function mentionableAmong(
  context: RequestContext,
  entity: CompiledEntity,
  record: string,
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  if (ids.length === 0 || nameOfPeople(context) === undefined) return new Set()
  const filter = { in: [{ var: 'id' }, ids] }
  const answer = await listRecords(context, 'user', { filter, fields: ['id'], limit: ids.length })
  const { data } = JSON.parse(answer.body) as Page
  return await activeReaders(
    context,
    entity,
    record,
    data.map(({ id }) => String(id)),
  )
}

async function activeReaders(
  context: RequestContext,
  entity: CompiledEntity,
  record: string,
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  const found = await findActors(context.db, context.model, ids)
  const actors = [...found.values()].flatMap(({ actor, mayAct }) => (mayAct ? [actor] : []))
  return await readersAmong(context, context.db, entity, record, actors)
}

/** The field by which people are called; undefined for who may not know it: they mention nobody. */
function nameOfPeople({ model, access }: RequestContext): string | undefined {
  const people = model.entities.get('user')
  const title = people?.titleField
  if (people === undefined || title === undefined || access.entity(people.name).read === 'none')
    return undefined
  return isKnownField(access, people, title) ? title.name : undefined
}
