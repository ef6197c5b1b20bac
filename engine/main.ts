import type { Engine } from './app.ts'
import { beginDatabase } from './begin-database.ts'
import { faultLines, shellLanguage } from './cli/say.ts'
import { readConfig } from './config.ts'
import { holderOf } from './db/data-lock.ts'
import { readEnvironment } from './environment.ts'
import { tryAddress } from './http/listen.ts'
import { createShutdown } from './shutdown.ts'

/** A terminal's Ctrl-C reaches us twice under npm: from the terminal and from npm. */
const SECOND_SIGNAL_MS = 1_000
/** Draining, the last checkpoint and some patience. */
const LONGEST_STOP_MS = 20_000

/** How often we look whether npm is still there. */
const LOOK_EVERY_MS = 250

const shutdown = createShutdown()
let stoppingSince: number | undefined

for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, () => void stop(0))
process.on('uncaughtException', (fault) => {
  tell(faultLines(fault, 'en'))
  void stop(1)
})
// One request's forgotten promise is no reason to stop everyone's work.
process.on('unhandledRejection', (fault) => tell(faultLines(fault, 'en')))
// Whoever read our words has gone; that is no reason either.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined)

if (process.env.npm_lifecycle_event !== undefined) watchParent()
await start()

async function start(): Promise<void> {
  const env = readEnvironment(process.cwd())
  try {
    const config = readConfig(env)
    const progress = (line: string) => tell([line])
    // Before anything that takes time. A Tenon on this folder is told by the folder's lock, which knows its process
    // and waits for one that is about to go.
    const first = async () => {
      if (holderOf(config.dataDir) === undefined) await tryAddress(config)
    }
    const begun = beginDatabase(config, progress, shutdown, first)
    // The rest of the engine is read while the database starts, which is another process' work.
    const { createEngine } = await import('./app.ts')
    const engine = await createEngine(config, progress, shutdown, begun)
    if (stoppingSince === undefined) announce(engine)
  } catch (fault) {
    if (stoppingSince !== undefined) return // stopped in the middle of the start: the stop ends the process
    tell(faultLines(fault, shellLanguage(env)))
    process.exit(1)
  }
}

/** npm passes SIGTERM to its shell, which dies of it and tells nobody: that it is gone is our signal. */
function watchParent(): void {
  const parent = process.ppid
  const timer = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(timer)
    void stop(0)
  }, LOOK_EVERY_MS)
  timer.unref()
}

function announce(engine: Engine): void {
  process.stdout.write([`Tenon is ready at ${engine.url}`, ...engine.notes, ''].join('\n'))
}

async function stop(exitCode: number): Promise<void> {
  if (stoppingSince !== undefined) {
    if (performance.now() - stoppingSince > SECOND_SIGNAL_MS) process.exit(1)
    return
  }
  stoppingSince = performance.now()
  tell(['Stopping'])
  setTimeout(() => process.exit(1), LONGEST_STOP_MS).unref()
  try {
    await shutdown.run()
    process.exit(exitCode)
  } catch (fault) {
    tell(faultLines(fault, 'en'))
    process.exit(1)
  }
}

function tell(lines: readonly string[]): void {
  process.stderr.write(`${lines.join('\n')}\n`)
}
