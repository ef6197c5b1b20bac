import { setTimeout as delay } from 'node:timers/promises'
import type { Core } from '../core.ts'
import { AppError, type LocalText } from '../errors.ts'
import { findJob, type JobFailure } from '../jobs/job.ts'
import type { JobTask } from '../jobs/run-job.ts'
import { startWorker } from '../jobs/worker.ts'
import { publishTask } from '../model/publish-job.ts'
import { observeNothing } from '../observe.ts'
import { publishControl } from '../process/control/publish-control.ts'
import { publishPorts } from '../records/fill-computed.ts'
import type { CommandContext } from './command.ts'

const LOOK_INTERVAL_MS = 200

/** A job that a command waits for. */
export interface Awaited {
  /** The workspace's schema, quoted. */
  readonly schema: string
  readonly id: string
  /** What does it. */
  readonly task: JobTask
  /** What is being done, for the lines about its progress. */
  readonly doing: LocalText
}

/**
 * Waits for the job of a publish.
 * @returns the version that came into force
 * @throws AppError with the job's problems when it fails
 */
export async function finishPublish(
  context: CommandContext,
  core: Core,
  schema: string,
  id: string,
): Promise<number> {
  const { database: db, registry } = core
  const result = await finishJob(context, core, {
    schema,
    id,
    task: publishTask({ db, registry, ...publishPorts, control: publishControl }),
    doing: { en: 'Preparing tables', 'zh-CN': '正在准备数据表' },
  })
  return (result as { readonly version: number }).version
}

/**
 * Waits for a job, with this process among those that may do it: a server need not run.
 * @returns what came of it
 * @throws AppError with the job's problems when it fails
 */
export async function finishJob(context: CommandContext, core: Core, awaited: Awaited): Promise<unknown> {
  const { database: db, directUrl } = core
  const tasks = [awaited.task]
  const worker = await startWorker({ db, directUrl, tasks, observe: observeNothing, concurrency: 1 })
  try {
    let told = -1
    for (;;) {
      const job = await findJob(db, awaited.schema, awaited.id)
      if (job?.state === 'done') return job.result
      if (job?.state === 'failed') throw new AppError((job.result as JobFailure).problems)
      const share = Math.floor((100 * (job?.done ?? 0)) / (job?.total || 1))
      if (share !== told) tell(context, awaited.doing, share)
      told = share
      await delay(LOOK_INTERVAL_MS)
    }
  } finally {
    await worker.close()
  }
}

function tell(context: CommandContext, doing: LocalText, share: number): void {
  context.progress(context.say({ en: `${doing.en}: ${share} %`, 'zh-CN': `${doing['zh-CN']}：${share}%` }))
}
