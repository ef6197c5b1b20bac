import type { Executor } from '../db/database.ts'
import type { CompiledEntity } from '../model/compiled.ts'

/** The owner of a live record, which is held until the transaction ends; undefined where there is none. */
export async function holdOwner(
  tx: Executor,
  { table }: CompiledEntity,
  record: string,
): Promise<string | undefined> {
  const { rows } = await tx.query<{ owner: string | null }>({
    text: `SELECT t."owner"::text AS owner FROM ${table} t WHERE t."id" = $1::uuid AND t."deleted_at" IS NULL FOR NO KEY UPDATE`,
    values: [record],
  })
  return rows[0]?.owner ?? undefined
}
