import type { Database, Transaction } from '../db/database.ts'
import type { Registry } from '../registry/registry.ts'
import { saveContentChanges } from './apply-content.ts'
import { compileModel } from './compile.ts'
import type { DefinitionSet } from './compiled.ts'
import type { Control } from './control.ts'
import { columnConversions } from './conversion/column-conversion.ts'
import { convertAtPublish, type NotedFields } from './conversion/convert-records.ts'
import { findConverted } from './conversion/converted.ts'
import { planDdl } from './ddl.ts'
import { toStored } from './definition-set.ts'
import { changedComputed, type FillComputed } from './fill.ts'
import { lockTables } from './lock-tables.ts'
import { type ChangeSource, changesBetween, type NoteDefinitions } from './note.ts'
import { assignPhysical } from './physical.ts'
import { type PhysicalRow, toPhysicalMap } from './place.ts'
import { passBy, type ReachPoint } from './reach.ts'
import { savePhysical } from './save-physical.ts'
import type { Override } from './scenarios.ts'
import { settleTrials } from './settle-trials.ts'
import { findStageTakes } from './stage-takes.ts'
import type { WorkspaceState } from './state.ts'
import { findValueRenames } from './value-renames.ts'

/** The channel on which nodes hear of new versions and content: `workspace:version:contentRevision`. */
export const MODEL_CHANNEL = 'tenon_model'

export interface VersionChange {
  readonly workspace: string
  /** Quoted. */
  readonly schema: string
  /** What is in force now, read in this transaction after its lock. */
  readonly state: WorkspaceState
  readonly candidate: DefinitionSet
  readonly label: string
  readonly publishedBy: string | undefined
  /** The plan's steps, kept with the version. */
  readonly steps: readonly unknown[]
  readonly registry: Registry
  /** The places of the candidate where a plan has worked them out already. */
  readonly places?: readonly PhysicalRow[]
  /** Of which fields the values of another type were written before; those of others are written now. */
  readonly noted?: NotedFields
  readonly reach?: ReachPoint
  readonly note?: NoteDefinitions | undefined
  /** Works out computed fields for the records that are there; with it comes the database. */
  readonly fill?: FillComputed | undefined
  readonly db?: Database
  readonly from?: ChangeSource | undefined
  /** Why it is published although scenarios fail. */
  readonly override?: Override | undefined
  /** Who agreed to it. */
  readonly control?: Control | undefined
  /** What is new for users. */
  readonly announcement?: string | undefined
}

/**
 * Makes the candidate the version in force: tables, places, content, version row and the current row, all in
 * this transaction. Table locks come first, in a fixed order, so that what follows never waits.
 * @returns the new version's number
 */
export async function applyVersion(tx: Transaction, change: VersionChange): Promise<number> {
  const { schema, state, candidate, registry, reach = passBy } = change
  const converted = findConverted(state.definitions, candidate, registry)
  const after = change.places ?? assignPhysical(candidate, state.physical, registry, { converted })
  const renames = findValueRenames(state.definitions, candidate, after)
  const takes = findStageTakes(state.definitions, candidate, after)
  const tables = new Map(
    after.flatMap((row) => (row.kind === 'entity' ? [[row.itemId, row.place.table]] : [])),
  )
  const held = converted.map(({ entityId }) => tables.get(entityId)!)
  const ddl = planDdl(schema, state.physical, after, renames, takes, held)
  await lockTables(tx, schema, ddl.locks, reach)
  for (const statement of ddl.statements) {
    await tx.query(statement)
    await reach(`ran ${statement.text}`)
  }
  await convertAtPublish(tx, schema, columnConversions(change, candidate, after, converted), change.noted)
  await reach('converted values')
  await savePhysical(tx, schema, state.physical, after)
  await reach('saved places')
  const contentRevision = await saveContentChanges(tx, change)
  await reach('saved content')
  const version = state.version + 1
  await insertVersion(tx, change, version)
  await reach('saved version')
  await noteVersion(tx, change, version)
  await tx.query({
    text: `UPDATE ${schema}.tenon_current SET version = $1, content_revision = $2`,
    values: [version, contentRevision],
  })
  await reach('made current')
  await settleTrials(tx, change, change.noted?.changeset)
  await fill(tx, change, after, { version, contentRevision })
  await reach('filled computed fields')
  await notifyModel(tx, change.workspace, version, contentRevision)
  return version
}

async function fill(
  tx: Transaction,
  change: VersionChange,
  places: readonly PhysicalRow[],
  made: { readonly version: number; readonly contentRevision: number },
): Promise<void> {
  const { workspace, schema, state, candidate, registry, db } = change
  const changed = changedComputed(state.definitions, candidate, registry)
  if (change.fill === undefined || db === undefined || changed.length === 0) return
  const { settings } = state
  const physical = toPhysicalMap(places)
  const model = compileModel({
    workspace,
    schema,
    ...made,
    definitions: candidate,
    physical,
    settings,
    registry,
  })
  await change.fill(tx, { db, registry }, model, changed)
}

async function noteVersion(tx: Transaction, change: VersionChange, version: number): Promise<void> {
  const { note, schema, state, candidate, registry, publishedBy: by, from, label, override } = change
  const changes = changesBetween(state.definitions, candidate, registry)
  await note?.(tx, schema, { by, from, published: { version, label, override }, changes })
}

async function insertVersion(tx: Transaction, change: VersionChange, version: number): Promise<void> {
  await tx.query({
    text: `INSERT INTO ${change.schema}.tenon_version (version, published_by, label, definitions, steps, override, control, announcement)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    values: [
      version,
      change.publishedBy ?? null,
      change.label,
      JSON.stringify(toStored(change.candidate)),
      JSON.stringify(change.steps),
      change.override === undefined ? null : JSON.stringify(change.override),
      change.control === undefined ? null : JSON.stringify(change.control),
      change.announcement ?? null,
    ],
  })
}

/** Tells every node, when the transaction commits. */
export async function notifyModel(
  tx: Transaction,
  workspace: string,
  version: number,
  contentRevision: number,
): Promise<void> {
  await tx.query({
    text: 'SELECT pg_notify($1, $2)',
    values: [MODEL_CHANNEL, `${workspace}:${version}:${contentRevision}`],
  })
}
