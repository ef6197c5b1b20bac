import { BlockList, isIP } from 'node:net'
import type { AllowedHost } from '../allowed-hosts.ts'

/** Networks of IPv4 that are nobody's on the open internet (IANA's special-purpose registry), and clouds' own. */
const CLOSED_V4: readonly [string, number][] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10], // shared by providers; 100.100.100.200 tells machines of Alibaba Cloud about themselves
  ['127.0.0.0', 8],
  ['168.63.129.16', 32], // does so on Azure
  ['169.254.0.0', 16], // 169.254.169.254 does so nearly everywhere
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
]
/** Of IPv6 only 2000::/3 is the open internet; within it these lead elsewhere, or to an IPv4 address. */
const CLOSED_V6: readonly [string, number][] = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
]

const closed = new BlockList()
for (const [network, bits] of CLOSED_V4) closed.addSubnet(network, bits, 'ipv4')
for (const [network, bits] of CLOSED_V6) closed.addSubnet(network, bits, 'ipv6')
const open6 = new BlockList()
open6.addSubnet('2000::', 3, 'ipv6')

/**
 * Whether an address is one of the open internet. Loopback, private, link-local and metadata addresses are not, nor is
 * any IPv6 address that carries an IPv4 address in it.
 */
export function isOpenAddress(address: string): boolean {
  const bare = address.replace(/%.*$/, '')
  const version = isIP(bare)
  if (version === 4) return !closed.check(bare, 'ipv4')
  return version === 6 && open6.check(bare, 'ipv6') && !closed.check(bare, 'ipv6')
}

/** Whether a host that is called so, at this address, is among the allowed ones. */
export function isAllowed(
  allowed: readonly AllowedHost[],
  { host, port, address }: { readonly host: string; readonly port: number; readonly address: string },
): boolean {
  const bare = host.replace(/^\[|\]$/g, '').toLowerCase()
  return allowed.some((one) => {
    if (one.port !== undefined && one.port !== port) return false
    if (isIP(one.host) === 0) return one.host === bare
    return isWithin(one, address)
  })
}

function isWithin({ host, bits }: AllowedHost, address: string): boolean {
  const [family, most] = isIP(host) === 4 ? (['ipv4', 32] as const) : (['ipv6', 128] as const)
  // An IPv4 address written as IPv6 is another one here: whoever means it says so.
  if (isIP(address) !== isIP(host)) return false
  const list = new BlockList()
  list.addSubnet(host, bits ?? most, family)
  return list.check(address, family)
}
