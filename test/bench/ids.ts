import { createHash } from 'node:crypto'

/** The UUID of the record that the floor knows by a number, in the shape of UUID v7. */
export function uuidOf(kind: 'user' | 'account' | 'customer', number: number): string {
  const group = { user: '7001', account: '7002', customer: '7003' }[kind]
  return `01900000-0000-${group}-8000-${number.toString(16).padStart(12, '0')}`
}

/** The same as SQL over a column of numbers. */
export function uuidSql(kind: 'user' | 'account' | 'customer', column: string): string {
  return `('${uuidOf(kind, 0).slice(0, 24)}' || lpad(to_hex(${column}), 12, '0'))::uuid`
}

/** The number behind such a UUID. */
export function numberOf(uuid: string): number {
  return Number.parseInt(uuid.slice(24), 16)
}

/** The token of a user by number, in the shape of the engine's own. */
export function tokenOf(user: number): string {
  return `tok-${user}`.padEnd(43, 'A')
}

export function tokenHash(user: number): Buffer {
  return createHash('sha256').update(tokenOf(user)).digest()
}
