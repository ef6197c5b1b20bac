import { join } from 'node:path'
import { auditUpkeepTask, prepareAuditMonths } from './audit/upkeep.ts'
import type { Config } from './config.ts'
import type { Core } from './core.ts'
import { startDispatcher } from './events/dispatcher.ts'
import { liveConsumer } from './events/live-consumer.ts'
import { createFileStore } from './files/file-store.ts'
import type { JobTask } from './jobs/run-job.ts'
import { startWorker } from './jobs/worker.ts'
import { publishTask } from './model/publish-job.ts'
import { refreshSearchTask } from './model/refresh-search.ts'
import { createMailer, type Mailer } from './notify/mailer.ts'
import { outgoingUpkeepTask } from './notify/outgoing/log.ts'
import { startSender } from './notify/outgoing/sender.ts'
import { linkMailTask } from './notify/send-link.ts'
import type { Observe } from './observe.ts'
import { backupTask } from './ops/backup/backup-job.ts'
import { dailyBackupTask } from './ops/backup/daily.ts'
import { rotateSecretTask } from './ops/rotate-secret.ts'
import { approvalClockTask, queueClock } from './process/approvals/clock.ts'
import { publishControl } from './process/control/publish-control.ts'
import { readWholeFile } from './process/files.ts'
import { filesUpkeepTask } from './process/files-upkeep.ts'
import { flowConsumer } from './process/flows/consumer.ts'
import { type FlowDeps, flowContext } from './process/flows/deps.ts'
import { runsTask } from './process/flows/drain.ts'
import { callSettled } from './process/flows/outside.ts'
import { flowUpkeepTask, missedRunsTask } from './process/flows/upkeep.ts'
import { clockTask, queueWakes } from './process/flows/wakes.ts'
import { ownersUpkeepTasks } from './process/owners-upkeep.ts'
import { endedTrialsTask } from './process/pilots/tell-ended.ts'
import { lookAtSilentClock } from './process/silent/clock.ts'
import { silentConsumer } from './process/silent/consumer.ts'
import { silentTask } from './process/silent/task.ts'
import { messageSettled } from './process/telling/deliver.ts'
import { deliveriesTask } from './process/telling/release.ts'
import { dayUpkeepTask } from './records/day-upkeep.ts'
import { effortUpkeepTask } from './records/field-effort.ts'
import { fillComputedTask, publishPorts } from './records/fill-computed.ts'
import { refreshKeysTask } from './records/refresh-keys.ts'
import { shareUpkeepTask } from './records/share-upkeep.ts'
import { snapshotTask } from './reports/snapshots.ts'
import type { Shutdown } from './shutdown.ts'

/** Takes up queued work, of all workspaces, for as long as this node runs. */
export async function startJobs(
  core: Core,
  config: Config,
  observe: Observe,
  shutdown: Shutdown,
): Promise<void> {
  const { directUrl, registry, secretKeys } = core
  const db = core.database.background
  const backups = backupTasks(core, config, observe)
  const mailer = openMailer(config, shutdown)
  const tasks = [
    publishTask({ db, registry, ...publishPorts, control: publishControl }),
    refreshSearchTask(db, registry),
    fillComputedTask(db, core.models, registry.search()),
    refreshKeysTask(db, core.models, registry.search()),
    rotateSecretTask(db, registry),
    ...mailTasks(core, config, mailer),
    ...backups.tasks,
  ]
  await prepareAuditMonths(db)
  const files = createFileStore(join(config.dataDir, 'files'))
  const flows = { ...flowDeps(core, config, observe), files }
  const periodic = [
    auditUpkeepTask(db, secretKeys, observe),
    shareUpkeepTask({ db, modelOf: (name) => core.models.current(name), observe }),
    dayUpkeepTask({ db, models: core.models, search: registry.search(), observe }),
    ...ownersUpkeepTasks(flows),
    snapshotTask({ db, models: core.models, search: registry.search(), observe }),
    ...backups.periodic,
    flowUpkeepTask(db, config.keepRunsDays, observe),
    missedRunsTask(flows),
    outgoingUpkeepTask(db, observe),
    filesUpkeepTask(flows),
    effortUpkeepTask(db, observe),
  ]
  const sender = startSender({
    ...{ db, registry, observe, mailer, allowedHosts: config.allowedHosts },
    ...{ now: flows.now, modelOf: flows.modelOf },
    fileOf: (model, id) => readWholeFile(files, flowContext(flows, model, { name: 'outgoing' }), id),
    settled: { call: callSettled(flows), message: messageSettled(flows), test: async () => undefined },
  })
  shutdown.add(() => sender.close())
  const wakes = [
    ...[
      runsTask(flows),
      clockTask(flows, (name, now) => lookAtSilentClock({ ...flows, now: () => now }, name)),
      approvalClockTask({ ...flows, wakes: queueClock }),
    ],
    ...[deliveriesTask(flows), sender.task, silentTask(flows), endedTrialsTask(flows)],
  ]
  const worker = await startWorker({ db, directUrl, tasks, periodic, wakes, observe })
  shutdown.add(() => worker.close())
  const consumers = [flowConsumer(flows), liveConsumer(), silentConsumer(flows)]
  const dispatcher = startDispatcher({ db, consumers, observe })
  shutdown.add(() => dispatcher.close())
}

/** What flows stand on: their work is called through the queue. */
function flowDeps({ database, registry, models }: Core, config: Config, observe: Observe): FlowDeps {
  const db = database.background
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
  { database: db, models, registry }: Core,
  { publicUrl }: Config,
  mailer: Mailer | undefined,
): readonly JobTask[] {
  if (mailer === undefined || publicUrl === undefined) return []
  return [linkMailTask({ db, registry, models, mailer, publicUrl })]
}
