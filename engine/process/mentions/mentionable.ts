import { isKnownField } from '../../access/access.ts'
import { findActors } from '../../access/find-actor.ts'
import { AppError } from '../../errors.ts'
import type { CompiledEntity } from '../../model/compiled.ts'
import type { RequestContext } from '../../records/context.ts'
import { getRecord } from '../../records/get.ts'
import { heldContext } from '../../records/held-context.ts'
import { listRecords } from '../../records/list.ts'
import { unfitMention } from '../../records/mentions.ts'
import type { ListParameters } from '../../records/parse-list.ts'
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
 * Before anything is typed those come first who have to do with it.
 * @param q as in a list: a name, pinyin or its initials
 */
export async function mentionable(
  context: RequestContext,
  entity: CompiledEntity,
  record: string,
  q: unknown,
): Promise<readonly Person[]> {
  const name = nameOfPeople(context)
  if (name === undefined) return []
  const offered = new Map<string, Person>()
  const offer = async (question: ListParameters): Promise<string | null> => {
    const all = { fields: ['id', name], sort: name, limit: PAGE, ...question }
    const { data, page } = JSON.parse((await listRecords(context, 'user', all)).body) as Page
    const named = data.flatMap(({ id, [name]: label }) =>
      typeof label === 'string' && id !== context.actor.id ? [{ id: String(id), label }] : [],
    )
    const ids = named.map(({ id }) => id)
    const readers = await activeReaders(context, entity, record, ids)
    for (const person of named) if (readers.has(person.id)) offered.set(person.id, person)
    return page.next
  }
  const isAsked = typeof q === 'string' && q.trim() !== ''
  const first = isAsked ? [] : await concernedWith(context, entity, record)
  if (first.length > 0) await offer({ filter: { in: [{ var: 'id' }, first] } })
  let after: string | null = null
  for (let page = 0; page < MOST_PAGES && offered.size < MOST_OFFERED; page++) {
    after = await offer({ ...(isAsked ? { q } : {}), ...(after === null ? {} : { after }) })
    if (after === null) break
  }
  return [...offered.values()].slice(0, MOST_OFFERED)
}

/** Who has the record and who wrote about it last, as far as the actor is shown that. */
async function concernedWith(
  context: RequestContext,
  entity: CompiledEntity,
  record: string,
): Promise<readonly string[]> {
  const owner = entity.owned ? entity.fields.get('owner') : undefined
  const isShown = owner !== undefined && isKnownField(context.access, entity, owner)
  const [held, said] = await Promise.all([
    isShown ? getRecord(context, entity.name, record, { fields: 'owner' }) : undefined,
    listRecords(heldContext(context, 'comment'), 'comment', {
      ...{ filter: { '==': [{ var: 'about' }, record] }, sort: '-created_at' },
      ...{ fields: ['created_by'], limit: MOST_OFFERED },
    }),
  ])
  const rows = (JSON.parse(said.body) as Page).data.map(({ created_by: author }) => author)
  const its =
    held === undefined ? undefined : (JSON.parse(held.body) as { data: { owner?: unknown } }).data.owner
  return [its, ...rows].filter((one): one is string => typeof one === 'string')
}

/**
 * @param known those who may be, whoever they are: they are mentioned already
 * @throws AppError COMMENT_MENTION_UNFIT for each of the people whom the actor may not mention
 */
export async function assertMentionable(
  context: RequestContext,
  entity: CompiledEntity,
  record: string,
  people: readonly string[],
  known: ReadonlySet<string> = new Set(),
): Promise<void> {
  const asked = people.filter((id) => !known.has(id))
  const fit = await mentionableAmong(context, entity, record, asked)
  const problems = people.flatMap((id, index) => (known.has(id) || fit.has(id) ? [] : [unfitMention(index)]))
  if (problems.length > 0) throw new AppError(problems)
}

/** Those of some people whom the actor may mention; in no order. */
async function mentionableAmong(
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
