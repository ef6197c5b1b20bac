import type { Executor } from '../db/database.ts'
import { AppError, type Problem, problem } from '../errors.ts'
import { isRecordId } from '../fields/parts/formats.ts'
import type { RequestContext } from './context.ts'
import { type Person, showsPeople } from './people.ts'
import { plainLabel } from './select.ts'

/** People that one comment mentions at most. */
export const MOST_MENTIONS = 20

/**
 * The ids of those whom a comment mentions, as they were sent.
 * @throws AppError with every problem
 */
export function parseMentions(raw: readonly string[] | undefined): readonly string[] {
  const ids = (raw ?? []).map((id) => id.toLowerCase())
  if (ids.length > MOST_MENTIONS)
    throw new AppError(problem('FIELD_LIST_TOO_LONG', '/mentions', { params: { limit: MOST_MENTIONS } }))
  const problems = ids.flatMap((id, index): Problem[] => {
    if (!isRecordId(id)) return [unfitMention(index)]
    return ids.indexOf(id) < index ? [problem('FIELD_LIST_DUPLICATE', `/mentions/${index}`)] : []
  })
  if (problems.length > 0) throw new AppError(problems)
  return ids
}

/** The same for one who is not there, may not act, or may not read the record: what is so is nobody's to learn. */
export const unfitMention = (index: number): Problem => problem('COMMENT_MENTION_UNFIT', `/mentions/${index}`)

export async function storeMentions(
  tx: Executor,
  schema: string,
  comment: string,
  people: readonly string[],
): Promise<void> {
  if (people.length === 0) return
  await tx.query({
    text:
      `INSERT INTO ${schema}.tenon_mention (comment, number, person) ` +
      'SELECT $1::uuid, p.number, p.id FROM unnest($2::uuid[]) WITH ORDINALITY AS p(id, number)',
    values: [comment, people],
  })
}

interface Row {
  readonly comment: string
  readonly id: string
  readonly label: string | null
}

/** A comment as it stands in a list; without its text where that was not asked for. */
interface Said {
  readonly id: string
  readonly text?: unknown
}

/**
 * Whom comments mention, by comment. Who may not read people is told of a name that stands in the text and of no other.
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
      `SELECT m.comment::text AS comment, m.person::text AS id, ${plainLabel(people, 'u')} AS label ` +
      `FROM ${model.schema}.tenon_mention m LEFT JOIN ${people.table} u ON u."id" = m.person ` +
      'WHERE m.comment = ANY($1::uuid[]) ORDER BY m.comment, m.number',
    values: [comments.map(({ id }) => id)],
  })
  const isShown = showsPeople(model, access)
  const texts = new Map(comments.map(({ id, text }) => [id, String(text ?? '')]))
  for (const { comment, id, label } of rows) {
    const isSaid = label !== null && texts.get(comment)?.includes(`@${label}`) === true
    const list = found.get(comment) ?? []
    list.push({ id, label: isShown || isSaid ? label : null })
    found.set(comment, list)
  }
  return found
}
