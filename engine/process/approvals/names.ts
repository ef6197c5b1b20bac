import type { Executor } from '../../db/database.ts'
import type { RequestContext } from '../../records/context.ts'
import { personSql } from '../../records/people.ts'

/** What people are called; null to those who may not read people. */
export type PersonNames = (id: string) => string | null

/** The names of people, as whoever asks may read them. */
export async function namesOf(
  { model, access }: RequestContext,
  db: Executor,
  ids: readonly (string | null)[],
): Promise<PersonNames> {
  const asked = [...new Set(ids.flatMap((id) => id ?? []))]
  if (asked.length === 0) return () => null
  const who = personSql(model, access, 'p.id')
  const { rows } = await db.query<{ id: string; label: string | null }>({
    text: `SELECT p.id::text AS id, ${who.label} AS label FROM unnest($1::uuid[]) AS p(id) ${who.join}`,
    values: [asked],
  })
  const names = new Map(rows.map(({ id, label }) => [id, label]))
  return (id) => names.get(id) ?? null
}

/** A person as they are told; null: the engine. */
export function told(id: string | null, names: PersonNames) {
  return id === null ? null : { id, label: names(id) }
}
