import { join } from 'node:path'
import { createSessions } from './access/sessions.ts'
import { createThrottle } from './access/throttle.ts'
import { registerBuiltInActions } from './actions/built-in.ts'
import { auditUpkeepTask, prepareAuditMonths } from './audit/upkeep.ts'
import type { Config } from './config.ts'
import { registerBuiltInConnectors } from './connectors/built-in.ts'
import { holderOf, lockDataFolder } from './db/data-lock.ts'
import type { Database } from './db/database.ts'
import { makeDataFolder, startEmbedded } from './db/embedded/embedded.ts'
import {
  createWorkspace,
  isPrepared,
  listWorkspaces,
  markPrepared,
  migrateSystem,
  migrateWorkspaces,
} from './db/migrate.ts'
import { openDatabase } from './db/pool.ts'
import { setRoleDefaults } from './db/pooler.ts'
import { checkServer, readServerFacts, unreachable } from './db/server-check.ts'
import { AppError } from './errors.ts'
import { startDispatcher } from './events/dispatcher.ts'
import { liveConsumer } from './events/live-consumer.ts'
import { registerBuiltInFields } from './fields/built-in.ts'
import type { ReadinessCheck } from './http/deps.ts'
import { listen, tryAddress } from './http/listen.ts'
import { createLiveHub } from './http/live/hub.ts'
import { createHttpServer } from './http/server.ts'
import { DEFAULT_WORKSPACE } from './http/workspace.ts'
import type { JobTask } from './jobs/run-job.ts'
import { migrateQueue, startWorker } from './jobs/worker.ts'
import { bootstrapWorkspace } from './model/bootstrap.ts'
import { publishTask } from './model/publish-job.ts'
import { refreshSearchTask } from './model/refresh-search.ts'
import { createModelStore, type ModelStore } from './model/store.ts'
import { createMailer, type Mailer } from './notify/mailer.ts'
import { outgoingUpkeepTask } from './notify/outgoing/log.ts'
import { startSender } from './notify/outgoing/sender.ts'
import { linkMailTask } from './notify/send-link.ts'
import { createObserver, type Observe } from './observe.ts'
import { backupTask } from './ops/backup/backup-job.ts'
import { dailyBackupTask } from './ops/backup/daily.ts'
import { ensureFirstAdministrator } from './ops/first-administrator.ts'
import { rotateSecretTask } from './ops/rotate-secret.ts'
import { openSecretKeys, type SecretKeys } from './ops/secret-key.ts'
import { createVaultPort } from './ops/vaults.ts'
import { webformPort } from './portal/port.ts'
import { approvalClockTask, queueClock } from './process/approvals/clock.ts'
import { approvalPlay, withApprovals } from './process/approvals/inline.ts'
import { assignOwners } from './process/assignment/assign.ts'
import { flowConsumer } from './process/flows/consumer.ts'
import type { FlowDeps } from './process/flows/deps.ts'
import { runsTask } from './process/flows/drain.ts'
import { flowAutomation } from './process/flows/inline.ts'
import { callSettled } from './process/flows/outside.ts'
import { flowUpkeepTask } from './process/flows/upkeep.ts'
import { clockTask, queueWakes } from './process/flows/wakes.ts'
import { withOwners } from './process/owners-inline.ts'
import { ownersUpkeepTasks } from './process/owners-upkeep.ts'
import { messageSettled } from './process/telling/deliver.ts'
import { deliveriesTask } from './process/telling/release.ts'
import { setApprovalPlay } from './records/approval-play.ts'
import { setAutomation } from './records/automation.ts'
import { dayUpkeepTask } from './records/day-upkeep.ts'
import { fillComputedTask, publishPorts } from './records/fill-computed.ts'
import { refreshKeysTask } from './records/refresh-keys.ts'
import { shareUpkeepTask } from './records/share-upkeep.ts'
import { setWebforms } from './records/webform-port.ts'
import { loadPlugins } from './registry/load-plugins.ts'
import { createRegistry, type Registry } from './registry/registry.ts'
import { createReports } from './reports/reports-port.ts'
import { snapshotTask } from './reports/snapshots.ts'
import { createSearch } from './search/tokens.ts'
import { createShutdown, type Shutdown } from './shutdown.ts'

/** One line a step, for the person who waits. */
export type Progress = (line: string) => void

export interface Engine {
  /** Where it answers, such as http://127.0.0.1:3000. */
  readonly url: string
  readonly database: Database
  /** What the person at the terminal should know besides the address: how to sign in. */
  readonly notes: readonly string[]
  /** Answers what is under way, then ends everything, the embedded database last. */
  close(): Promise<void>
}

