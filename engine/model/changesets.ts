import type { Database, Executor, Transaction } from '../db/database.ts'
import { LIVE_CHANNEL } from '../db/live-notice.ts'
import { instantSql, parseJson } from '../db/values.ts'
import { refuse } from '../errors.ts'
import { isRecordId } from '../fields/parts/formats.ts'
import type { Base, Promoted } from './bases.ts'
import type { Kind } from './compiled.ts'
import { newId } from './uuid.ts'

export type ChangesetState = 'open' | 'publishing' | 'published'

/** A named draft: definitions set or removed, not yet in force. */
export interface Changeset {
  readonly id: string
  readonly label: string
  /** The version that the draft was made from. */
  readonly baseVersion: number
  readonly state: ChangesetState
  /** The version that it became. */
  readonly version: number | undefined
  readonly createdAt: string
  readonly createdBy: string | undefined
  /** What it is for. */
  readonly description: string | undefined
  /** What users are told once it is in force. */
  readonly announcement: string | undefined
  readonly items: readonly DraftItem[]
}

export interface ChangesetItem {
  readonly kind: Kind
  readonly name: string
  /** As it was sent, ids given; undefined: removed. */
  readonly definition: unknown
  /** What it was where it comes from (a sandbox, a template) before; absent: a version in force tells. */
  readonly ownBase?: { readonly definition: unknown } | undefined
}

/** An item as it is kept, with the version that was in force when it was written. */
export interface DraftItem extends ChangesetItem {
  readonly baseVersion: number
}

/** What a person says about a draft when they open it. */
export interface NewDraft {
  readonly label: string
  readonly description?: string | undefined
  readonly createdBy: string | undefined
  /** The version that it was made from; the one in force when absent. */
  readonly baseVersion?: number
  /** The base that counts once it is published, or several. */
  readonly brings?: Base | Promoted | readonly Base[]
}

/** The facts of a changeset without its items. */
export type ChangesetSummary = Omit<Changeset, 'items'>

interface ChangesetRow {
  readonly id: string
  readonly label: string
  readonly base_version: number
  readonly state: ChangesetState
  readonly version: number | null
  readonly created_at: string
  readonly created_by: string | null
  readonly description: string | null
  readonly announcement: string | null
}

const COLUMNS = `id, label, description, announcement, base_version, state, version, created_by,
  ${instantSql('created_at')} AS created_at`

function toSummary(row: ChangesetRow): ChangesetSummary {
  return {
    id: row.id,
    label: row.label,
    baseVersion: row.base_version,
    state: row.state,
    version: row.version ?? undefined,
    createdAt: row.created_at,
    createdBy: row.created_by ?? undefined,
    description: row.description ?? undefined,
    announcement: row.announcement ?? undefined,
  }
}

/**
 * Opens a draft on the version in force.
 * @param schema quoted, as everywhere here
 */
export async function openChangeset(
  db: Executor,
  schema: string,
  draft: NewDraft,
): Promise<ChangesetSummary> {
  const { rows } = await db.query<ChangesetRow>({
    text: `INSERT INTO ${schema}.tenon_changeset (id, label, base_version, state, created_by, brings, description)
SELECT $1, $2, coalesce($4, version), 'open', $3, $5, $6 FROM ${schema}.tenon_current RETURNING ${COLUMNS}`,
    values: [
      ...[newId(), draft.label, draft.createdBy ?? null, draft.baseVersion ?? null],
      ...[draft.brings === undefined ? null : JSON.stringify(draft.brings), draft.description || null],
    ],
  })
  const row = rows[0]
  if (row === undefined) throw new Error(`${schema}.tenon_current is empty`)
  return toSummary(row)
}

/** The drafts that are not published, newest first. */
export async function listChangesets(db: Executor, schema: string): Promise<readonly ChangesetSummary[]> {
  const { rows } = await db.query<ChangesetRow>({
    text: `SELECT ${COLUMNS} FROM ${schema}.tenon_changeset WHERE state <> 'published' ORDER BY id DESC LIMIT 200`,
  })
  return rows.map(toSummary)
}

