import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useRef, useState } from 'react'
import { ApiProblem } from '../../runtime-ui/api/problem.ts'
import { guardLeaving } from '../../runtime-ui/kit/leaving.ts'
import { type ChangesetItem, discardChangeset, getChangeset, openChangeset, type Sides } from '../api.ts'
import { changeDefinition } from './change-definition.ts'
import { type Address, addressOf, type Draft, definitionIn, EMPTY_DRAFT, keyOf } from './draft.ts'
import { isSame, type Json } from './json-value.ts'
import { type Dirty, dirtyOf, knownOf, newKept, newsIn, note } from './kept.ts'

/** Where the draft stands with the engine. */
export type Saving =
  | { readonly state: 'saved' }
  | { readonly state: 'saving' }
  /** What could not be stored stays on the page; the next change, and a press on it, try again. */
  | { readonly state: 'failed'; readonly error: unknown; readonly key: string | undefined }

export interface Autosave {
  readonly saving: Saving
  /** How often something was stored: what is said of the draft is asked for again. */
  readonly stored: number
  /** Stores what is not stored yet. @returns the changeset; undefined where there is nothing to store */
  flush(): Promise<string | undefined>
  /** Says whose value stands where another window has changed the same of a definition, and stores again. */
  settle(key: string, sides: Sides): void
  /** A definition is in force as it is here: the changeset has nothing more to say of it. */
  release(of: Address, stored: Json, version: number): Promise<void>
  /** Takes over what other windows have stored. */
  hear(items: ReadonlyMap<string, ChangesetItem>): void
  /** Forgets what was stored: the changeset is another one, or none. */
  reset(): void
}

/** Milliseconds of rest before what was changed is stored. */
const REST_MS = 500

const GONE: ReadonlySet<string> = new Set(['META_CHANGESET_UNKNOWN', 'META_CHANGESET_CLOSED'])

interface Place {
  readonly draft: Draft
  readonly changeset: string | undefined
  readonly label: () => string
  readonly onOpened: (changeset: string | undefined) => void
  /** A definition is now what another window has made of it as well. */
  readonly onMerged: (key: string, definition: Json | undefined) => void
}

/**
 * Stores a draft in its changeset while it is being made; the first change opens one. A changeset that somebody else has
 * published or discarded meanwhile is followed by a new one that holds what this page has changed.
 */
