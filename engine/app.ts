import { join } from 'node:path'
import { createSessions } from './access/sessions.ts'
import { createThrottle } from './access/throttle.ts'
import { startJobs } from './background.ts'
import { type BegunDatabase, beginDatabase, type Progress } from './begin-database.ts'
import type { Config } from './config.ts'
import { type Core, openCore } from './core.ts'
import type { Database } from './db/database.ts'
import { markPrepared } from './db/migrate.ts'
import type { ReadinessCheck } from './http/deps.ts'
import { listen } from './http/listen.ts'
import { createLiveHub } from './http/live/hub.ts'
import { createHttpServer } from './http/server.ts'
import { openWaitingRoom } from './http/waiting-room.ts'
import { DEFAULT_WORKSPACE } from './http/workspace.ts'
import type { ModelStore } from './model/store.ts'
import { readWords } from './notify/read-words.ts'
import { createObserver } from './observer.ts'
import { ensureFirstAdministrator } from './ops/first-administrator.ts'
import type { Registry } from './registry/registry.ts'
import { createShutdown, type Shutdown } from './shutdown.ts'

const PAGES_FOLDER = join(import.meta.dirname, '..', 'dist')
const SEEDS_FOLDER = join(import.meta.dirname, '..', 'seeds')

export interface Engine {
  /** Where it answers, such as http://127.0.0.1:3000. */
  readonly url: string
  readonly database: Database
  /** What the person at the terminal should know besides the address: how to sign in. */
  readonly notes: readonly string[]
  /** Answers what is under way, then ends everything, the embedded database last. */
  close(): Promise<void>
}

/**
 * Starts one Tenon: data folder, database, migrations, model, first workspace, HTTP. The only place that knows
 * all parts.
 * @param shutdown what a signal that comes during the start runs
 * @param begun its database, where that is on its way already
 * @param languagesFolder where further languages have theirs; the project's when absent
 * @throws AppError with a START_* problem; what was open by then is closed again
 */
export async function createEngine(
  config: Config,
  progress: Progress = () => undefined,
  shutdown: Shutdown = createShutdown(),
  begun: BegunDatabase = beginDatabase(config, progress, shutdown),
  languagesFolder?: string,
): Promise<Engine> {
  try {
    const words = readWords(languagesFolder)
    const observer = createObserver(config.logLevel)
    const core = await openCore(config, observer.observe, shutdown, begun, async (registry) => {
      if (begun.isMade) await lookThroughTemplate(config, registry)
    })
    const { database, models, registry } = core
    registry.setWords(words)
    const notes = await withWaitingRoom(core, config, shutdown, () =>
      prepareFirstWorkspace(core, config, progress),
    )
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
        seedsDir: SEEDS_FOLDER,
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

/** Whoever comes while a template is installed, which takes some seconds, is told so; port 0 is known to nobody yet. */
async function withWaitingRoom<T>(
  { isNew }: Core,
  config: Config,
  shutdown: Shutdown,
  work: () => Promise<T>,
): Promise<T> {
  if (!isNew || config.template === undefined || config.port === 0) return await work()
  const close = await openWaitingRoom(config)
  shutdown.add(close)
  const result = await work()
  await close()
  return result
}

/**
 * While a database is made, which is another process' work: a fault in the template's files shows before anything is
 * installed, and what reads definitions is compiled by then.
 */
async function lookThroughTemplate(config: Config, registry: Registry): Promise<void> {
  if (config.template === undefined) return
  const { readTemplate } = await import('./templates/read-template.ts')
  const { templateCandidate } = await import('./templates/template-candidate.ts')
  const template = readTemplate(join(SEEDS_FOLDER, config.template))
  // What it builds on is in force only later, and only then can it be checked.
  if (template.manifest.requires === undefined) templateCandidate(template, registry)
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