/** The database of an engine or of a command, migrated, with a workspace in it. */
export interface Store {
  readonly database: Database
  /** For those who need connections of their own (the queue's workers): past a pooler. */
  readonly directUrl: string
  /** Whether the first workspace still lacks what its first start gives it, or may. */
  readonly isNew: boolean
}

/**
 * Starts one Tenon: data folder, database, migrations, model, first workspace, HTTP. The only place that knows
 * all parts.
 * @param shutdown what a signal that comes during the start runs
 * @throws AppError with a START_* problem; what was open by then is closed again
 */
export async function createEngine(
  config: Config,
  progress: Progress = () => undefined,
  shutdown: Shutdown = createShutdown(),
): Promise<Engine> {
  try {
    const observer = createObserver(config.logLevel)
    // Before anything that takes time. A Tenon on this folder is told by the folder's lock, which knows its process
    // and waits for one that is about to go.
    if (holderOf(config.dataDir) === undefined) await tryAddress(config)
    const core = await openCore(config, observer.observe, progress, shutdown)
    const { database, models, registry } = core
    const notes = await prepareFirstWorkspace(core, config, progress)
    const sessions = await createSessions({ db: database })
    shutdown.add(() => sessions.close())
    await startJobs(core, config, observer.observe, shutdown)
    const live = await createLiveHub({ db: database, models, registry, sessions, observe: observer.observe })
    shutdown.add(() => live.close())
    const http = createHttpServer({
      db: database,
      models,
      registry,
      sessions,
      live,
      throttle: createThrottle(),
      observer,
      readiness: readinessChecks(database, models),
      settings: {
        dataDir: config.dataDir,
        pagesDir: PAGES_FOLDER,
        trustProxy: config.trustProxy,
        publicUrl: config.publicUrl,
        mails: config.smtpUrl !== undefined,
        backups: config.databaseUrl === undefined ? config.backups : undefined,
      },
    })
    const url = await listen(http.server, config)
    shutdown.add(() => http.close())
    return { url, database, notes, close: () => shutdown.run() }
  } catch (fault) {
    await shutdown.run()
    throw fault
  }
}

/** Everything between the database and HTTP; commands of the shell work on it. */
export interface Core extends Store {
  readonly registry: Registry
  readonly models: ModelStore
  readonly secretKeys: SecretKeys
}

const PAGES_FOLDER = join(import.meta.dirname, '..', 'dist')
const PLUGINS_FOLDER = join(import.meta.dirname, '..', 'plugins')
const SEEDS_FOLDER = join(import.meta.dirname, '..', 'seeds')

