import type { Server } from 'node:http'
import { type AddressInfo, createServer } from 'node:net'
import { type AppError, refuse } from '../errors.ts'

/** Where to listen; port 0: any free one. */
export interface ListenAddress {
  readonly host: string
  readonly port: number
}

/**
 * Starts listening.
 * @returns the address as a URL
 * @throws AppError START_PORT_TAKEN, START_VARIABLE_INVALID for a host that is not ours
 */
export function listen(server: Server, address: ListenAddress): Promise<string> {
  const { host, port } = address
  return new Promise((resolve, reject) => {
    server.once('error', (fault: NodeJS.ErrnoException) => reject(listenProblem(fault, address)))
    server.listen(port, host, () => {
      const { port: taken } = server.address() as AddressInfo
      resolve(urlOf({ host, port: taken }))
    })
  })
}

/**
 * Listens for a moment: what keeps us from it is known before a start has done anything that takes time.
 * @throws AppError as `listen`
 */
export function tryAddress(address: ListenAddress): Promise<void> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', (fault: NodeJS.ErrnoException) => reject(listenProblem(fault, address)))
    probe.listen(address.port, address.host, () => probe.close(() => resolve()))
  })
}

/** The address as people and programs write it. */
export function urlOf({ host, port }: ListenAddress): string {
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`
}

function listenProblem(fault: NodeJS.ErrnoException, { host, port }: ListenAddress): AppError {
  if (fault.code === 'EADDRINUSE') return refuse('START_PORT_TAKEN', '/PORT', { params: { port } })
  if (fault.code === 'EACCES') {
    const reason = `this user may not listen on port ${port}`
    return refuse('START_VARIABLE_INVALID', '/PORT', { params: { name: 'PORT', reason } })
  }
  const reason = `${host}: ${fault.message}`
  return refuse('START_VARIABLE_INVALID', '/HOST', { params: { name: 'HOST', reason } })
}
