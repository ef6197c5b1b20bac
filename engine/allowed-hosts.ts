import { isIP } from 'node:net'
import { SettingFault } from './setting-fault.ts'

/** What an operator has allowed a connection to reach although it is closed: a name, an address or a network. */
export interface AllowedHost {
  readonly workspace: string
  /** A connection's name. */
  readonly connection: string
  readonly host: string
  /** Bits of a network's prefix; undefined for a name or one address. */
  readonly bits: number | undefined
  /** Undefined: any. */
  readonly port: number | undefined
}

const ENTRY =
  /^(?:([a-z][a-z0-9_-]{0,39})\/)?([a-z][a-z0-9_]{0,39})=(?:\[([0-9a-f:.]+)\]|([a-z0-9.-]+))(?:\/(\d{1,3}))?(?::(\d{1,5}))?$/i

/** `erp=10.1.0.0/16, branch/erp=erp.corp:8443`; an IPv6 address stands in brackets. @throws SettingFault */
export function parseAllowedHosts(raw: string): readonly AllowedHost[] {
  return raw
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map(parseEntry)
}

function parseEntry(part: string): AllowedHost {
  const wrong = () =>
    new SettingFault(
      `“${part.slice(0, 60)}” is not connection=host, connection=10.1.0.0/16 or workspace/connection=host:port`,
    )
  const [, workspace = 'default', connection = '', six, name, prefix, portText] = ENTRY.exec(part) ?? []
  const host = (six ?? name ?? '').toLowerCase()
  const version = isIP(host)
  if (host === '' || (six !== undefined && version !== 6)) throw wrong()
  const bits = prefix === undefined ? undefined : Number(prefix)
  const port = portText === undefined ? undefined : Number(portText)
  if (bits !== undefined && (version === 0 || bits > (version === 4 ? 32 : 128))) throw wrong()
  if (port !== undefined && (port < 1 || port > 65_535)) throw wrong()
  return { workspace, connection, host, bits, port }
}
