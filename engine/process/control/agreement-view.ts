import type { Database } from '../../db/database.ts'
import { AppError, type Language, problem } from '../../errors.ts'
import { isRecordId } from '../../fields/parts/formats.ts'
import { counting, linkedRequests, loadAsked, loadSaid, standing } from '../../model/agreements.ts'
import { closedBy, loadChangeset } from '../../model/changesets.ts'
import { controlRule, type Said } from '../../model/control.ts'
import { planDraft } from '../../model/plan.ts'
import { loadState } from '../../model/state.ts'
import type { RequestContext } from '../../records/context.ts'
import { namesOf, type PersonNames, told } from '../../records/people.ts'
import { findRequest } from '../requests/request.ts'
import type { AgreementDeps } from './agree.ts'
import { namedPeople } from './named.ts'

/** Change requests that one draft may answer. */
const MOST_REQUESTS = 50

/** Who must agree to a draft, who has, and which requests it answers. */
export async function agreementOf(
  deps: AgreementDeps,
  context: RequestContext,
  id: string,
  language: Language,
): Promise<object> {
  const { db, model, actor } = context
  const { schema } = model
  const changeset = await loadChangeset(db, schema, id)
  const rule = controlRule(model.definitions)
  const requests = []
  for (const one of await linkedRequests(db, schema, changeset.id)) {
    const wish = await findRequest(context, one)
    if (wish !== undefined) requests.push({ id: wish.id, text: wish.text, state: wish.state })
  }
  if (rule === undefined) return { rule: null, requests }
  const hash = changeset.state === 'open' ? await hashNow(deps, db, schema, id) : undefined
  const named = await namedPeople(db, model, rule)
  const said = await loadSaid(db, schema, changeset.id)
  const asked = await loadAsked(db, schema, changeset.id)
  const names = await namesOf(context, db, [...named, ...said.map(({ person }) => person), asked?.by ?? null])
  const standingNow = standing(said, hash ?? '')
  const counted = counting(named, standingNow, actor.id)
  return {
    rule: { needs: rule.needs },
    hash: hash ?? null,
    asked:
      asked === undefined
        ? null
        : {
            ...{ by: told(asked.by, names), at: asked.at, text: asked.words, current: asked.hash === hash },
            impact: asked.impact.map(({ sentence, ...step }) => ({ ...step, sentence: sentence[language] })),
          },
    people: named.map((person) => ({
      ...{ person: told(person, names), me: person === actor.id },
      ...sayingOf(standingNow.get(person)),
      // Of whoever looks, as the one who would publish it.
      counts: counted.includes(person),
    })),
    earlier: said
      .filter((one) => standingNow.get(one.person) !== one)
      .map((one) => ({ ...presentSaid(one, names), current: one.hash === hash })),
    have: counted.length,
    requests,
  }
}

/** The hash of the plan as it is now; undefined where it cannot be planned as it stands. */
async function hashNow(
  { registry }: AgreementDeps,
  db: Database,
  schema: string,
  id: string,
): Promise<string | undefined> {
  const changeset = await loadChangeset(db, schema, id)
  const state = await loadState(db, schema)
  if (changeset.baseVersion !== state.version) return undefined
  try {
    return (await planDraft({ db, schema, registry, state, counts: 'whether_any' }, changeset)).hash
  } catch (error) {
    if (error instanceof AppError) return undefined // the check of the draft tells what is wrong
    throw error
  }
}

const sayingOf = (said: Said | undefined) => ({
  decision: said?.decision ?? null,
  text: said?.words ?? null,
  at: said?.at ?? null,
})

/** What somebody said, as it is told. */
export const presentSaid = (said: Said, names: PersonNames) => ({
  person: told(said.person, names),
  ...sayingOf(said),
})

/**
 * Says which change requests a draft answers, instead of those that it answered before.
 * @throws AppError META_CHANGESET_*, REQUEST_UNKNOWN for each that is not there, FIELD_LIST_TOO_LONG
 */
export async function linkRequests(
  { db, model }: RequestContext,
  id: string,
  requests: readonly string[],
): Promise<void> {
  const { schema } = model
  const wanted = [...new Set(requests.map((one) => one.toLowerCase()))]
  if (wanted.length > MOST_REQUESTS)
    throw new AppError(problem('FIELD_LIST_TOO_LONG', '/requests', { params: { limit: MOST_REQUESTS } }))
  await db.transaction(async (tx) => {
    const changeset = await loadChangeset(tx, schema, id, 'update')
    if (changeset.state !== 'open') throw closedBy(changeset.state)
    const { rows } = await tx.query<{ id: string }>({
      text: `SELECT id::text AS id FROM ${schema}.tenon_change_request WHERE id = ANY($1::uuid[])`,
      values: [wanted.filter(isRecordId)],
    })
    const known = new Set(rows.map((row) => row.id))
    const unknown = wanted.flatMap((one, index) =>
      known.has(one) ? [] : [problem('REQUEST_UNKNOWN', `/requests/${index}`)],
    )
    if (unknown.length > 0) throw new AppError(unknown)
    await tx.query({
      text: `DELETE FROM ${schema}.tenon_changeset_request WHERE changeset_id = $1`,
      values: [changeset.id],
    })
    await tx.query({
      text: `INSERT INTO ${schema}.tenon_changeset_request (changeset_id, request_id)
SELECT $1, unnest($2::uuid[])`,
      values: [changeset.id, wanted],
    })
  })
}
