import { AppError, problem } from '../../errors.ts'
import type { ApprovalWorld } from './world.ts'

/** Files that come with a word: those of the record, which whoever sees the record sees. @throws AppError APPROVAL_FILE_UNKNOWN */
export async function checkedFiles(
  { engine, tx, record }: ApprovalWorld,
  ids: readonly string[] | undefined,
): Promise<readonly string[] | undefined> {
  if (ids === undefined || ids.length === 0) return undefined
  const file = engine.model.entities.get('file')
  const about = file?.fields.get('about')?.columns[0]
  const { rows } = await tx.query<{ id: string }>({
    text: `SELECT f."id"::text AS id FROM ${file?.table} f WHERE f."id" = ANY($1::uuid[]) AND f.${about} = $2 AND f."deleted_at" IS NULL`,
    values: [ids, record],
  })
  const known = new Set(rows.map(({ id }) => id))
  const strange = ids.flatMap((id, index) =>
    known.has(id.toLowerCase()) ? [] : [problem('APPROVAL_FILE_UNKNOWN', `/files/${index}`)],
  )
  if (strange.length > 0) throw new AppError(strange)
  return ids
}