/** Opens the database and what is compiled from it, with built-ins and plugins. */
export async function openCore(
  config: Config,
  observe: Observe,
  progress: Progress,
  shutdown: Shutdown,
): Promise<Core> {
  const registry = createRegistry()
  registerBuiltInFields(registry)
  registerBuiltInActions(registry)
  setAutomation(registry, withOwners(registry, withApprovals(registry, flowAutomation(registry))))
  setApprovalPlay(registry, approvalPlay(registry))
  registry.setAssigning(assignOwners)
  registerBuiltInConnectors(registry)
  setWebforms(registry, webformPort)
  registry.setSearch(createSearch())
  registry.setReports(createReports())
  await loadPlugins(PLUGINS_FOLDER, registry)
  const store = await openStore(config, observe, progress, shutdown)
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

/** Takes up queued work, of all workspaces, for as long as this node runs. */
async function startJobs(core: Core, config: Config, observe: Observe, shutdown: Shutdown): Promise<void> {
  const { database: db, directUrl, registry, secretKeys } = core
  const backups = backupTasks(core, config, observe)
  const mailer = openMailer(config, shutdown)
  const tasks = [
    publishTask({ db, registry, ...publishPorts }),
    refreshSearchTask(db, registry),
    fillComputedTask(db, core.models, registry.search()),
    refreshKeysTask(db, core.models, registry.search()),
    rotateSecretTask(db, registry),
    ...mailTasks(core, config, mailer),
    ...backups.tasks,
  ]
  await prepareAuditMonths(db)
  const flows = flowDeps(core, config, observe)
  const periodic = [
    auditUpkeepTask(db, secretKeys, observe),
    shareUpkeepTask({ db, modelOf: (name) => core.models.current(name), observe }),
    dayUpkeepTask({ db, models: core.models, search: registry.search(), observe }),
    ...ownersUpkeepTasks(flows),
    snapshotTask({ db, models: core.models, search: registry.search(), observe }),
    ...backups.periodic,
    flowUpkeepTask(db, config.keepRunsDays, observe),
    outgoingUpkeepTask(db, observe),
  ]
  const sender = startSender({
    ...{ db, registry, observe, mailer, allowedHosts: config.allowedHosts },
    ...{ now: flows.now, modelOf: flows.modelOf },
    settled: { call: callSettled(flows), message: messageSettled(flows), test: async () => undefined },
  })
  shutdown.add(() => sender.close())
  const wakes = [
    ...[runsTask(flows), clockTask(flows), approvalClockTask({ ...flows, wakes: queueClock })],
    ...[deliveriesTask(flows), sender.task],
  ]
  const worker = await startWorker({ db, directUrl, tasks, periodic, wakes, observe })
  shutdown.add(() => worker.close())
  const dispatcher = startDispatcher({ db, consumers: [flowConsumer(flows), liveConsumer()], observe })
  shutdown.add(() => dispatcher.close())
}

/** What flows stand on: their work is called through the queue. */
function flowDeps({ database: db, registry, models }: Core, config: Config, observe: Observe): FlowDeps {
  const modelOf: FlowDeps['modelOf'] = (workspace, isStale) =>
    isStale === true ? models.refresh(workspace) : models.current(workspace)
  const { publicUrl, smtpUrl } = config
  const told = { publicUrl, mails: smtpUrl !== undefined }
  return { db, registry, modelOf, observe, now: () => new Date(), wakes: queueWakes, ...told }
}

/** What makes backups, where the database is ours. */
function backupTasks({ directUrl }: Core, { dataDir, databaseUrl, backups }: Config, observe: Observe) {
  if (databaseUrl !== undefined) return { tasks: [], periodic: [] }
  const source = { directUrl, dataDir, folder: backups.folder }
  return {
    tasks: [backupTask(source, observe)],
    periodic: backups.days > 0 ? [dailyBackupTask({ ...source, ...backups, observe })] : [],
  }
}

/** The operator's mail server, where one is set. */
function openMailer({ smtpUrl, mailFrom: from }: Config, shutdown: Shutdown): Mailer | undefined {
  if (smtpUrl === undefined || from === undefined) return undefined
  const mailer = createMailer({ smtpUrl, from })
  shutdown.add(async () => mailer.close())
  return mailer
}

/** What sends the links by which passwords are set. */
function mailTasks(
  { database: db, models }: Core,
  { publicUrl }: Config,
  mailer: Mailer | undefined,
): readonly JobTask[] {
  if (mailer === undefined || publicUrl === undefined) return []
  return [linkMailTask({ db, models, mailer, publicUrl })]
}

/** Fills the first workspace when it is new; gives what the person at the terminal should know. */
async function prepareFirstWorkspace(
  core: Core,
  config: Config,
  progress: Progress,
): Promise<readonly string[]> {
  const { database: db, registry, models } = core
  const model = await models.current(DEFAULT_WORKSPACE)
  if (model === undefined) throw new Error('the first workspace is not there')
  const administrator = await ensureFirstAdministrator({
    db,
    registry,
    model,
    email: config.adminEmail,
    password: config.adminPassword,
  })
  if (core.isNew && config.template !== undefined) {
    const { installTemplate } = await import('./templates/install.ts')
    const { importFile } = await import('./imports/import-file.ts')
    const { runScenarios } = await import('./quality/run-scenarios.ts')
    const deps = { db, registry, models, progress, loadRows: importFile, scenarios: runScenarios }
    const folder = join(SEEDS_FOLDER, config.template)
    await installTemplate(deps, DEFAULT_WORKSPACE, folder, { withDemo: config.demo })
  }
  if (core.isNew) await markPrepared(db, DEFAULT_WORKSPACE)
  if (administrator === undefined) return []
  if (administrator.password === undefined) return [`Sign in as ${administrator.email}`]
  return [`Sign in as ${administrator.email} with the password ${administrator.password}`]
}

function readinessChecks(database: Database, models: ModelStore): readonly ReadinessCheck[] {
  return [
    { name: 'database', check: async () => void (await database.query({ text: 'SELECT 1' })) },
    { name: 'model', check: async () => (await models.current(DEFAULT_WORKSPACE))?.version },
  ]
}

/** Everything short of HTTP; commands of the shell stop here. */
export async function openStore(
  config: Config,
  observe: Observe,
  progress: Progress,
  shutdown: Shutdown,
): Promise<Store> {
  makeDataFolder(config.dataDir)
  const url = config.databaseUrl ?? (await startOwnDatabase(config, observe, progress, shutdown))
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

async function startOwnDatabase(
  config: Config,
  observe: Observe,
  progress: Progress,
  shutdown: Shutdown,
): Promise<string> {
  const lock = await lockDataFolder(config.dataDir, { progress })
  shutdown.add(() => lock.release())
  shutdown.atBegin(() => lock.markStopping())
  progress('Starting the database')
  const embedded = await startEmbedded({ dataDir: config.dataDir, progress, observe })
  shutdown.add(() => embedded.stop())
  return embedded.url
}
