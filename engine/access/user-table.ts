import type { Language } from '../errors.ts'
import type { CompiledModel } from '../model/compiled.ts'
import { SPOKEN, spokenTo } from '../model/languages.ts'

/** Where the built-in entity `user` keeps what sign-in reads: quoted SQL names under the alias `u`. */
export interface UserTable {
  readonly table: string
  readonly name: string
  readonly email: string
  readonly phone: string
  readonly roles: string
  readonly language: string
  readonly active: string
  readonly password: string
}

const tables = new WeakMap<CompiledModel, UserTable>()

/** The user table of a model; its columns keep their places through renames of labels and versions. */
export function userTable(model: CompiledModel): UserTable {
  const known = tables.get(model)
  if (known !== undefined) return known
  const entity = model.entities.get('user')
  if (entity === undefined) throw new Error('the model has no entity "user"')
  const column = (field: string): string => {
    const name = entity.fields.get(field)?.columns[0]
    if (name === undefined) throw new Error(`the entity "user" has no column for "${field}"`)
    return `u.${name}`
  }
  const found: UserTable = {
    table: entity.table,
    name: column('name'),
    email: column('email'),
    phone: column('phone'),
    roles: column('roles'),
    language: column('language'),
    active: column('active'),
    password: column('password'),
  }
  tables.set(model, found)
  return found
}

/** Whether the row `u` may act: switched off or in the recycle bin means no. */
export function mayActSql(user: UserTable): string {
  return `u."deleted_at" IS NULL AND ${user.active} IS DISTINCT FROM false`
}

/** The language in which the engine speaks to a user: the one nearest to their own, the workspace's where none is chosen. */
export function languageOfUser(stored: string | null, model: CompiledModel): Language {
  return stored === null ? model.settings.language : spokenTo(stored)
}

/** The language that they have chosen where the engine does not speak it; its files and definitions may. */
export const readingOfUser = (stored: string | null): string | undefined =>
  stored === null || SPOKEN.some((one) => one === stored) ? undefined : stored

/**
 * The digits by which a phone number is compared, as SQL: people write one number with and without spaces, dashes,
 * full-width digits and the country code of China.
 * @param text SQL of a text
 */
export function phoneKeySql(text: string): string {
  const digits = `regexp_replace(translate(${text}, '０１２３４５６７８９', '0123456789'), '[^0-9]', '', 'g')`
  return `regexp_replace(${digits}, '^(00)?86(?=1[0-9]{10}$)', '')`
}
