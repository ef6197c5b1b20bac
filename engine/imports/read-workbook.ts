import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { AppError } from '../errors.ts'

/** A workbook that takes longer is given up, milliseconds. */
const MOST_MS = 20_000
const MOST_MEGABYTES = 768
/** Threads that read at once; the next one waits. */
const MOST_AT_ONCE = 2

interface Read {
  /** The name of the sheet. */
  readonly sheet: string
  /** Of each row behind the header its number in the sheet. */
  readonly numbers: readonly number[]
}

const running = new Set<Promise<unknown>>()

/**
 * Writes the first sheet of a workbook as CSV, in a thread of its own that ends with it.
 * @param fault makes the refusal of a fault's name
 * @throws AppError of `fault` where it is no workbook, is too large, or takes too long or too much memory
 */
export async function convertWorkbook(
  path: string,
  output: string,
  mostRows: number,
  fault: (why: string) => AppError,
): Promise<Read> {
  while (running.size >= MOST_AT_ONCE) await Promise.race(running)
  const reading = readInThread({ path, output, mostRows }, fault)
  const settled = reading.then(done, done)
  running.add(settled)
  try {
    return await reading
  } finally {
    running.delete(settled)
  }
}

function done(): void {
  // whoever asked has the outcome
}

function readInThread(workerData: object, fault: (why: string) => AppError): Promise<Read> {
  return new Promise<Read>((resolve, reject) => {
    const worker = new Worker(join(import.meta.dirname, 'workbook-reader.mjs'), {
      // Nothing of how this process was started matters to it, and it needs no setting.
      ...{ execArgv: [], env: {}, workerData },
      resourceLimits: { maxOldGenerationSizeMb: MOST_MEGABYTES },
    })
    const timer = setTimeout(() => void worker.terminate(), MOST_MS)
    worker.on('message', (answer: { readonly read?: Read; readonly fault?: string }) => {
      if (answer.read === undefined) reject(fault(answer.fault ?? 'broken'))
      else resolve(answer.read)
    })
    worker.on('error', () => reject(fault('slow')))
    worker.on('exit', () => {
      clearTimeout(timer)
      reject(fault('slow')) // of no effect where it has answered
    })
  })
}