/** An id out of an address as PostgreSQL takes it: what is none is nobody's. */
function askedId(id: string): string | null {
  return isRecordId(id) ? id : null
}

/**
 * Reads a draft with all that it holds.
 * @param lock keeps others from changing it until the transaction ends
 * @throws AppError META_CHANGESET_UNKNOWN
 */
export async function loadChangeset(
  db: Executor,
  schema: string,
  id: string,
  lock: 'none' | 'update' = 'none',
): Promise<Changeset> {
  const { rows } = await db.query<ChangesetRow>({
    text: `SELECT ${COLUMNS} FROM ${schema}.tenon_changeset c WHERE c.id = $1${
      lock === 'update' ? ' FOR UPDATE' : ''
    }`,
    values: [askedId(id)],
  })
  if (rows[0] === undefined) throw refuse('META_CHANGESET_UNKNOWN')
  const items = await db.query<{
    kind: Kind
    name: string
    definition: string | null
    base_version: number
    base: string | null
  }>({
    text: `SELECT kind, name, definition, base_version, base
FROM ${schema}.tenon_changeset_item WHERE changeset_id = $1 ORDER BY kind, name`,
    values: [rows[0].id],
  })
  return {
    ...toSummary(rows[0]),
    items: items.rows.map((item) => ({
      kind: item.kind,
      name: item.name,
      definition: item.definition === null ? undefined : parseJson(item.definition),
      baseVersion: item.base_version,
      ...(item.base === null ? {} : { ownBase: parseJson<{ readonly definition: unknown }>(item.base) }),
    })),
  }
}

/**
 * Sets definitions in an open draft, or removes them (undefined). One that came from elsewhere keeps what it was there.
 * @param baseVersion the version that they were written against
 * @throws AppError META_CHANGESET_UNKNOWN, META_CHANGESET_CLOSED, META_CHANGESET_PUBLISHING
 */
export async function saveItems(
  db: Executor,
  schema: string,
  id: string,
  items: readonly ChangesetItem[],
  baseVersion: number,
): Promise<void> {
  const { rowCount } = await db.query({
    // FOR SHARE waits for a publish that is reading the draft, and then sees that it is no longer open.
    text: `WITH draft AS (
  SELECT c.id FROM ${schema}.tenon_changeset c WHERE c.id = $1 AND c.state = 'open' FOR SHARE)
INSERT INTO ${schema}.tenon_changeset_item AS item (changeset_id, kind, name, definition, base_version, base)
SELECT draft.id, i.kind, i.name, nullif(i.definition, 'null'::jsonb), $3, i."ownBase" FROM draft,
  jsonb_to_recordset($2::jsonb) AS i(kind text, name text, definition jsonb, "ownBase" jsonb)
ON CONFLICT (changeset_id, kind, name) DO UPDATE
  SET definition = excluded.definition, base_version = excluded.base_version,
    base = coalesce(excluded.base, item.base)`,
    values: [askedId(id), JSON.stringify(items), baseVersion],
  })
  if (rowCount < items.length) throw await whyClosed(db, schema, id)
}

/**
 * Takes a definition out of an open draft: what is in force counts again.
 * @throws AppError META_CHANGESET_UNKNOWN, META_CHANGESET_CLOSED, META_CHANGESET_PUBLISHING
 */
export async function dropItem(
  db: Executor,
  schema: string,
  id: string,
  kind: Kind,
  name: string,
): Promise<void> {
  const { rowCount } = await db.query({
    text: `WITH draft AS (
  SELECT c.id FROM ${schema}.tenon_changeset c WHERE c.id = $1 AND c.state = 'open' FOR SHARE),
dropped AS (
  DELETE FROM ${schema}.tenon_changeset_item i USING draft
  WHERE i.changeset_id = draft.id AND i.kind = $2 AND i.name = $3)
SELECT id FROM draft`,
    values: [askedId(id), kind, name],
  })
  if (rowCount === 0) throw await whyClosed(db, schema, id)
}

