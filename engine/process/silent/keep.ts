import type { Transaction } from '../../db/database.ts'
import { parseJson } from '../../db/values.ts'
import type { SilentFigures } from '../../model/silent/silent-run.ts'
import type { Found } from './found.ts'

/** Examples that are kept of a definition, the newest. */
export const MOST_EXAMPLES = 200

/**
 * Counts what was found in a run, and keeps where the sides differed.
 * @param writes how many were looked at
 * @returns whether the run still goes on; where it has ended nothing is kept
 */
export async function keepFound(
  tx: Transaction,
  schema: string,
  run: string,
  found: readonly Found[],
  writes: { readonly looked: number; readonly taken?: number; readonly passedOver?: number },
): Promise<boolean> {
  const { rows } = await tx.query<{ figures: string }>({
    text: `SELECT figures::text AS figures FROM ${schema}.tenon_silent_run WHERE id = $1 AND ended_at IS NULL FOR UPDATE`,
    values: [run],
  })
  if (rows[0] === undefined) return false
  const figures = added(parseJson<Record<string, SilentFigures>>(rows[0].figures), found)
  await tx.query({
    text: `UPDATE ${schema}.tenon_silent_run SET figures = $2, looked = looked + $3, taken = taken + $4,
passed_over = passed_over + $5 WHERE id = $1`,
    values: [run, JSON.stringify(figures), writes.looked, writes.taken ?? 0, writes.passedOver ?? 0],
  })
  await keepExamples(
    tx,
    schema,
    run,
    found.filter(({ differs }) => differs !== 'same'),
  )
  return true
}

function added(
  known: Readonly<Record<string, SilentFigures>>,
  found: readonly Found[],
): Readonly<Record<string, SilentFigures>> {
  const figures = new Map(Object.entries(known).map(([id, counts]) => [id, { ...counts }]))
  for (const { definition, differs } of found) {
    const counts = figures.get(definition) ?? {}
    counts[differs] = (counts[differs] ?? 0) + 1
    figures.set(definition, counts)
  }
  return Object.fromEntries(figures)
}

async function keepExamples(
  tx: Transaction,
  schema: string,
  run: string,
  found: readonly Found[],
): Promise<void> {
  if (found.length === 0) return
  await tx.query({
    text: `INSERT INTO ${schema}.tenon_silent_example (run, definition, at, entity, record, differs, sides)
SELECT $1, f.definition, f.at, f.entity, f.record, f.differs, f.sides
FROM jsonb_to_recordset($2::jsonb) AS f(definition uuid, at timestamptz, entity uuid, record uuid, differs text, sides jsonb)`,
    values: [run, JSON.stringify(found)],
  })
  const definitions = [...new Set(found.map(({ definition }) => definition))]
  await tx.query({
    text: `DELETE FROM ${schema}.tenon_silent_example e USING unnest($2::uuid[]) d(definition)
WHERE e.run = $1 AND e.definition = d.definition AND e.number <= (SELECT k.number FROM ${schema}.tenon_silent_example k
  WHERE k.run = $1 AND k.definition = d.definition ORDER BY k.number DESC OFFSET ${MOST_EXAMPLES} LIMIT 1)`,
    values: [run, definitions],
  })
}
