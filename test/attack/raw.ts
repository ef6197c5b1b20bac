import { connect, type Socket } from 'node:net'

/** An answer read off the wire. */
export interface RawAnswer {
  /** 0 where the server closed without a word. */
  readonly status: number
  readonly text: string
}

/** Opens a connection to the engine. */
export function openSocket(url: string): Promise<Socket> {
  const { hostname, port } = new URL(url)
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => resolve(socket))
    socket.once('error', reject)
  })
}

/** A server that says nothing for this long never will, milliseconds. */
const SILENCE_MS = 20_000

/**
 * Sends bytes as they are, since fetch mends what it sends; reads until the server closes or, after an answer, says
 * nothing more for `quietMs`.
 */
export async function sendRaw(url: string, bytes: string | Buffer, quietMs = 100): Promise<RawAnswer> {
  const socket = await openSocket(url)
  return new Promise((resolve) => {
    let text = ''
    const done = (): void => {
      socket.destroy()
      resolve({ status: Number(/^HTTP\/1\.1 (\d{3})/.exec(text)?.[1] ?? 0), text })
    }
    socket.setTimeout(SILENCE_MS, done)
    socket.setEncoding('latin1').on('data', (part: string) => {
      text += part
      socket.setTimeout(quietMs)
    })
    socket.on('error', done)
    socket.on('close', done)
    socket.write(bytes)
  })
}
