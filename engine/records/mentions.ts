import type { Executor } from '../db/database.ts'
import { AppError, type Problem, problem } from '../errors.ts'
import { isRecordId } from '../fields/parts/formats.ts'
import type { CompiledModel } from '../model/compiled.ts'
import type { RequestContext } from './context.ts'
import { type Person, showsPeople } from './people.ts'
import { plainLabel } from './select.ts'

/** People that one comment mentions at most. */
export const MOST_MENTIONS = 20

/**
 * The ids of those whom a comment mentions, as they were sent.
 * @throws AppError with every problem
 */
export const parseMentions = (raw: readonly string[] | undefined): readonly string[] =>
  parseIds(raw, 'mentions', MOST_MENTIONS, unfitMention)

/**
 * Ids that come with a comment: each once, so many at most.
 * @throws AppError with every problem
 */
export function parseIds(
  raw: readonly string[] | undefined,
  key: string,
  limit: number,
  unfit: (index: number) => Problem,
): readonly string[] {
  const ids = (raw ?? []).map((id) => id.toLowerCase())
  if (ids.length > limit) throw new AppError(problem('FIELD_LIST_TOO_LONG', `/${key}`, { params: { limit } }))
  const problems = ids.flatMap((id, index): Problem[] => {
    if (!isRecordId(id)) return [unfit(index)]
    return ids.indexOf(id) < index ? [problem('FIELD_LIST_DUPLICATE', `/${key}/${index}`)] : []
  })
  if (problems.length > 0) throw new AppError(problems)
  return ids
}

/** The same for one who is not there, may not act, or may not read the record: what is so is nobody's to learn. */
export const unfitMention = (index: number): Problem => problem('COMMENT_MENTION_UNFIT', `/mentions/${index}`)

/** Whom a comment mentions, or has mentioned before it was changed. */
export interface StoredMention {
  readonly person: string
  /** As the text called them when it was written; null where it did not. */
  readonly said: string | null
  readonly is_gone: boolean
}

export async function storedMentions(
  tx: Executor,
  schema: string,
  comment: string,
): Promise<readonly StoredMention[]> {
  const { rows } = await tx.query<StoredMention>({
    text:
      `SELECT m.person::text AS person, m.said, m.is_gone FROM ${schema}.tenon_mention m ` +
      'WHERE m.comment = $1 ORDER BY m.number',
    values: [comment],
  })
  return rows
}

interface Mentioning {
  readonly comment: string
  readonly text: string
  readonly people: readonly string[]
}

/** Puts whom a comment mentions in place of what was there; those who are left out stay as told. */
export async function storeMentions(
  tx: Executor,
  model: CompiledModel,
  { comment, text, people }: Mentioning,
  before: readonly StoredMention[] = [],
): Promise<void> {
  if (people.length === 0 && before.length === 0) return
  const was = new Map(before.map(({ person, said }) => [person, said]))
  const called = await namesIn(tx, model, people)
  const isSaid = (name: string | null | undefined): name is string =>
    typeof name === 'string' && text.includes(`@${name}`)
  const rows = [
    ...people.map((person) => ({
      person,
      said: [was.get(person), called.get(person)].find(isSaid) ?? null,
      gone: false,
    })),
    ...before
      .filter(({ person }) => !people.includes(person))
      .map(({ person, said }) => ({ person, said, gone: true })),
  ]
  if (before.length > 0)
    await tx.query({
      text: `DELETE FROM ${model.schema}.tenon_mention WHERE comment = $1`,
      values: [comment],
    })
  await tx.query({
    text:
      `INSERT INTO ${model.schema}.tenon_mention (comment, number, person, said, is_gone) ` +
      'SELECT $1::uuid, p.number, p.person, p.said, p.gone ' +
      'FROM unnest($2::uuid[], $3::text[], $4::boolean[]) WITH ORDINALITY AS p(person, said, gone, number)',
    values: [
      comment,
      rows.map((one) => one.person),
      rows.map((one) => one.said),
      rows.map((one) => one.gone),
    ],
  })
}

/** What people are called today. */
async function namesIn(
  tx: Executor,
  model: CompiledModel,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string | null>> {
  const people = model.entities.get('user')
  if (ids.length === 0 || people === undefined) return new Map()
  const { rows } = await tx.query<{ id: string; label: string | null }>({
    text: `SELECT u."id"::text AS id, ${plainLabel(people, 'u')} AS label FROM ${people.table} u WHERE u."id" = ANY($1::uuid[])`,
    values: [ids],
  })
  return new Map(rows.map(({ id, label }) => [id, label]))
}

interface Row {
  readonly comment: string
  readonly id: string
  readonly said: string | null
  readonly label: string | null
}

/** A comment as it stands in a list; without its text where that was not asked for. */
interface Said {
  readonly id: string
  readonly text?: unknown
}

/**
 * Whom comments mention, by comment, under the name that the text says. Who may not read people is told of such a name and of
 * no other; whom the text has come not to say any more it mentions no more.
 * @param comments that the actor has been found to read
 */
export async function mentionsOf(
  { model, access }: Pick<RequestContext, 'model' | 'access'>,
  db: Executor,
  comments: readonly Said[],
): Promise<ReadonlyMap<string, readonly Person[]>> {
  const found = new Map<string, Person[]>()
  const people = model.entities.get('user')
  if (comments.length === 0 || people === undefined) return found
  const { rows } = await db.query<Row>({
    text:
      `SELECT m.comment::text AS comment, m.person::text AS id, m.said, ${plainLabel(people, 'u')} AS label ` +
      `FROM ${model.schema}.tenon_mention m LEFT JOIN ${people.table} u ON u."id" = m.person ` +
      'WHERE m.comment = ANY($1::uuid[]) AND NOT m.is_gone ORDER BY m.comment, m.number',
    values: [comments.map(({ id }) => id)],
  })
  const isShown = showsPeople(model, access)
  const texts = new Map(comments.flatMap(({ id, text }) => (text === undefined ? [] : [[id, String(text)]])))
  for (const { comment, id, said, label } of rows) {
    const text = texts.get(comment)
    const isIn = (name: string | null) => name !== null && text?.includes(`@${name}`) === true
    if (text !== undefined && said !== null && !isIn(said)) continue
    const list = found.get(comment) ?? []
    const called = isIn(said) ? said : isShown || isIn(label) ? label : null
    list.push({ id, label: called })
    found.set(comment, list)
  }
  return found
}
