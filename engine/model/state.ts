import type { Executor } from '../db/database.ts'
import { parseJson, quoteName } from '../db/values.ts'
import type { Definition, DefinitionSet, WorkspaceSettings } from './compiled.ts'
import {
  CONTENT_KINDS,
  fromStored,
  listDefinitions,
  type StoredDefinitions,
  toDefinitionSet,
} from './definition-set.ts'
import { keepObjects } from './keep-objects.ts'
import { runningPilotsSql, type StoredPilot } from './pilots/pilot.ts'
import type { PhysicalRow } from './place.ts'
import { runningSilentSql, type StoredSilentRun } from './silent/silent-run.ts'

/** What is in force in a workspace, as it is stored. */
export interface WorkspaceState {
  readonly version: number
  readonly contentRevision: number
  readonly settings: WorkspaceSettings
  /** Model kinds of the version in force, and the content as it is now. */
  readonly definitions: DefinitionSet
  readonly physical: readonly PhysicalRow[]
  /** What some people try. */
  readonly pilots: readonly StoredPilot[]
  /** What judges silently. */
  readonly silent: readonly StoredSilentRun[]
}

interface StateRow {
  readonly version: number
  readonly content_revision: string
  readonly settings: string
  readonly definitions: string | null
  readonly content: string
  readonly physical: string
  readonly pilots: string
  readonly silent: string
}

/** Where a workspace lies. */
export interface WorkspacePlace {
  /** Quoted. */
  readonly schema: string
  /** The workspace that it was made from, where it is a sandbox. */
  readonly sandboxOf: string | undefined
}

/** Undefined where there is no such workspace. */
export async function placeOfWorkspace(db: Executor, workspace: string): Promise<WorkspacePlace | undefined> {
  const { rows } = await db.query<{ schema_name: string; sandbox_of: string | null }>({
    text: 'SELECT schema_name, sandbox_of FROM tenon.workspace WHERE name = $1',
    values: [workspace],
  })
  const row = rows[0]
  if (row === undefined) return undefined
  return { schema: quoteName(row.schema_name), sandboxOf: row.sandbox_of ?? undefined }
}

/** The schema of a workspace, quoted; undefined where there is no such workspace. */
export async function schemaOf(db: Executor, workspace: string): Promise<string | undefined> {
  return (await placeOfWorkspace(db, workspace))?.schema
}

/**
 * Reads what is in force, in one statement and so of one moment.
 * @param schema quoted
 */
export async function loadState(db: Executor, schema: string): Promise<WorkspaceState> {
  const { rows } = await db.query<StateRow>({ text: stateSql(schema) })
  const row = rows[0]
  if (row === undefined) throw new Error(`${schema}.tenon_current is empty`)
  const stored = row.definitions === null ? {} : parseJson<StoredDefinitions>(row.definitions)
  return {
    version: row.version,
    contentRevision: Number(row.content_revision),
    settings: parseJson<WorkspaceSettings>(row.settings),
    definitions: keepObjects(schema, withContent(fromStored(stored), parseJson<Definition[]>(row.content))),
    physical: parseJson<PhysicalRow[]>(row.physical),
    pilots: parseJson<StoredPilot[]>(row.pilots),
    silent: parseJson<StoredSilentRun[]>(row.silent),
  }
}

function stateSql(schema: string): string {
  return `SELECT c.version, c.content_revision, c.settings, v.definitions,
  (SELECT coalesce(json_agg(definition), '[]') FROM ${schema}.tenon_content) AS content,
  (SELECT coalesce(json_agg(json_build_object('itemId', item_id, 'entityId', entity_id, 'kind', kind,
     'place', place, 'retired', retired_at IS NOT NULL)), '[]') FROM ${schema}.tenon_physical) AS physical,
  (${runningPilotsSql(schema)}) AS pilots, (${runningSilentSql(schema)}) AS silent
FROM ${schema}.tenon_current c LEFT JOIN ${schema}.tenon_version v ON v.version = c.version`
}

/** The set with its content kinds replaced. */
export function withContent(set: DefinitionSet, content: readonly Definition[]): DefinitionSet {
  const model = listDefinitions(set).filter((definition) => !CONTENT_KINDS.includes(definition.kind))
  return toDefinitionSet([...model, ...content])
}
