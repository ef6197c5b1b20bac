import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { buildEntries } from '../../bin/build-engine.mjs'
import type { PublishChildTask } from './publish-child.ts'
import { removeFolder } from './scratch.ts'

/** How a publish in a process of its own ended. */
export interface KilledPublish {
  /** Whether it killed itself at the point asked for; false when it was done before. */
  readonly killed: boolean
  /** The point, or what it said when it was done. */
  readonly said: string
}

const ROOT = join(import.meta.dirname, '..', '..')
let built: Promise<string> | undefined

/** Dozens of them start: each as a plain module, near the packages that it finds by its own place. */
async function buildChild(): Promise<string> {
  const folder = join(ROOT, 'node_modules', '.cache', `publish-child-${process.pid}`)
  process.once('exit', () => removeFolder(folder))
  const faults = await buildEntries(ROOT, folder, [{ in: 'test/support/publish-child.ts', out: 'child' }])
  if (faults !== undefined) throw new Error(faults)
  return join(folder, 'child.js')
}

/** Publishes in a process of its own, which kills itself (SIGKILL) at a point of the publish. */
export async function killPublish(task: PublishChildTask): Promise<KilledPublish> {
  built ??= buildChild()
  const child = spawn(process.execPath, [await built, JSON.stringify(task)])
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
