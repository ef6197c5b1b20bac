import { join } from 'node:path'
import { registerBuiltInActions } from './actions/built-in.ts'
import type { BegunDatabase } from './begin-database.ts'
import type { Config } from './config.ts'
import { registerBuiltInConnectors } from './connectors/built-in.ts'
import type { Database } from './db/database.ts'
import {
  createWorkspace,
  isPrepared,
  listWorkspaces,
  migrateSystem,
  migrateWorkspaces,
} from './db/migrate.ts'
import { openDatabase } from './db/pool.ts'
import { setRoleDefaults } from './db/pooler.ts'
import { checkServer, readServerFacts, unreachable } from './db/server-check.ts'
import { AppError } from './errors.ts'
import { registerBuiltInFields } from './fields/built-in.ts'
import { DEFAULT_WORKSPACE } from './http/workspace.ts'
import { migrateQueue } from './jobs/worker.ts'
import { bootstrapWorkspace } from './model/bootstrap.ts'
import { createModelStore, type ModelStore } from './model/store.ts'
import type { Observe } from './observe.ts'
import { openSecretKeys, type SecretKeys } from './ops/secret-key.ts'
import { createVaultPort } from './ops/vaults.ts'
import { webformPort } from './portal/port.ts'
import { approvalPlay, withApprovals } from './process/approvals/inline.ts'
import { assignOwners } from './process/assignment/assign.ts'
import { flowAutomation } from './process/flows/inline.ts'
import { withOwners } from './process/owners-inline.ts'
import { refusalWatch } from './process/silent/refusals.ts'
import { setApprovalPlay } from './records/approval-play.ts'
import { setAutomation } from './records/automation.ts'
import { setWebforms } from './records/webform-port.ts'
import { loadPlugins } from './registry/load-plugins.ts'
import { createRegistry, type Registry } from './registry/registry.ts'
import { createReports } from './reports/reports-port.ts'
import { createSearch } from './search/tokens.ts'
import type { Shutdown } from './shutdown.ts'

/** The database of an engine or of a command, migrated, with a workspace in it. */
export interface Store {
  readonly database: Database
  /** For those who need connections of their own (the queue's workers): past a pooler. */
  readonly directUrl: string
  /** Whether the first workspace still lacks what its first start gives it, or may. */
  readonly isNew: boolean
}

/** Everything between the database and HTTP; commands of the shell work on it. */
export interface Core extends Store {
  readonly registry: Registry
  readonly models: ModelStore
  readonly secretKeys: SecretKeys
}

const PLUGINS_FOLDER = join(import.meta.dirname, '..', 'plugins')

/** What can be got ready with nothing but the registry. */
export type Meanwhile = (registry: Registry) => Promise<void>

/**
 * Opens the database and what is compiled from it, with built-ins and plugins.
 * @param begun the database, on its way
 * @param meanwhile goes on while the database starts; what it throws is thrown when that has started
 */
export async function openCore(
  config: Config,
  observe: Observe,
  shutdown: Shutdown,
  begun: BegunDatabase,
  meanwhile: Meanwhile = async () => undefined,
): Promise<Core> {
  const registry = createRegistry()
  registerBuiltInFields(registry)
  registerBuiltInActions(registry)
  setAutomation(registry, withOwners(registry, withApprovals(registry, flowAutomation(registry))))
  setApprovalPlay(registry, approvalPlay(registry))
  registry.setAssigning(assignOwners)
  registry.setRefusals(refusalWatch(observe))
  registerBuiltInConnectors(registry)
  setWebforms(registry, webformPort)
  registry.setSearch(createSearch())
  registry.setReports(createReports())
  await loadPlugins(PLUGINS_FOLDER, registry)
  const beside = meanwhile(registry).then(
    () => undefined,
    (fault: unknown) => ({ fault }),
  )
  const store = await openStore(config, observe, shutdown, begun)
  const thrown = await beside
  if (thrown !== undefined) throw thrown.fault
  const secretKeys = openSecretKeys(config.dataDir, {
    current: config.secretKey,
    former: config.formerSecretKey,
  })
  registry.setVaults(createVaultPort(store.database, secretKeys))
  await migrateQueue(store.directUrl, observe)
  for (const { name } of await listWorkspaces(store.database)) {
    await bootstrapWorkspace(store.database, registry, name)
  }
  const models = await createModelStore(store.database, registry, { observe })
  shutdown.add(() => models.close())
  return { ...store, registry, models, secretKeys }
}

/** Everything short of HTTP; commands of the shell stop here. */
export async function openStore(
  config: Config,
  observe: Observe,
  shutdown: Shutdown,
  begun: BegunDatabase,
): Promise<Store> {
  begun.observeWith(observe)
  const url = await begun.url
  const database = openDatabase({ url, directUrl: config.databaseDirectUrl, observe })
  shutdown.add(() => database.close())
  if (config.databaseDirectUrl !== undefined) {
    await setRoleDefaults(database).catch((fault) =>
      Promise.reject(unreachable('DATABASE_DIRECT_URL', fault)),
    )
  }
  if (config.databaseUrl !== undefined) {
    const faults = checkServer(await readServerFacts(database))
    if (faults.length > 0) throw new AppError(faults)
  }
  await migrateSystem(database, observe)
  await migrateWorkspaces(database, observe)
  await createWorkspace(database, DEFAULT_WORKSPACE, observe)
  const isNew = !(await isPrepared(database, DEFAULT_WORKSPACE))
  return { database, directUrl: config.databaseDirectUrl ?? url, isNew }
}
