import { setTimeout as delay } from 'node:timers/promises'
import type { Core } from '../app.ts'
import { noteDefinitions } from '../audit/note-definitions.ts'
import { AppError } from '../errors.ts'
import { findJob, type JobFailure } from '../jobs/job.ts'
import { startWorker } from '../jobs/worker.ts'
import { publishTask } from '../model/publish-job.ts'
import { observeNothing } from '../observe.ts'
import type { CommandContext } from './command.ts'

const LOOK_INTERVAL_MS = 200

/**
 * Waits for the job of a publish, with this process among those that may do it: a server need not run.
 * @returns the version that came into force
 * @throws AppError with the job's problems when it fails
 */
export async function finishJob(
  context: CommandContext,
  core: Core,
  schema: string,
  id: string,
): Promise<number> {
  const { database: db, directUrl, registry } = core
  const tasks = [publishTask({ db, registry, note: noteDefinitions })]
  const worker = await startWorker({ db, directUrl, tasks, observe: observeNothing, concurrency: 1 })
  try {
    let told = -1
    for (;;) {
      const job = await findJob(db, schema, id)
      if (job?.state === 'done') return (job.result as { readonly version: number }).version
      if (job?.state === 'failed') throw new AppError((job.result as JobFailure).problems)
      const share = Math.floor((100 * (job?.done ?? 0)) / (job?.total ?? 1))
      if (share !== told) tell(context, share)
      told = share
      await delay(LOOK_INTERVAL_MS)
    }
  } finally {
    await worker.close()
  }
}

function tell(context: CommandContext, share: number): void {
  context.progress(context.say({ en: `Preparing tables: ${share} %`, 'zh-CN': `正在准备数据表：${share}%` }))
}
