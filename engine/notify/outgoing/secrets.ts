import type { Executor } from '../../db/database.ts'
import type { Registry } from '../../registry/registry.ts'
import type { SealedPlace } from '../../registry/vault.ts'

/** Where a secret of a connection is sealed for. */
export function secretPlace(connection: string, name: string): SealedPlace {
  return { field: `connection secret ${name}`, record: connection }
}

/** A connection's secrets, opened: for the call alone that needs them. */
export async function openSecrets(
  db: Executor,
  registry: Registry,
  schema: string,
  connection: string,
): Promise<Readonly<Record<string, string>>> {
  const { rows } = await db.query<{ name: string; box: string }>({
    text: `SELECT name, encode(box, 'hex') AS box FROM ${schema}.tenon_connection_secret WHERE connection = $1::uuid`,
    values: [connection],
  })
  if (rows.length === 0) return {}
  const vault = await registry.vaults().open(schema)
  return Object.fromEntries(
    rows.map(({ name, box }) => [name, vault.open(Buffer.from(box, 'hex'), secretPlace(connection, name))]),
  )
}

export interface SetSecret {
  readonly connection: string
  readonly name: string
  readonly set_at: string
}

/** Which secrets are set, never what they are. */
export async function listSecrets(db: Executor, schema: string): Promise<readonly SetSecret[]> {
  const { rows } = await db.query<SetSecret>({
    text: `SELECT connection::text AS connection, name, to_json(set_at)#>>'{}' AS set_at FROM ${schema}.tenon_connection_secret`,
  })
  return rows
}

/**
 * Sets secrets, or takes those away that are null. A token that was given for the former ones is forgotten.
 * @param secrets names that the connector knows
 */
export async function setSecrets(
  tx: Executor,
  registry: Registry,
  schema: string,
  { connection, by }: { readonly connection: string; readonly by: string | undefined },
  secrets: Readonly<Record<string, string | null>>,
): Promise<void> {
  const vault = await registry.vaults().open(schema)
  const table = `${schema}.tenon_connection_secret`
  for (const [name, value] of Object.entries(secrets)) {
    if (value === null) {
      await tx.query({
        text: `DELETE FROM ${table} WHERE connection = $1::uuid AND name = $2`,
        values: [connection, name],
      })
      continue
    }
    const box = vault.seal(value, secretPlace(connection, name))
    await tx.query({
      text:
        `INSERT INTO ${table} (connection, name, box, set_by) VALUES ($1::uuid, $2, decode($3, 'hex'), $4::uuid) ` +
        'ON CONFLICT (connection, name) DO UPDATE SET box = excluded.box, set_at = now(), set_by = excluded.set_by',
      values: [connection, name, box.toString('hex'), by ?? null],
    })
  }
  await tx.query({
    text: `UPDATE ${schema}.tenon_connection SET token = NULL, token_until = NULL WHERE connection = $1::uuid`,
    values: [connection],
  })
  // What could not go out for want of them need not wait for its next try.
  await tx.query({
    text: `UPDATE ${schema}.tenon_outgoing SET due_at = now() WHERE connection = $1::uuid AND state = 'waiting' AND due_at > now()`,
    values: [connection],
  })
}
