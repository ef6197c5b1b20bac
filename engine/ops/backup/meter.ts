import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { Transform, Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'

/** What passed: its bytes, and its SHA-256 as hex. */
export interface Metered {
  readonly size: number
  readonly digest: string
}

/** Counts and digests what passes. */
export function createMeter(): { readonly stream: Transform; result(): Metered } {
  const hash = createHash('sha256')
  let size = 0
  const stream = new Transform({
    transform(part: Buffer, _encoding, pass) {
      hash.update(part)
      size += part.length
      pass(null, part)
    },
  })
  return { stream, result: () => ({ size, digest: hash.digest('hex') }) }
}

/** @throws Error ENOENT */
export async function measureFile(file: string): Promise<Metered> {
  const meter = createMeter()
  await pipeline(
    createReadStream(file),
    meter.stream,
    new Writable({ write: (_part, _encoding, next) => next() }),
  )
  return meter.result()
}
