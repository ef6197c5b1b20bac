import { registerBuiltInActions } from '../../engine/actions/built-in.ts'
import { registerBuiltInConnectors } from '../../engine/connectors/built-in.ts'
import type { Database } from '../../engine/db/database.ts'
import { registerBuiltInFields } from '../../engine/fields/built-in.ts'
import { findJob, type Job } from '../../engine/jobs/job.ts'
import { migrateQueue, startWorker } from '../../engine/jobs/worker.ts'
import { bootstrapWorkspace } from '../../engine/model/bootstrap.ts'
import { type Changeset, loadChangeset, openFilledChangeset } from '../../engine/model/changesets.ts'
import type { DefinitionSet } from '../../engine/model/compiled.ts'
import { planImport } from '../../engine/model/import.ts'
import { type Plan, planDraft } from '../../engine/model/plan.ts'
import { type PublishDeps, publishDraft } from '../../engine/model/publish.ts'
import { publishTask } from '../../engine/model/publish-job.ts'
import type { ReachPoint } from '../../engine/model/reach.ts'
import { refreshSearchTask } from '../../engine/model/refresh-search.ts'
import { loadState } from '../../engine/model/state.ts'
import { observeNothing } from '../../engine/observe.ts'
import { webformPort } from '../../engine/portal/port.ts'
import { approvalPlay, withApprovals } from '../../engine/process/approvals/inline.ts'
import { assignOwners } from '../../engine/process/assignment/assign.ts'
import { flowAutomation } from '../../engine/process/flows/inline.ts'
import { withOwners } from '../../engine/process/owners-inline.ts'
import { setApprovalPlay } from '../../engine/records/approval-play.ts'
import { setAutomation } from '../../engine/records/automation.ts'
import { setWebforms } from '../../engine/records/webform-port.ts'
import { createRegistry, type Registry } from '../../engine/registry/registry.ts'
import { createReports } from '../../engine/reports/reports-port.ts'
import { createSearch } from '../../engine/search/tokens.ts'
import { type Template, workspaceTemplate } from './postgres.ts'

export const SCHEMA = '"ws_default"'

export function fullRegistry(): Registry {
  const registry = createRegistry()
  registerBuiltInFields(registry)
  registerBuiltInActions(registry)
  registerBuiltInConnectors(registry)
  registry.setSearch(createSearch())
  registry.setReports(createReports())
  setAutomation(registry, withOwners(registry, withApprovals(registry, flowAutomation(registry))))
  setApprovalPlay(registry, approvalPlay(registry))
  registry.setAssigning(assignOwners)
  setWebforms(registry, webformPort)
  return registry
}

/** The workspace `default` with the engine's own definitions, and the queue. */
export const modelTemplate: Template = {
  key: 'model',
  async build(database, url) {
    await workspaceTemplate.build(database, url)
    await migrateQueue(url, observeNothing)
    await bootstrapWorkspace(database, fullRegistry(), 'default')
  },
}

/** Definitions and drafts of a test database, without HTTP. */
export interface ModelWorld {
  readonly registry: Registry
  readonly deps: PublishDeps
  definitions(): Promise<DefinitionSet>
  version(): Promise<number>
  /** A draft of these definitions with its plan; what is in force and not among them goes when `isWhole`. */
  draft(
    definitions: readonly unknown[],
    isWhole?: boolean,
  ): Promise<{ readonly id: string; readonly plan: Plan }>
  changeset(id: string): Promise<Changeset>
  /** Drafts and publishes; the tables must be small. @returns the new version */
  publish(definitions: readonly unknown[], isWhole?: boolean): Promise<number>
  /** Runs a worker until the job has ended. */
  finish(job: string, reach?: ReachPoint): Promise<Job>
}

export function modelWorld(db: Database, directUrl: string): ModelWorld {
  const registry = fullRegistry()
  const deps: PublishDeps = { db, registry, workspace: 'default', schema: SCHEMA }
  const state = () => loadState(db, SCHEMA)
  const world: ModelWorld = {
    registry,
    deps,
    definitions: async () => (await state()).definitions,
    version: async () => (await state()).version,
    async draft(definitions, isWhole = false) {
      const now = await state()
      const items = planImport(now.definitions, definitions, registry, { isWhole })
      const { id } = await openFilledChangeset(db, SCHEMA, { label: 'Test', createdBy: undefined }, items)
      const plan = await planDraft({ db, schema: SCHEMA, registry, state: now, counts: 'exact' }, { items })
      return { id, plan }
    },
    changeset: (id) => loadChangeset(db, SCHEMA, id),
    async publish(definitions, isWhole) {
      const { id, plan } = await world.draft(definitions, isWhole)
      const outcome = await publishDraft(deps, { changeset: id, hash: plan.hash, by: undefined })
      if ('job' in outcome) throw new Error('the tables are large')
      return outcome.version
    },
    async finish(id, reach) {
      const tasks = [
        publishTask({ db, registry, ...(reach === undefined ? {} : { reach }) }),
        refreshSearchTask(db, registry),
      ]
      const worker = await startWorker({ db, directUrl, tasks, observe: observeNothing })
      try {
        return await endOf(db, id)
      } finally {
        await worker.close()
      }
    },
  }
  return world
}

/** The job once it is done or has failed; gives up after a minute. */
export async function endOf(db: Database, id: string): Promise<Job> {
  const end = Date.now() + 60_000
  for (;;) {
    const job = await findJob(db, SCHEMA, id)
    if (job === undefined || job.state === 'done' || job.state === 'failed' || Date.now() > end) {
      if (job === undefined) throw new Error('there is no such job')
      return job
    }
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

/** The columns and indexes that the database has, without the engine's own tables: `account.name text`. */
export async function describeTables(db: Database): Promise<readonly string[]> {
  const { rows } = await db.query<{ line: string }>({
    text: `SELECT c.relname || '.' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod) AS line
FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
WHERE c.relnamespace = 'ws_default'::regnamespace AND c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped
  AND c.relname NOT LIKE 'tenon\\_%'
UNION ALL
SELECT indexdef || CASE WHEN i.indisvalid THEN '' ELSE ' INVALID' END FROM pg_indexes x
JOIN pg_index i ON i.indexrelid = to_regclass('ws_default.' || quote_ident(x.indexname))
WHERE x.schemaname = 'ws_default' AND x.tablename NOT LIKE 'tenon\\_%'
ORDER BY 1`,
  })
  return rows.map((row) => row.line)
}
