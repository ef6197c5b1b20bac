import type { Actor } from '../../access/actor.ts'
import { LIVE_CHANNEL, type LiveNotice, readNotice } from '../../db/live-notice.ts'
import { AppError, problem } from '../../errors.ts'
import { LIVE_CONSUMER } from '../../events/live-consumer.ts'
import { createInterest } from '../../events/live-interest.ts'
import type { CompiledModel } from '../../model/compiled.ts'
import type { HttpSource } from '../deps.ts'
import { type LiveClient, personOf, sayWhere } from './client.ts'
import { createRing } from './ring.ts'
import type { LiveStream } from './stream.ts'
import { tellClients } from './tell.ts'

/** Milliseconds in which what happens is gathered before pages hear of it. */
const GATHER_MS = 200
/** Milliseconds between two signs of life; proxies give up after a minute. */
const BEAT_MS = 15_000
/** Milliseconds for which a workspace is still listened to when its last page has gone: it may be reloading. */
const LINGER_MS = 10_000
/** Pages of one person on one node. */
const MOST_STREAMS = 12
const RETRY_AFTER_SECONDS = 30

export type LiveHubSource = Pick<HttpSource, 'db' | 'models' | 'registry' | 'sessions'> & {
  readonly observe: HttpSource['observer']['observe']
}

export interface NewClient {
  readonly model: CompiledModel
  readonly actor: Actor
  readonly token: string
  /** What the page heard last, where it was cut off. */
  readonly lastId: string | undefined
}

/** The pages that listen on this node. */
export interface LiveHub {
  /**
   * Counts a page in, before its answer begins.
   * @returns what begins it and is told when the page has gone
   * @throws AppError EVENTS_TOO_MANY, HTTP_UNAVAILABLE
   */
  join(client: NewClient): Promise<(stream: LiveStream) => () => void>
  /** Ends all streams and takes no more: the engine stops. */
  end(): void
  close(): Promise<void>
}

/** What waits to be told to the pages of a workspace. */
interface Room {
  readonly clients: Set<LiveClient>
  pending: LiveNotice[]
  telling: Promise<void> | undefined
  leaving: NodeJS.Timeout | undefined
}

/**
 * Hears from the database what is written anywhere and tells the pages that listen here. Each person's pages hear only of
 * what that person may read; who signs out, or may no more, hears nothing from then on.
 */
