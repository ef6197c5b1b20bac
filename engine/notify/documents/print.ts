import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { refuse } from '../../errors.ts'
import type { PageContent } from './page.ts'

/** A page that takes longer is given up, milliseconds. */
const MOST_MS = 30_000
/** The thread ends when nothing was printed for so long: its fonts take some 100 MB. */
const IDLE_MS = 20_000
const MOST_MEGABYTES = 512

interface Answer {
  readonly id: number
  readonly content?: Uint8Array
  readonly fault?: string
}

interface Waiting {
  done(content: Uint8Array): void
  failed(error: Error): void
}

interface Printer {
  readonly worker: Worker
  readonly waiting: Map<number, Waiting>
  idle: NodeJS.Timeout | undefined
}

let printer: Printer | undefined
let last = 0

/**
 * Prints a page as a PDF, in a thread of its own that begins with the first page and ends when there are no more.
 * @throws AppError DOCUMENT_FAILED when it cannot be laid out, takes too long or too much memory
 */
export async function printPage(page: PageContent): Promise<Uint8Array> {
  printer ??= startPrinter()
  const { worker, waiting } = printer
  const id = ++last
  clearTimeout(printer.idle)
  let timer: NodeJS.Timeout | undefined
  try {
    return await new Promise<Uint8Array>((done, failed) => {
      waiting.set(id, { done, failed })
      timer = setTimeout(() => void worker.terminate(), MOST_MS)
      worker.postMessage({ id, page })
    })
  } finally {
    clearTimeout(timer)
    waiting.delete(id)
    restWhenIdle()
  }
}

function startPrinter(): Printer {
  const worker = new Worker(join(import.meta.dirname, 'printer.mjs'), {
    // Nothing of how this process was started matters to it, a transformer of sources least of all.
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: MOST_MEGABYTES },
  })
  const own: Printer = { worker, waiting: new Map(), idle: undefined }
  const end = (why: string) => {
    if (printer === own) printer = undefined
    for (const { failed } of own.waiting.values()) failed(failure(why))
  }
  worker.on('message', ({ id, content, fault }: Answer) => {
    const one = own.waiting.get(id)
    if (content === undefined) one?.failed(failure(fault ?? 'nothing was printed'))
    else one?.done(content)
  })
  worker.on('error', (error) => end(error.message))
  worker.on('exit', () => end('it took too long'))
  // A process that has nothing else to do may end.
  worker.unref()
  return own
}

function restWhenIdle(): void {
  const own = printer
  if (own === undefined || own.waiting.size > 0) return
  own.idle = setTimeout(() => {
    printer = undefined
    void own.worker.terminate()
  }, IDLE_MS)
  own.idle.unref()
}

function failure(why: string) {
  return refuse('DOCUMENT_FAILED', '', { params: { why: why.slice(0, 200) } })
}
