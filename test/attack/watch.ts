import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import type { Socket } from 'node:net'

const BUILT_IN = { Object, Array, Function, String, Number, Boolean, RegExp, Map, Set, Promise, Error, Date }

/** What hangs on the prototypes of the language: equal before and after, or something has been polluted. */
export function prototypeKeys(): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(
    Object.entries(BUILT_IN).map(([name, { prototype }]) => [
      name,
      Reflect.ownKeys(prototype as object)
        .map(String)
        .sort(),
    ]),
  )
}

/** Everything that this process connects to; the engine runs in it. */
export interface ConnectionWatch {
  /** Hosts that were called, or names looked up, besides loopback and Unix sockets. */
  foreign(): readonly string[]
  stop(): void
}

/** Watches each socket that the process opens as a client. */
export function watchConnections(): ConnectionWatch {
  const names = new Set<string>()
  const onSocket = (message: unknown): void => {
    const { socket } = message as { readonly socket: Socket }
    socket.once('lookup', (_error, address: string, _family, host: string) => note(names, host, address))
    socket.once('connectionAttempt', (address: string) => note(names, address, address))
  }
  subscribe('net.client.socket', onSocket)
  return {
    foreign: () => [...names].sort(),
    stop: () => unsubscribe('net.client.socket', onSocket),
  }
}

function note(names: Set<string>, host: string, address: string | undefined): void {
  const isLoopback = address !== undefined && /^(127\.|::1$|::ffff:127\.)/.test(address)
  if (!isLoopback) names.add(host)
}
