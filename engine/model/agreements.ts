import type { Executor } from '../db/database.ts'
import { parseJson } from '../db/values.ts'
import type { Asked, ImpactStep, Said } from './control.ts'
import { newId } from './uuid.ts'

/** When people were asked last to agree to a draft. @param schema quoted, as everywhere here */
export async function loadAsked(db: Executor, schema: string, changeset: string): Promise<Asked | undefined> {
  const { rows } = await db.query<Omit<Asked, 'impact'> & { readonly impact: string }>({
    text: `SELECT hash, asked_by::text AS by, to_json(asked_at)#>>'{}' AS at, words, impact
FROM ${schema}.tenon_agreement_ask WHERE changeset_id = $1::uuid`,
    values: [changeset],
  })
  const row = rows[0]
  return row === undefined ? undefined : { ...row, impact: parseJson<readonly ImpactStep[]>(row.impact) }
}

/** Notes that people are asked; what was noted before gives way. */
export async function saveAsked(
  db: Executor,
  schema: string,
  changeset: string,
  { hash, by, at, words, impact }: Asked,
): Promise<void> {
  await db.query({
    text: `INSERT INTO ${schema}.tenon_agreement_ask (changeset_id, hash, asked_by, asked_at, words, impact)
VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (changeset_id) DO UPDATE SET hash = excluded.hash,
  asked_by = excluded.asked_by, asked_at = excluded.asked_at, words = excluded.words, impact = excluded.impact`,
    values: [changeset, hash, by, at, words, JSON.stringify(impact)],
  })
}

/** All that was said of a draft, in its order. */
export async function loadSaid(db: Executor, schema: string, changeset: string): Promise<readonly Said[]> {
  const { rows } = await db.query<Said & Record<string, unknown>>({
    text: `SELECT person::text AS person, hash, decision, words, to_json(decided_at)#>>'{}' AS at
FROM ${schema}.tenon_agreement WHERE changeset_id = $1::uuid ORDER BY id`,
    values: [changeset],
  })
  return rows
}

export async function saveSaid(
  db: Executor,
  schema: string,
  changeset: string,
  { person, hash, decision, words, at }: Said,
): Promise<void> {
  await db.query({
    text: `INSERT INTO ${schema}.tenon_agreement (id, changeset_id, person, hash, decision, words, decided_at)
VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    values: [newId(), changeset, person, hash, decision, words, at],
  })
}

/** The last word of each person on exactly this plan. */
export function standing(said: readonly Said[], hash: string): ReadonlyMap<string, Said> {
  return new Map(said.filter((one) => one.hash === hash).map((one) => [one.person, one]))
}

/** Whose agreement counts: of those who are named, but for who publishes where somebody else is named. */
export function counting(
  named: readonly string[],
  said: ReadonlyMap<string, Said>,
  publisher: string | undefined,
): readonly string[] {
  const others = named.filter((id) => id !== publisher)
  const voices = others.length === 0 ? named : others
  return voices.filter((id) => said.get(id)?.decision === 'agreed')
}

/** Ids of the change requests that a draft answers. */
export async function linkedRequests(
  db: Executor,
  schema: string,
  changeset: string,
): Promise<readonly string[]> {
  const { rows } = await db.query<{ id: string }>({
    text: `SELECT request_id::text AS id FROM ${schema}.tenon_changeset_request WHERE changeset_id = $1::uuid ORDER BY 1`,
    values: [changeset],
  })
  return rows.map(({ id }) => id)
}
