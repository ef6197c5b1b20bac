import type { Actor } from '../../access/actor.ts'
import type { LiveStream } from './stream.ts'

/** A page that listens. */
export interface LiveClient {
  readonly stream: LiveStream
  readonly workspace: string
  /** The workspace's schema, quoted. */
  readonly schema: string
  readonly token: string
  /** Who hears, as they were found last. */
  actor: Actor
  /** The last notice that it was told what it may hear of. */
  lastId: string | undefined
  /** Whether it has heard something since it was told where it stands. */
  isBehind: boolean
}

export function say(client: LiveClient, event: string, data: string): void {
  client.stream.send(event, data)
  client.isBehind = true
}

/** Tells a page where it stands: it comes back with it when it was cut off. */
export function sayWhere(client: LiveClient): void {
  client.stream.beat(client.lastId)
  client.isBehind = false
}

/** Who really looks: to them their pages are counted. */
export function personOf({ actor }: Pick<LiveClient, 'actor'>): string {
  return actor.viewer?.id ?? actor.id ?? ''
}
