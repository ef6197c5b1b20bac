import type { Access } from '../access/access.ts'
import type { Executor } from '../db/database.ts'
import type { CompiledModel } from '../model/compiled.ts'
import { plainLabel } from './select.ts'

/** Who did something, as it is shown; without a label to those who may not read people. */
export interface Person {
  readonly id: string
  readonly label: string | null
}

/**
 * The SQL that gives a person's label beside the id in `column`: what to select, and what to join for it.
 * @param column such as `a.actor`
 * @param alias of the people in the statement
 */
export function personSql(
  model: CompiledModel,
  access: Access,
  column: string,
  alias = 'u',
): { readonly label: string; readonly join: string } {
  const people = model.entities.get('user')
  if (people === undefined || !showsPeople(model, access)) return { label: 'NULL::text', join: '' }
  return {
    label: plainLabel(people, alias),
    join: `LEFT JOIN ${people.table} ${alias} ON ${alias}."id" = ${column}`,
  }
}

/** Whether the names of people are shown: all of them, to everybody who may read people. */
export function showsPeople(model: CompiledModel, access: Access): boolean {
  const people = model.entities.get('user')
  if (people === undefined || access.entity(people.name).read !== 'all') return false
  const title = people.titleField
  return title === undefined || access.entity(people.name).cell(title).see === 'all'
}

/** A person of a row of `personSql`; null: Tenon itself. */
export function presentPerson(id: string | null, label: string | null): Person | null {
  return id === null ? null : { id, label }
}

/** What people are called; null to those who may not read people. */
export type PersonNames = (id: string) => string | null

/** The names of people, as whoever asks may read them. */
export async function namesOf(
  { model, access }: { readonly model: CompiledModel; readonly access: Access },
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
export function told(id: string | null, names: PersonNames): Person | null {
  return id === null ? null : { id, label: names(id) }
}
