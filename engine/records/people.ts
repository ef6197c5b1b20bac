import type { Access } from '../access/access.ts'
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
  const title = people?.titleField
  const isShown =
    people !== undefined &&
    access.entity(people.name).read === 'all' &&
    (title === undefined || access.entity(people.name).cell(title).see === 'all')
  if (!isShown) return { label: 'NULL', join: '' }
  return {
    label: plainLabel(people, alias),
    join: `LEFT JOIN ${people.table} ${alias} ON ${alias}."id" = ${column}`,
  }
}

/** A person of a row of `personSql`; null: Tenon itself. */
export function presentPerson(id: string | null, label: string | null): Person | null {
  return id === null ? null : { id, label }
}