export async function createLiveHub(source: LiveHubSource): Promise<LiveHub> {
  const { db, models, sessions, observe } = source
  const rooms = new Map<string, Room>()
  const joining = new Map<string, number>()
  const ring = createRing()
  const interest = createInterest(db, LIVE_CONSUMER)
  let isEnded = false

  const allClients = () => [...rooms.values()].flatMap(({ clients }) => [...clients])
  const reloadAll = () => {
    ring.clear()
    for (const { stream } of allClients()) stream.reload()
  }
  const stopListening = await db.listen(
    LIVE_CHANNEL,
    (payload) => {
      const notice = readNotice(payload)
      const room = rooms.get(notice.schema)
      if (room === undefined) return
      ring.add(notice)
      room.pending.push(notice)
      if (room.clients.size > 0) room.telling ??= tellLater(room)
    },
    () => void lookAfterGap(),
  )

  async function tellLater(room: Room): Promise<void> {
    try {
      await new Promise((resolve) => setTimeout(resolve, GATHER_MS))
      const notices = room.pending.splice(0)
      await tellSome([...room.clients], notices)
    } finally {
      room.telling = room.pending.length > 0 && room.clients.size > 0 ? tellLater(room) : undefined
    }
  }

  /** One that cannot be told loads everything anew: better than to believe that nothing was. */
  async function tellSome(clients: readonly LiveClient[], notices: readonly LiveNotice[]): Promise<void> {
    try {
      const isModel = notices.some((notice) => notice.model === true)
      const workspace = clients[0]?.workspace
      if (workspace === undefined || notices.length === 0) return
      const model = await (isModel ? models.refresh(workspace) : models.current(workspace))
      if (model === undefined) return
      const able = await Promise.all(
        clients.map(async (client) => ((await isStill(model, client)) ? client : [])),
      )
      await tellClients(source, model, able.flat(), notices)
    } catch (error) {
      observe('fault', { during: 'events for pages', error })
      for (const { stream } of clients) stream.reload()
    }
  }

  /** Finds anew who listens; ends the stream of somebody who may no more. */
  async function isStill(model: CompiledModel, client: LiveClient): Promise<boolean> {
    const actor = await sessions.find(model, client.token)
    if (actor !== undefined) {
      client.actor = actor
      return true
    }
    client.stream.end('end', '{"reason":"signed_out"}')
    return false
  }

  const stopWatching = sessions.watch((workspace, userId) => {
    const theirs = allClients().filter(
      ({ actor, workspace: own }) =>
        own === workspace && (userId === undefined || actor.id === userId || actor.viewer?.id === userId),
    )
    void checkSessions(theirs)
  })

  async function checkSessions(clients: readonly LiveClient[]): Promise<void> {
    for (const client of clients) {
      try {
        const model = await models.current(client.workspace)
        if (model !== undefined) await isStill(model, client)
      } catch (error) {
        observe('fault', { during: 'sessions of pages', error })
      }
    }
  }

  async function lookAfterGap(): Promise<void> {
    reloadAll()
    await interest.check().catch((error: unknown) => observe('fault', { during: 'interest of pages', error }))
  }

  const beating = setInterval(() => void beat(), BEAT_MS).unref()
  async function beat(): Promise<void> {
    const clients = allClients()
    for (const client of clients) {
      if (client.stream.isStuck()) client.stream.destroy()
      else sayWhere(client)
    }
    await checkSessions(clients)
    try {
      if (!(await interest.check())) reloadAll()
    } catch (error) {
      observe('fault', { during: 'interest of pages', error })
    }
  }

  async function enterRoom(schema: string): Promise<Room> {
    let room = rooms.get(schema)
    if (room === undefined) {
      room = { clients: new Set(), pending: [], telling: undefined, leaving: undefined }
      rooms.set(schema, room)
    }
    clearTimeout(room.leaving)
    await interest.watch(schema)
    return room
  }

  function leaveRoom(schema: string, room: Room): void {
    room.pending = []
    clearTimeout(room.leaving)
    room.leaving = setTimeout(() => {
      if (room.clients.size > 0) return
      rooms.delete(schema)
      interest
        .unwatch(schema)
        .catch((error: unknown) => observe('fault', { during: 'interest of pages', error }))
    }, LINGER_MS).unref()
  }

  function assertRoom(person: string): void {
    const own =
      allClients().filter((client) => personOf(client) === person).length + (joining.get(person) ?? 0)
    if (own < MOST_STREAMS) return
    const tooMany = problem('EVENTS_TOO_MANY', '', { params: { limit: MOST_STREAMS } })
    throw new AppError(tooMany, { retryAfterSeconds: RETRY_AFTER_SECONDS })
  }

  return {
    async join({ model, actor, token, lastId }) {
      if (isEnded) throw new AppError(problem('HTTP_BUSY'), { retryAfterSeconds: 1 })
      const person = personOf({ actor })
      assertRoom(person)
      joining.set(person, (joining.get(person) ?? 0) + 1)
      const { schema, workspace } = model
      let room: Room
      try {
        room = await enterRoom(schema)
      } finally {
        joining.set(person, (joining.get(person) ?? 1) - 1)
        if (joining.get(person) === 0) joining.delete(person)
      }
      return (stream) => {
        const client: LiveClient = { stream, workspace, schema, token, actor, lastId, isBehind: false }
        room.clients.add(client)
        if (isEnded) stream.end()
        else welcome(client)
        return () => {
          room.clients.delete(client)
          if (room.clients.size === 0) leaveRoom(schema, room)
        }
      }
    },
    end() {
      isEnded = true
      for (const { stream } of allClients()) stream.end()
    },
    async close() {
      clearInterval(beating)
      stopWatching()
      for (const { leaving } of rooms.values()) clearTimeout(leaving)
      await stopListening()
      await Promise.all([...rooms.values()].map(({ telling }) => telling))
      await interest.close()
    },
  }

  /** A page that comes back hears what it missed, or that it must load anew. */
  function welcome(client: LiveClient): void {
    client.stream.send('ready', '{}')
    if (client.lastId === undefined) return
    const missed = ring.behind(client.schema, client.lastId)
    if (missed === undefined) {
      client.lastId = undefined
      client.stream.reload()
    } else void tellSome([client], missed)
  }
}
