import type { Transaction } from '../db/database.ts'

/** The longest time that can be asked for; beyond it, for ever is meant. */
export const MAX_KEEP_MONTHS = 600

/**
 * Sets how many whole months the audit keeps besides the present one; undefined: for ever. Months that are older then
 * go with the next upkeep.
 * @param schema the workspace's, quoted
 * @returns what was set before
 */
export async function setKeepMonths(
  tx: Transaction,
  schema: string,
  months: number | undefined,
): Promise<number | undefined> {
  const { rows } = await tx.query<{ keep: number | null }>({
    text: `SELECT s.keep_months AS keep FROM ${schema}.tenon_audit_state s FOR UPDATE`,
  })
  await tx.query({
    text: `UPDATE ${schema}.tenon_audit_state SET keep_months = $1`,
    values: [months ?? null],
  })
  return rows[0]?.keep ?? undefined
}