export function useAutosave(place: Place): Autosave {
  const client = useQueryClient()
  const [saving, setSaving] = useState<Saving>({ state: 'saved' })
  const [stored, setStored] = useState(0)
  const latest = useRef(place)
  latest.current = place
  const kept = useRef(newKept())
  /** What was said of conflicts, until it is stored. */
  const sides = useRef(new Map<string, Sides>())
  const changeset = useRef(place.changeset)
  changeset.current = place.changeset
  /** The changeset that this page has opened, and what it called it. */
  const opened = useRef<{ readonly id: string; readonly label: string }>(undefined)
  const running = useRef<Promise<unknown>>(Promise.resolve())

  /** A changeset that this page has opened and that says nothing any more, such as after undo, is thrown away. */
  const tidy = useCallback(async (): Promise<void> => {
    const own = opened.current
    if (own === undefined || own.id !== changeset.current) return
    const { items, label, description, announcement } = await getChangeset(own.id)
    if (items.length > 0 || label !== own.label || description !== null || announcement !== null) return
    // Left before it is gone: nobody asks about it then.
    changeset.current = undefined
    latest.current.onOpened(undefined)
    try {
      await discardChangeset(own.id)
    } catch (error) {
      changeset.current = own.id
      latest.current.onOpened(own.id)
      throw error
    }
  }, [])

  const store = useCallback(async (): Promise<string | undefined> => {
    const { draft, label, onOpened } = latest.current
    const dirty = dirtyOf(draft, kept.current)
    if (dirty.length === 0) {
      setSaving({ state: 'saved' })
      return changeset.current
    }
    setSaving({ state: 'saving' })
    try {
      if (changeset.current === undefined) {
        const own = label()
        changeset.current = await openChangeset(own)
        opened.current = { id: changeset.current, label: own }
        onOpened(changeset.current)
      }
      // One that is refused keeps none of the others from being stored.
      const refused: Refused[] = []
      for (const one of dirty) {
        const { key, now, base } = one
        const from = knownOf(kept.current, key, base)
        const outcome = await write(changeset.current, one, from, sides.current.get(key))
        if (outcome instanceof ApiProblem) {
          refused.push({ key, error: outcome })
          continue
        }
        sides.current.delete(key)
        const { sent, stored: known } = outcome
        // What is being typed is not pulled away: it is merged by the next time.
        const isAtRest = isSame(definitionIn(latest.current.draft, addressOf(key), undefined), now)
        const isNews = !isSame(sent, known)
        if (!isNews || !isAtRest) note(kept.current, key, { base, written: now, known: sent ?? undefined })
        else {
          note(kept.current, key, { base, written: known ?? undefined, known: known ?? undefined })
          latest.current.onMerged(key, known ?? undefined)
        }
      }
      if (refused[0] !== undefined) throw refused[0]
      if (dirty.every(({ key, base }) => isSame(kept.current.written.get(key), base.inForce))) await tidy()
      setSaving({ state: 'saved' })
      setStored((count) => count + 1)
      void client.invalidateQueries({ queryKey: ['meta', 'plan', changeset.current] })
      void client.invalidateQueries({ queryKey: ['meta', 'changesets'] })
      return changeset.current
    } catch (error) {
      if (error instanceof ApiProblem && GONE.has(error.code) && changeset.current !== undefined) {
        kept.current = newKept()
        changeset.current = undefined
        onOpened(undefined)
        return store()
      }
      const { key, error: fault } = isRefused(error) ? error : { key: undefined, error }
      setSaving({ state: 'failed', error: fault, key })
      throw fault
    }
  }, [client, tidy])

  /** One after the other: what is sent builds on what was answered. */
  const inTurn = useCallback(<T>(work: () => Promise<T>): Promise<T> => {
    const next = running.current.then(work)
    // Who waits for it is told; the next one begins all the same.
    running.current = next.catch(() => undefined)
    return next
  }, [])
  const flush = useCallback(() => inTurn(store), [inTurn, store])

  const release = useCallback(
    (of: Address, stored: Json, version: number): Promise<void> =>
      inTurn(async () => {
        const key = keyOf(of)
        const base = { inForce: stored, start: latest.current.draft.bases.get(key)?.start ?? stored, version }
        if (changeset.current !== undefined) {
          const from = knownOf(kept.current, key, base)
          const outcome = await write(changeset.current, { key, now: stored, base }, from, undefined)
          // Such as where another window has changed it differently: it is stored, and told, like any other change.
          if (outcome instanceof ApiProblem) return
        }
        note(kept.current, key, { base, written: stored, known: stored })
        await tidy()
      }).catch(() => undefined), // what is not released is stored like any other change, and `saving` tells where that fails
    [inTurn, tidy],
  )

  // biome-ignore lint/correctness/useExhaustiveDependencies: after each store once more, for what was taken back while it was on its way
  useEffect(() => {
    if (dirtyOf(place.draft, kept.current).length === 0) {
      setSaving({ state: 'saved' }) // such as by undo
      return
    }
    setSaving({ state: 'saving' })
    const timer = setTimeout(() => void flush().catch(() => undefined), REST_MS) // `saving` tells that it failed
    return () => clearTimeout(timer)
  }, [place.draft, stored, flush])

  // Who leaves within the rest has it stored all the same, where the browser still sends it.
  useEffect(() => {
    const onHide = (): void => void flush().catch(() => undefined) // nobody is left to tell
    window.addEventListener('pagehide', onHide)
    return () => window.removeEventListener('pagehide', onHide)
  }, [flush])

  useEffect(() => guardLeaving(() => dirtyOf(latest.current.draft, kept.current).length > 0), [])

  const settle = useCallback(
    (key: string, said: Sides): void => {
      sides.current.set(key, said)
      void flush().catch(() => undefined) // `saving` tells that it failed
    },
    [flush],
  )

  const hear = useCallback((items: ReadonlyMap<string, ChangesetItem>): void => {
    const itemOf = (key: string) => {
      const item = items.get(key)
      return item === undefined ? undefined : { definition: item.definition ?? undefined }
    }
    const news = newsIn(latest.current.draft, kept.current, itemOf)
    for (const { key, base, theirs } of news) {
      note(kept.current, key, { base, written: theirs, known: theirs })
      latest.current.onMerged(key, theirs)
    }
    if (news.length > 0) setStored((count) => count + 1)
  }, [])

  const reset = useCallback((): void => {
    kept.current = newKept()
    sides.current = new Map()
    // Before it is drawn without its changes: nothing of them is stored any more.
    latest.current = { ...latest.current, draft: EMPTY_DRAFT }
    setSaving({ state: 'saved' })
  }, [])
  return { saving, stored, flush, settle, release, hear, reset }
}

interface Refused {
  readonly key: string
  readonly error: ApiProblem
}

const isRefused = (error: unknown): error is Refused =>
  typeof error === 'object' && error !== null && 'key' in error && 'error' in error

/** @returns why the engine does not take this definition, else what it has of it now @throws what goes for all of them */
async function write(
  changeset: string,
  { key, now, base }: Dirty,
  from: Json | undefined,
  sides: Sides | undefined,
): Promise<ApiProblem | Awaited<ReturnType<typeof changeDefinition>>> {
  const change = { from: from ?? null, to: now ?? null, sides }
  try {
    return await changeDefinition(changeset, addressOf(key), change, base.version)
  } catch (error) {
    if (error instanceof ApiProblem && error.status >= 400 && error.status < 500 && !GONE.has(error.code)) {
      return error
    }
    throw error
  }
}
