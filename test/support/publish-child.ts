import { openDatabase } from '../../engine/db/pool.ts'
import { startWorker } from '../../engine/jobs/worker.ts'
import { publishDraft } from '../../engine/model/publish.ts'
import { publishTask } from '../../engine/model/publish-job.ts'
import { observeNothing } from '../../engine/observe.ts'
import { endOf, fullRegistry, SCHEMA } from './model-world.ts'

/** What the parent asks for, as JSON in the first argument. */
export interface PublishChildTask {
  readonly url: string
  /** Publishes this draft, or … */
  readonly changeset?: string
  readonly hash?: string
  /** … works on this job. */
  readonly job?: string
  /** The number of the point, from 1, at which the process kills itself. */
  readonly killAt: number
}

const task = JSON.parse(process.argv[2] ?? '') as PublishChildTask
const db = openDatabase({ url: task.url, poolSize: 4, directPoolSize: 4 })
const registry = fullRegistry()
let reached = 0

function reach(point: string): void {
  reached++
  if (reached !== task.killAt) return
  process.stdout.write(`${point}\n`)
  process.kill(process.pid, 'SIGKILL')
}

if (task.job === undefined) {
  const deps = { db, registry, workspace: 'default', schema: SCHEMA, reach }
  await publishDraft(deps, { changeset: task.changeset ?? '', hash: task.hash ?? '', by: undefined })
} else {
  const tasks = [publishTask({ db, registry, reach })]
  const worker = await startWorker({ db, directUrl: task.url, tasks, observe: observeNothing })
  await endOf(db, task.job)
  await worker.close()
}
process.stdout.write(`published after ${reached} points\n`)
await db.close()
