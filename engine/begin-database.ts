import type { Config } from './config.ts'
import { lockDataFolder } from './db/data-lock.ts'
import { hasDatabase, makeDataFolder, startEmbedded } from './db/embedded/embedded.ts'
import type { Observations, Observe } from './observe.ts'
import type { Shutdown } from './shutdown.ts'

/** One line a step, for the person who waits. */
export type Progress = (line: string) => void

/** A database that has begun to start: meanwhile the rest of the engine is read from disk. */
export interface BegunDatabase {
  /** Where it answers, once it does. Rejects with an AppError START_*. */
  readonly url: Promise<string>
  /** Whether it is made only now. */
  readonly isMade: boolean
  /** Who is told what happens to it, and what has happened by then. */
  observeWith(observe: Observe): void
}

/**
 * Begins to start the embedded database, unless the settings name another one.
 * @param first what must go well before anything is started
 */
export function beginDatabase(
  config: Config,
  progress: Progress,
  shutdown: Shutdown,
  first: () => Promise<void> = async () => undefined,
): BegunDatabase {
  const isMade = config.databaseUrl === undefined && !hasDatabase(config.dataDir)
  const { observe, observeWith } = lateObserver()
  const begin = async (): Promise<string> => {
    await first()
    makeDataFolder(config.dataDir)
    return config.databaseUrl ?? (await startOwn(config, observe, progress, shutdown))
  }
  const url = begin()
  url.catch(() => undefined) // told to whoever waits for it, who may come later
  return { url, isMade, observeWith }
}

async function startOwn(
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

/** Keeps what is observed until there is somebody to tell. */
function lateObserver(): { readonly observe: Observe; observeWith(observe: Observe): void } {
  const kept: ((observe: Observe) => void)[] = []
  let target: Observe | undefined
  return {
    observe<K extends keyof Observations>(kind: K, detail: Observations[K]) {
      if (target === undefined) kept.push((observe) => observe(kind, detail))
      else target(kind, detail)
    },
    observeWith(observe) {
      target = observe
      for (const tell of kept.splice(0)) tell(observe)
    },
  }
}
