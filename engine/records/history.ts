import { textIn } from '../../metadata/text.ts'
import { trailKey } from '../audit/trail.ts'
import { AppError, refuse } from '../errors.ts'
import type { CompiledEntity, CompiledField } from '../model/compiled.ts'
import { entityFor, type RecordAnswer, type RequestContext } from './context.ts'
import { decodeCursor, encodeCursor, questionFingerprint } from './cursor.ts'
import { recordId } from './get.ts'
import { checkParameters, parseLimit } from './parse-list.ts'
import { personSql, presentPerson } from './people.ts'
import { type Shown, shownCells } from './shown-cells.ts'

interface AuditRow {
  readonly id: string
  readonly at: string
  readonly actor: string | null
  readonly actor_label: string | null
  readonly via: string
  readonly action: string
  readonly version: number
  readonly changes: string
}

/**
 * What happened to a record, newest first: each write with who, through what, and each field before and after.
 * Fields go by the names that they have today; those that are gone are left out.
 */
export async function historyOf(
  context: RequestContext,
  entityName: string,
  id: string,
  raw: Readonly<Record<string, unknown>>,
): Promise<RecordAnswer> {
  const entity = entityFor(context, entityName)
  const problems = checkParameters(raw, ['limit', 'after'])
  const limit = parseLimit(raw.limit, problems)
  if (problems.length > 0) throw new AppError(problems)
  const recordUuid = recordId(id)
  const fingerprint = questionFingerprint(['history', recordUuid])
  const after = typeof raw.after === 'string' ? decodeCursor(raw.after, fingerprint, 1)[0] : undefined
  if (after !== undefined && !/^\d{1,18}$/.test(after ?? '')) throw refuse('QUERY_CURSOR_INVALID', '/after')
  const shown = await shownCells(context, context.db, entity, recordUuid)
  if (shown === undefined) throw refuse('RECORD_NOT_FOUND')
  const rows = await readHistory(context, entity, recordUuid, limit + 1, after ?? undefined)
  const hasMore = rows.length > limit
  const page = hasMore ? rows.slice(0, limit) : rows
  const next = hasMore ? encodeCursor(fingerprint, [page.at(-1)!.id]) : null
  const data = page.map((row) => presentRow(context, entity, row, shown))
  return { status: 200, body: JSON.stringify({ data, page: { next } }) }
}

async function readHistory(
  context: RequestContext,
  entity: CompiledEntity,
  id: string,
  limit: number,
  before: string | undefined,
): Promise<readonly AuditRow[]> {
  const who = personSql(context.model, context.access, 'a.actor')
  const found = await context.db.query<AuditRow>({
    text:
      `SELECT a.id::text AS id, to_char(a.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS at, ` +
      `a.actor::text AS actor, ${who.label} AS actor_label, a.via, a.action, a.version, a.changes::text AS changes ` +
      `FROM ${context.model.schema}.tenon_audit a ${who.join} WHERE a.record = $1::uuid AND a.entity = $2::uuid ` +
      `AND ($3::bigint IS NULL OR a.id < $3::bigint) ORDER BY a.id DESC LIMIT $4::bigint`,
    values: [id, entity.id, before ?? null, limit],
  })
  return found.rows
}

function presentRow(
  context: RequestContext,
  entity: CompiledEntity,
  row: AuditRow,
  shown: (field: CompiledField) => Shown,
): unknown {
  return {
    id: row.id,
    at: row.at,
    actor: presentPerson(row.actor, row.actor_label),
    via: row.via,
    action: row.action,
    version: row.version,
    changes: presentChanges(context, entity, row.action, JSON.parse(row.changes), shown),
  }
}

function presentChanges(
  context: RequestContext,
  entity: CompiledEntity,
  action: string,
  changes: Record<string, unknown>,
  shown: (field: CompiledField) => Shown,
): readonly unknown[] {
  return [...entity.fields.values()].flatMap((field) => {
    const kept = changes[trailKey(field)]
    const change =
      action === 'create' ? { after: kept } : (kept as { before?: unknown; after?: unknown } | undefined)
    if (kept === undefined || change === undefined || shown(field) === 'hidden') return []
    const present = (value: unknown) =>
      shown(field) === 'whole' || value === null ? presentValue(context, value) : MASKED
    return [
      {
        field: field.name,
        label: textIn(field.label, context.actor.language, field.name),
        before: present(change.before ?? null),
        after: present(change.after ?? null),
      },
    ]
  })
}

/** A value of long ago, of whatever shape: nothing of it is shown. */
const MASKED = '***'

/** A dynamic lookup is kept with its target's id; people know the target by its name of today. */
function presentValue(context: RequestContext, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || !('entity' in value) || !('id' in value)) return value
  const target = [...context.model.entities.values()].find((entity) => entity.id === value.entity)
  return target === undefined ? value : { ...value, entity: target.name }
}
