/** What has to be undone when the engine stops or fails to start. */
export interface Shutdown {
  /** Called at once when the stop begins, before anything is closed. */
  atBegin(tell: () => void): void
  /** Closed in the reverse order of opening; at once when the stop has begun already. */
  add(close: () => Promise<void> | void): void
  /** Everything; a second call waits for the first. @throws what the first failed closing threw */
  run(): Promise<void>
}

export function createShutdown(): Shutdown {
  const told: (() => void)[] = []
  const closers: (() => Promise<void> | void)[] = []
  let running: Promise<void> | undefined
  return {
    atBegin: (tell) => void told.push(tell),
    add(close) {
      if (running === undefined) closers.push(close)
      else running = running.then(close)
    },
    run() {
      running ??= closeAll(told, closers)
      return running
    },
  }
}

async function closeAll(
  told: readonly (() => void)[],
  closers: (() => Promise<void> | void)[],
): Promise<void> {
  const faults: unknown[] = []
  for (const tell of told) tell()
  for (let close = closers.pop(); close !== undefined; close = closers.pop()) {
    try {
      await close()
    } catch (fault) {
      faults.push(fault) // what was opened earlier must be closed all the same
    }
  }
  if (faults.length > 0) throw faults[0]
}
