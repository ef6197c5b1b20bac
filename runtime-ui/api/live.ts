import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { useEffect, useSyncExternalStore } from 'react'

/** Changes are gathered for so long, and lists load at most so often, milliseconds. */
const GATHER_MS = 400
const PAUSE_MS = 1_500
/** A page that is hidden for so long stops listening: a browser has few connections for all its tabs. */
const HIDDEN_MS = 60_000
/** A refused stream is asked for again after so long. */
const REFUSED_MS = 30_000

/** What has changed since the page looked last. */
interface Changes {
  /** The ids of an entity's records; `many` where it is not said which. */
  readonly records: ReadonlyMap<string, ReadonlySet<string> | 'many'>
  readonly isReload: boolean
  readonly isModel: boolean
}

interface RecordsHeard {
  readonly entity: string
  readonly many?: true
  readonly records?: readonly { readonly id: string }[]
}

let isLive = false
const watchers = new Set<() => void>()

function setLive(next: boolean): void {
  if (next === isLive) return
  isLive = next
  for (const watcher of watchers) watcher()
}

function watch(watcher: () => void): () => void {
  watchers.add(watcher)
  return () => watchers.delete(watcher)
}

/** Whether what happens is heard as it happens. */
export const useIsLive = (): boolean => useSyncExternalStore(watch, () => isLive)

/** One stream of events for the whole page: what it shows loads again by itself. Called by the frame alone. */
export function useLive(isSignedIn: boolean): void {
  const queryClient = useQueryClient()
  useEffect(() => (isSignedIn ? listen(queryClient) : undefined), [queryClient, isSignedIn])
}

/** @returns what ends it */
export function listen(queryClient: QueryClient): () => void {
  let source: EventSource | undefined
  let timer: number | undefined
  let lastAt = Number.NEGATIVE_INFINITY
  let changes = NOTHING
  let hidden: number | undefined
  let refused: number | undefined

  const settle = (): void => {
    timer = undefined
    lastAt = performance.now()
    const taken = changes
    changes = NOTHING
    refresh(queryClient, taken)
  }
  const gather = (part: Partial<Changes>): void => {
    changes = { ...changes, ...part }
    const waitMs = Math.max(GATHER_MS, lastAt + PAUSE_MS - performance.now())
    timer ??= window.setTimeout(settle, waitMs)
  }
  const open = (): void => {
    window.clearTimeout(refused)
    if (source !== undefined) return
    source = new EventSource('/api/events')
    const on = (event: string, take: (data: unknown) => void): void =>
      source?.addEventListener(event, (message) => take(JSON.parse((message as MessageEvent<string>).data)))
    const hear = (data: unknown) => gather({ records: withRecords(changes.records, data as RecordsHeard) })
    on('ready', () => setLive(true))
    on('records', hear)
    on('notifications', hear)
    on(
      'job',
      (data) => void queryClient.invalidateQueries({ queryKey: ['job', (data as { id: string }).id] }),
    )
    on(
      'draft',
      (data) =>
        void queryClient.invalidateQueries({ queryKey: ['meta', 'changeset', (data as { id: string }).id] }),
    )
    on('model', () => gather({ isModel: true }))
    on('reload', () => gather({ isReload: true }))
    on('end', () => {
      close()
      void queryClient.invalidateQueries({ queryKey: ['me'] })
    })
    source.onerror = () => {
      setLive(false)
      if (source?.readyState !== EventSource.CLOSED) return // the browser tries again by itself
      close()
      refused = window.setTimeout(reopen, REFUSED_MS)
    }
  }
  const close = (): void => {
    source?.close()
    source = undefined
    setLive(false)
  }
  /** What happened meanwhile was not heard. */
  const reopen = (): void => {
    if (document.hidden || source !== undefined) return
    open()
    gather({ isReload: true })
  }
  const onVisibility = (): void => {
    window.clearTimeout(hidden)
    if (document.hidden) hidden = window.setTimeout(close, HIDDEN_MS)
    else reopen()
  }

  document.addEventListener('visibilitychange', onVisibility)
  if (!document.hidden) open()
  return () => {
    document.removeEventListener('visibilitychange', onVisibility)
    for (const one of [timer, hidden, refused]) window.clearTimeout(one)
    close()
  }
}

const NOTHING: Changes = { records: new Map(), isReload: false, isModel: false }

function withRecords(
  known: Changes['records'],
  { entity, many, records: heard = [] }: RecordsHeard,
): Changes['records'] {
  const before = known.get(entity)
  if (before === 'many') return known
  const ids = heard.map(({ id }) => id)
  return new Map(known).set(entity, many === true ? 'many' : new Set([...(before ?? []), ...ids]))
}

/** Whether what a query shows may have changed: lists of the entity, and of single records those that were named. */
export function isTouched(key: readonly unknown[], records: Changes['records']): boolean {
  const [what, entity, part, id] = key
  if (key.some((one) => isJoined(one) && one.joins.some((name) => records.has(name)))) return true
  if (what === 'changes') return records.size > 0
  // Whose turn begins is told of it: what waits for them is looked up with that, not with every record that is written.
  if (what === 'approvals') return records.has('notification')
  if (what !== 'records' || typeof entity !== 'string') return false
  const changed = records.get(entity)
  if (changed === undefined) return false
  return changed === 'many' || part !== 'one' || changed.has(String(id))
}

/** In the key of a query: the other entities whose records it shows as well. */
interface Joined {
  readonly joins: readonly string[]
}

function isJoined(part: unknown): part is Joined {
  return typeof part === 'object' && part !== null && 'joins' in part && Array.isArray(part.joins)
}

function refresh(queryClient: QueryClient, { records, isReload, isModel }: Changes): void {
  if (isReload) {
    // A form that is being filled in keeps what it was opened with.
    void queryClient.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'form' })
    return
  }
  if (isModel) {
    for (const key of ['model', 'me']) void queryClient.invalidateQueries({ queryKey: [key] })
  }
  if (records.size === 0) return
  void queryClient.invalidateQueries({ predicate: ({ queryKey }) => isTouched(queryKey, records) })
}
