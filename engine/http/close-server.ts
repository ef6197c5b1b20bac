import type { Server } from 'node:http'
import type { Socket } from 'node:net'

/** Milliseconds between two looks at which connections have become idle. */
const SWEEP_MS = 50

/**
 * Prepares a server to be closed without cutting anybody off: the returned function stops accepting, lets
 * requests in flight finish (at most `graceMs`), and ends all connections.
 */
export function closerOf(server: Server): (graceMs: number) => Promise<void> {
  // Connections on which nothing was asked yet, such as those that browsers open in advance: Node counts them
  // as busy, and a stop would wait for them.
  const unused = new Set<Socket>()
  server.on('connection', (socket) => {
    unused.add(socket)
    socket.once('close', () => unused.delete(socket))
  })
  server.on('request', (request) => unused.delete(request.socket))
  return async (graceMs) => {
    const closed = new Promise<void>((resolve) => server.close(() => resolve()))
    for (const socket of unused) socket.destroy()
    server.closeIdleConnections()
    const impatience = setTimeout(() => server.closeAllConnections(), graceMs)
    const sweep = setInterval(() => server.closeIdleConnections(), SWEEP_MS)
    await closed
    clearTimeout(impatience)
    clearInterval(sweep)
  }
}
