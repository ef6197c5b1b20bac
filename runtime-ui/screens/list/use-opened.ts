import { useEffect } from 'react'
import { tellOpened } from '../../api/views.ts'
import { useWork } from '../../kit/model-context.tsx'
import { PLAIN_VIEW } from './list-state.ts'

/** Whoever goes on sooner has not looked at it. */
const LOOKED_AT_MS = 2_000

/** What this page has told already: the server notes the day alone. */
const told = new Set<string>()

/** Tells that somebody stayed with a view, so that whoever looks after it knows which are used. */
export function useOpened(view: string | undefined): void {
  const { me } = useWork()
  // Through the eyes of somebody else nothing is written.
  const isOwn = me.viewer === undefined
  useEffect(() => {
    if (view === undefined || view === PLAIN_VIEW || !isOwn) return
    const key = `${new Date().toDateString()} ${view}`
    if (told.has(key)) return
    const timer = setTimeout(() => {
      told.add(key)
      void tellOpened(view)
    }, LOOKED_AT_MS)
    return () => clearTimeout(timer)
  }, [view, isOwn])
}
