import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import type { PublishChildTask } from './publish-child.ts'

/** How a publish in a process of its own ended. */
export interface KilledPublish {
  /** Whether it killed itself at the point asked for; false when it was done before. */
  readonly killed: boolean
  /** The point, or what it said when it was done. */
  readonly said: string
}

/** Publishes in a process of its own, which kills itself (SIGKILL) at a point of the publish. */
export async function killPublish(task: PublishChildTask): Promise<KilledPublish> {
  const script = join(import.meta.dirname, 'publish-child.ts')
  const child = spawn(process.execPath, ['--import', 'tsx', script, JSON.stringify(task)])
  let said = ''
  let faults = ''
  child.stdout.on('data', (chunk: Buffer) => {
    said += chunk.toString()
  })
  child.stderr.on('data', (chunk: Buffer) => {
    faults += chunk.toString()
  })
  const [code, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null]
  if (signal !== 'SIGKILL' && code !== 0) throw new Error(faults)
  return { killed: signal === 'SIGKILL', said: said.trim() }
}
