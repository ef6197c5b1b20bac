import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useRef, useState } from 'react'
import { ApiProblem } from '../../runtime-ui/api/problem.ts'
import { guardLeaving } from '../../runtime-ui/kit/leaving.ts'
import { openChangeset, putDefinition, removeDefinition } from '../api.ts'
import { addressOf, type Base, type Draft, definitionIn, EMPTY_DRAFT } from './draft.ts'
import { isSame, type Json } from './json-value.ts'

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
  /** What the engine has of each definition that this page has touched. */
  const written = useRef(new Map<string, Json | undefined>())
  const changeset = useRef(place.changeset)
  changeset.current = place.changeset
  const running = useRef<Promise<unknown>>(Promise.resolve())

  const store = useCallback(async (): Promise<string | undefined> => {
    const { draft, label, onOpened } = latest.current
    const dirty = dirtyOf(draft, written.current)
    if (dirty.length === 0) {
      setSaving({ state: 'saved' })
      return changeset.current
    }
    setSaving({ state: 'saving' })
    try {
      if (changeset.current === undefined) {
        changeset.current = await openChangeset(label())
        onOpened(changeset.current)
      }
      // One that is refused keeps none of the others from being stored.
      const refused: Refused[] = []
      for (const { key, now, base } of dirty) {
        const fault = await write(changeset.current, key, now, base)
        if (fault === undefined) written.current.set(key, now)
        else refused.push({ key, error: fault })
      }
      if (refused[0] !== undefined) throw refused[0]
      setSaving({ state: 'saved' })
      setStored((count) => count + 1)
      void client.invalidateQueries({ queryKey: ['meta', 'plan', changeset.current] })
      void client.invalidateQueries({ queryKey: ['meta', 'changesets'] })
      return changeset.current
    } catch (error) {
      if (error instanceof ApiProblem && GONE.has(error.code) && changeset.current !== undefined) {
        written.current = new Map()
        changeset.current = undefined
        onOpened(undefined)
        return store()
      }
      const { key, error: fault } = isRefused(error) ? error : { key: undefined, error }
      setSaving({ state: 'failed', error: fault, key })
      throw fault
    }
  }, [client])

  const flush = useCallback((): Promise<string | undefined> => {
    const next = running.current.then(store, store)
    // Who waits for it is told; the next one begins all the same.
    running.current = next.catch(() => undefined)
    return next
  }, [store])

  useEffect(() => {
    if (dirtyOf(place.draft, written.current).length === 0) {
      setSaving({ state: 'saved' }) // such as by undo
      return
    }
    setSaving({ state: 'saving' })
    const timer = setTimeout(() => void flush().catch(() => undefined), REST_MS) // `saving` tells that it failed
    return () => clearTimeout(timer)
  }, [place.draft, flush])

  // Who leaves within the rest has it stored all the same, where the browser still sends it.
  useEffect(() => {
    const onHide = (): void => void flush().catch(() => undefined) // nobody is left to tell
    window.addEventListener('pagehide', onHide)
    return () => window.removeEventListener('pagehide', onHide)
  }, [flush])

  useEffect(() => guardLeaving(() => dirtyOf(latest.current.draft, written.current).length > 0), [])

  const reset = useCallback((): void => {
    written.current = new Map()
    // Before it is drawn without its changes: nothing of them is stored any more.
    latest.current = { ...latest.current, draft: EMPTY_DRAFT }
    setSaving({ state: 'saved' })
  }, [])
  return { saving, stored, flush, reset }
}

interface Dirty {
  readonly key: string
  readonly now: Json | undefined
  readonly base: Base
}

function dirtyOf(draft: Draft, written: ReadonlyMap<string, Json | undefined>): readonly Dirty[] {
  return [...draft.bases].flatMap(([key, base]) => {
    const now = definitionIn(draft, addressOf(key), undefined)
    const stored = written.has(key) ? written.get(key) : base.start
    return isSame(now, stored) ? [] : [{ key, now, base }]
  })
}

interface Refused {
  readonly key: string
  readonly error: ApiProblem
}

const isRefused = (error: unknown): error is Refused =>
  typeof error === 'object' && error !== null && 'key' in error && 'error' in error

/** @returns why the engine does not take this definition @throws what goes for all of them */
async function write(
  changeset: string,
  key: string,
  now: Json | undefined,
  base: Base,
): Promise<ApiProblem | undefined> {
  const { kind, name } = addressOf(key)
  try {
    if (now !== undefined) await putDefinition(changeset, kind, name, now, base.version)
    else await removeDefinition(changeset, kind, name, base.version)
    return undefined
  } catch (error) {
    if (error instanceof ApiProblem && error.status >= 400 && error.status < 500 && !GONE.has(error.code)) {
      return error
    }
    throw error
  }
}
