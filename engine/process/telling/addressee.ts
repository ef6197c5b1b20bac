import { mayActSql, userTable } from '../../access/user-table.ts'
import type { Executor } from '../../db/database.ts'
import type { CompiledModel } from '../../model/compiled.ts'
import type { ConnectorChannel } from '../../registry/connector.ts'
import type { Registry } from '../../registry/registry.ts'
import type { Channel } from './preference.ts'

export type AddressField = ConnectorChannel['address']

/** Where a person is reached. */
export type Addressee = Readonly<Record<AddressField, string | null>> & { readonly timeZone: string }

const FIELDS = ['email', 'phone', 'wecom_id', 'dingtalk_id', 'time_zone'] as const

/** Undefined for somebody who is gone or switched off: nothing leaves the house for them. */
export async function findAddressee(
  db: Executor,
  model: CompiledModel,
  person: string,
): Promise<Addressee | undefined> {
  const fields = model.entities.get('user')?.fields
  const columns = FIELDS.map((name) => `u.${fields?.get(name)?.columns[0] ?? 'null'} AS ${name}`)
  const { rows } = await db.query<Record<(typeof FIELDS)[number], string | null>>({
    text: `SELECT ${columns.join(', ')} FROM ${userTable(model).table} u WHERE u."id" = $1::uuid AND ${mayActSql(userTable(model))}`,
    values: [person],
  })
  if (rows[0] === undefined) return undefined
  const { time_zone: timeZone, ...addresses } = rows[0]
  return { ...addresses, timeZone: timeZone ?? model.settings.timeZone }
}

/** The connection that carries a channel. */
export interface Carrier {
  /** Null: the operator's mail server. */
  readonly connection: string | null
  readonly name: string
  readonly address: AddressField
}

/** Ways beside the bell for what Tenon itself tells; a text message is not sent for each such thing. */
const WAYS: readonly Channel[] = ['wecom', 'dingtalk', 'mail']

/** Those of them that the workspace has. */
export const waysBesideBell = (
  model: CompiledModel,
  registry: Registry,
  mails: boolean,
): readonly Channel[] => WAYS.filter((way) => carrierOf(model, registry, way, mails) !== undefined)

export const SYSTEM_MAIL = 'system_mail'

/**
 * Through what a channel goes: of several connections the first by name; mails without one through the operator's server,
 * where there is one.
 */
export function carrierOf(
  model: CompiledModel,
  registry: Registry,
  channel: Channel,
  mails: boolean,
): Carrier | undefined {
  const carriers = [...model.definitions.connection.values()].flatMap(
    ({ id, name, connector }): Carrier[] => {
      const own = registry.connector(connector)?.channel
      return own?.name === channel && id !== undefined ? [{ connection: id, name, address: own.address }] : []
    },
  )
  const [first] = carriers.sort((one, other) => (one.name < other.name ? -1 : 1))
  if (first !== undefined || channel !== 'mail' || !mails) return first
  return { connection: null, name: SYSTEM_MAIL, address: 'email' }
}
