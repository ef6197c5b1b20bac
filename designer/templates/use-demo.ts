import { useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { undoAct } from '../../runtime-ui/api/bulk.ts'
import { faultOf } from '../../runtime-ui/kit/FaultNote.tsx'
import { toast } from '../../runtime-ui/kit/toast.tsx'
import { removeDemo } from './api.ts'

/** Records that go at once: about two seconds of waiting without being told how far it is. */
const AT_ONCE = 500

/** How far it is, in records. */
export interface DemoProgress {
  readonly gone: number
  readonly total: number
}

interface DemoWork {
  /** Undefined while nothing goes on. */
  readonly progress: DemoProgress | undefined
  readonly fault: string | undefined
  /** @param total records that are to go */
  readonly remove: (total: number) => Promise<void>
  /** Those that went already are gone; the others stay. */
  readonly stop: () => void
}

/** Takes demo data away bit by bit, and says what came of it, to be taken back. @param onEnd once nothing is left to do */
export function useDemo(onEnd: () => void): DemoWork {
  const { t } = useTranslation()
  const client = useQueryClient()
  const [progress, setProgress] = useState<DemoProgress>()
  const [fault, setFault] = useState<string>()
  const isStopped = useRef(false)

  const bringBack = async (acts: readonly string[], count: number): Promise<void> => {
    let back = 0
    let kept = 0
    const tell = (): void => toast({ kind: 'works', text: t('templates.demoComes', { done: back, count }) })
    try {
      for (const act of acts) {
        tell()
        const undone = await undoAct(act)
        back += undone.done
        kept += undone.kept.length
      }
      const text = t('bulk.undone', { count: back })
      toast({ text: kept === 0 ? text : `${text} ${t('bulk.keptSince', { count: kept })}` })
    } catch (error) {
      toast({ kind: 'problem', text: faultOf(error, t) })
    }
    await client.invalidateQueries()
  }

  const say = (removed: number, kept: number, acts: readonly string[]): void => {
    const text = t('templates.demoGone', { count: removed })
    toast({
      text: kept === 0 ? text : `${text} ${t('templates.demoKept', { count: kept })}`,
      ...(acts.length === 0 ? {} : { undo: () => bringBack(acts, removed) }),
    })
  }

  const remove = async (total: number): Promise<void> => {
    if (progress !== undefined) return
    isStopped.current = false
    setFault(undefined)
    setProgress({ gone: 0, total })
    let removed = 0
    let kept = 0
    const acts: string[] = []
    try {
      for (let isMore = true; isMore && !isStopped.current; ) {
        const part = await removeDemo(AT_ONCE)
        removed += part.removed
        kept = part.kept
        // What went last is what others lead to: it is there again before them.
        acts.unshift(...part.undo)
        isMore = part.left > 0 && part.removed > 0
        setProgress({ gone: removed, total })
      }
      await client.invalidateQueries()
      say(removed, kept, acts)
      onEnd()
    } catch (error) {
      // What went before is told of, and comes back as well.
      if (removed > 0) say(removed, kept, acts)
      setFault(faultOf(error, t))
      setProgress(undefined)
      await client.invalidateQueries()
    }
  }
  const stop = (): void => {
    isStopped.current = true
  }
  return { progress, fault, remove, stop }
}
