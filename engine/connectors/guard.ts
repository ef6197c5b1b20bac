import { lookup } from 'node:dns/promises'
import type { LookupFunction } from 'node:net'
import { isIP } from 'node:net'
import type { AllowedHost } from '../allowed-hosts.ts'
import { connectorFault } from '../registry/connector-fault.ts'
import { isAllowed, isOpenAddress } from './addresses.ts'

/** How names become addresses; the system's resolver by default. */
export type Resolve = (host: string) => Promise<readonly { readonly address: string }[]>

export interface GuardOptions {
  /** What the operator allows this connection besides the open internet. */
  readonly allowed: readonly AllowedHost[]
  readonly resolve?: Resolve
}

/** Stands between a connection and the network: says to which address a host may be connected. */
export interface Guard {
  /**
   * An address of the host; every one that its name leads to must be fit, so that none is taken by luck.
   * @throws ConnectorFault CALL_ADDRESS_REFUSED, CALL_UNREACHABLE
   */
  addressOf(host: string, port: number): Promise<string>
  /**
   * For sockets: the name is looked up by them, once, and what they connect to is what was judged. A name that is
   * fit now and leads elsewhere a moment later (DNS rebinding) gains nothing.
   */
  lookupFor(port: number): LookupFunction
  /** Whether plain HTTP may be spoken: with what the operator allowed only. */
  isAllowed(host: string, port: number): Promise<boolean>
}

export function createGuard({ allowed, resolve = systemResolve }: GuardOptions): Guard {
  async function addresses(host: string): Promise<readonly string[]> {
    const bare = host.replace(/^\[|\]$/g, '')
    if (isIP(bare) !== 0) return [bare]
    const found = await resolve(bare).catch((error: NodeJS.ErrnoException) => {
      throw connectorFault('CALL_UNREACHABLE', `${bare}: ${error.code ?? 'no such host'}`, { kind: 'again' })
    })
    if (found.length === 0) throw connectorFault('CALL_UNREACHABLE', `${bare}: no address`, { kind: 'again' })
    return found.map(({ address }) => address)
  }
  async function judged(host: string, port: number): Promise<readonly string[]> {
    const found = await addresses(host)
    const closed = found.find(
      (address) => !isOpenAddress(address) && !isAllowed(allowed, { host, port, address }),
    )
    if (closed === undefined) return found
    throw connectorFault('CALL_ADDRESS_REFUSED', `${host} leads into a closed network`)
  }
  return {
    async addressOf(host, port) {
      return (await judged(host, port))[0]!
    },
    lookupFor: (port) => (host, options, done) => {
      judged(host, port).then(
        (found) => {
          const all = found.map((address) => ({ address, family: isIP(address) }))
          if (options.all === true) done(null, all)
          else done(null, all[0]!.address, all[0]!.family)
        },
        (error: unknown) => done(error as NodeJS.ErrnoException, '', 0),
      )
    },
    async isAllowed(host, port) {
      const found = await addresses(host)
      return found.every((address) => isAllowed(allowed, { host, port, address }))
    },
  }
}

async function systemResolve(host: string) {
  return await lookup(host, { all: true })
}