/** Characters of what users are told of a version. */
export const MAX_ANNOUNCEMENT_LENGTH = 500

/** What is said of a draft; what is not named stays, an empty text takes away. */
export interface DraftWords {
  readonly label?: string | undefined
  readonly description?: string | undefined
  readonly announcement?: string | undefined
}

/**
 * Says something else of an open draft.
 * @throws AppError META_CHANGESET_UNKNOWN, META_CHANGESET_CLOSED, META_CHANGESET_PUBLISHING
 */
export async function describeChangeset(
  db: Executor,
  schema: string,
  id: string,
  { label, description, announcement }: DraftWords,
): Promise<void> {
  const { rowCount } = await db.query({
    text: `UPDATE ${schema}.tenon_changeset SET label = coalesce($2, label),
  description = nullif(coalesce($3, description), ''), announcement = nullif(coalesce($4, announcement), '')
WHERE id::text = lower($1) AND state = 'open'`,
    values: [id, label ?? null, description ?? null, announcement ?? null],
  })
  if (rowCount === 0) throw await whyClosed(db, schema, id)
}

/**
 * Throws an open draft away.
 * @throws AppError META_CHANGESET_UNKNOWN, META_CHANGESET_CLOSED, META_CHANGESET_PUBLISHING
 */
export async function discardChangeset(db: Executor, schema: string, id: string): Promise<void> {
  const { rowCount } = await db.query({
    text: `DELETE FROM ${schema}.tenon_changeset WHERE id = $1 AND state = 'open'`,
    values: [askedId(id)],
  })
  if (rowCount === 0) throw await whyClosed(db, schema, id)
}

async function whyClosed(db: Executor, schema: string, id: string): Promise<Error> {
  const { state } = await loadChangeset(db, schema, id)
  return closedBy(state)
}

/** The refusal that a draft's state means for whoever wants to change or publish it. */
export function closedBy(state: ChangesetState): Error {
  return refuse(state === 'publishing' ? 'META_CHANGESET_PUBLISHING' : 'META_CHANGESET_CLOSED')
}

/** Notes where a draft is on its way. */
export async function setChangesetState(
  db: Executor,
  schema: string,
  id: string,
  state: ChangesetState,
  version?: number,
): Promise<void> {
  await db.query({
    text: `UPDATE ${schema}.tenon_changeset SET state = $2, version = $3 WHERE id = $1`,
    values: [id, state, version ?? null],
  })
}

/** Puts a draft on another base, with its items as they are there. */
export async function moveBase(
  tx: Transaction,
  schema: string,
  id: string,
  baseVersion: number,
  items: readonly ChangesetItem[],
): Promise<void> {
  await tx.query({
    text: `UPDATE ${schema}.tenon_changeset SET base_version = $2 WHERE id = $1`,
    values: [id, baseVersion],
  })
  await tx.query({
    text: `UPDATE ${schema}.tenon_changeset_item SET base = NULL WHERE changeset_id = $1 AND base IS NOT NULL`,
    values: [id],
  })
  if (items.length > 0) await saveItems(tx, schema, id, items, baseVersion)
}

/** Tells pages that are open that somebody has changed a draft. */
export async function tellOfDraft(db: Executor, schema: string, id: string): Promise<void> {
  const notice = { id: newId(), schema, draft: id }
  await db.query({ text: 'SELECT pg_notify($1, $2)', values: [LIVE_CHANNEL, JSON.stringify(notice)] })
}

/** Opens a draft that holds these items already. */
export async function openFilledChangeset(
  db: Database,
  schema: string,
  draft: NewDraft,
  items: readonly ChangesetItem[],
): Promise<ChangesetSummary> {
  return db.transaction(async (tx) => {
    const changeset = await openChangeset(tx, schema, draft)
    if (items.length > 0) await saveItems(tx, schema, changeset.id, items, changeset.baseVersion)
    return changeset
  })
}
