import type { Database } from '../../db/database.ts'
import type { Registry } from '../../registry/registry.ts'

/** How work is called for that tells people later. */
export interface TellWakes {
  /** Calls to other systems wait to be made. */
  outgoing(tx: Pick<Database, 'query'>, workspace: string): Promise<void>
  /** What is held back for people must be looked at by then. */
  deliveries(tx: Pick<Database, 'query'>, workspace: string, at: Date): Promise<void>
}

/** By what ways people can be told. */
export interface TellWays {
  readonly registry: Registry
  /** Where people reach this Tenon, for links in messages. */
  readonly publicUrl?: string | undefined
  /** Whether the operator has set a mail server. */
  readonly mails?: boolean
  /** Calls those who carry messages out. */
  readonly wakes: TellWakes
}

/** What telling people stands on. */
export interface TellDeps extends TellWays {
  readonly db: Database
  now(): Date
}
