import type { Transaction } from '../db/database.ts'
import { quoteName } from '../db/values.ts'
import type { Registry } from '../registry/registry.ts'
import { saveContentChanges } from './apply-content.ts'
import type { DefinitionSet } from './compiled.ts'
import { planDdl } from './ddl.ts'
import { toStored } from './definition-set.ts'
import { assignPhysical } from './physical.ts'
import { savePhysical } from './save-physical.ts'
import type { WorkspaceState } from './state.ts'

/** The channel on which nodes hear of new versions and content: `workspace:version:contentRevision`. */
export const MODEL_CHANNEL = 'tenon_model'

/** Where a publish is; tests stop the process there. */
export type ReachPoint = (point: string) => Promise<void> | void
export const passBy: ReachPoint = () => undefined

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
  readonly reach?: ReachPoint
}

/**
 * Takes the lock that lets one publish at a time into a workspace; ends with the transaction.
 * @throws pg error 55P03 when another holds it for longer than the transaction's lock_timeout
 */
export async function lockWorkspaceModel(tx: Transaction, schema: string): Promise<void> {
  await tx.query({
    text: 'SELECT pg_advisory_xact_lock(hashtextextended($1, 0))',
    values: [`tenon:model:${schema}`],
  })
}

/**
 * Makes the candidate the version in force: tables, places, content, version row and the current row, all in
 * this transaction. Table locks come first, in a fixed order, so that what follows never waits.
 * @returns the new version's number
 */
export async function applyVersion(tx: Transaction, change: VersionChange): Promise<number> {
  const { schema, state, candidate, registry, reach = passBy } = change
  const after = assignPhysical(candidate, state.physical, registry)
  const ddl = planDdl(schema, state.physical, after)
  for (const { table, mode } of ddl.locks) {
    await tx.query({ text: `LOCK TABLE ${schema}.${quoteName(table)} IN ${mode} MODE` })
    await reach(`locked ${table}`)
  }
  for (const statement of ddl.statements) {
    await tx.query({ text: statement })
    await reach(`ran ${statement}`)
  }
  await savePhysical(tx, schema, state.physical, after)
  await reach('saved places')
  const contentRevision = await saveContentChanges(tx, change)
  await reach('saved content')
  const version = state.version + 1
  await insertVersion(tx, change, version)
  await reach('saved version')
  await tx.query({
    text: `UPDATE ${schema}.tenon_current SET version = $1, content_revision = $2`,
    values: [version, contentRevision],
  })
  await reach('made current')
  await notifyModel(tx, change.workspace, version, contentRevision)
  return version
}

async function insertVersion(tx: Transaction, change: VersionChange, version: number): Promise<void> {
  await tx.query({
    text: `INSERT INTO ${change.schema}.tenon_version (version, published_by, label, definitions, steps)
VALUES ($1, $2, $3, $4, $5)`,
    values: [
      version,
      change.publishedBy ?? null,
      change.label,
      JSON.stringify(toStored(change.candidate)),
      JSON.stringify(change.steps),
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
