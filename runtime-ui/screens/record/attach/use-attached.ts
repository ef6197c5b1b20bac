import { useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiProblem } from '../../../api/problem.ts'
import type { Entity, RecordData } from '../../../api/types.ts'
import { attachFile, removeFile } from '../../../api/upload.ts'
import { toast } from '../../../kit/toast.tsx'
import { useRefusal } from '../use-delete.ts'

/** A file on its way to a record, or there. */
export interface Attached {
  readonly key: number
  readonly file: File
  readonly state: 'waiting' | 'sending' | 'done' | 'failed'
  /** How much of it has left, from 0 to 1. */
  readonly sent: number
  /** Once it is there. */
  readonly id?: string
  /** Why it is not. */
  readonly reason?: string
  /** Whether it may be tried once more. */
  readonly again?: boolean
}

export interface Attaching {
  readonly all: readonly Attached[]
  /** @param folders names of folders among what was dropped, which say that they cannot be */
  attach(files: readonly File[], folders?: readonly string[]): void
  retry(one: Attached): void
  /** Takes it off the record where it is there, else off the list. */
  remove(one: Attached): Promise<void>
  /** Takes those that are there off the list. */
  settle(): void
}

/** Files sent at the same time. */
const AT_ONCE = 3

/** Attaches files to a record, several at once; one that fails says why and the others stay. */
export function useAttached(entity: Entity, record: RecordData): Attaching {
  const { t } = useTranslation()
  const queryClient = useQueryClient()
  const refuse = useRefusal()
  const [all, setAll] = useState<readonly Attached[]>([])
  const next = useRef(1)
  const waiting = useRef<Attached[]>([])
  const running = useRef(0)

  const change = (key: number, to: Partial<Attached>): void =>
    setAll((list) => list.map((one) => (one.key === key ? { ...one, ...to } : one)))
  const refresh = async (): Promise<void> => {
    for (const part of ['files', 'timeline'])
      await queryClient.invalidateQueries({ queryKey: ['records', entity.name, 'one', record.id, part] })
  }
  const send = async (one: Attached): Promise<void> => {
    change(one.key, { state: 'sending', sent: 0 })
    try {
      const holder = { entity: entity.name, record: record.id }
      const { id } = await attachFile(one.file, holder, (sent) => change(one.key, { sent }))
      change(one.key, { state: 'done', sent: 1, id })
    } catch (error) {
      change(one.key, { state: 'failed', ...reasonOf(error, t('state.unreachable'), t('file.failed')) })
    }
    await refresh()
  }
  const run = async (): Promise<void> => {
    if (running.current >= AT_ONCE) return
    running.current++
    for (let one = waiting.current.shift(); one !== undefined; one = waiting.current.shift()) await send(one)
    running.current--
  }
  const queue = (some: readonly Attached[]): void => {
    waiting.current.push(...some)
    for (const _ of some) void run()
  }
  const drop = (key: number): void => setAll((list) => list.filter((one) => one.key !== key))

  return {
    all,
    attach(files, folders = []) {
      const begun = files.map((file): Attached => ({ key: next.current++, file, state: 'waiting', sent: 0 }))
      const refused = folders.map(
        (name): Attached => ({
          ...{ key: next.current++, file: new File([], name), state: 'failed', sent: 0 },
          reason: t('attach.folder'),
        }),
      )
      setAll((list) => [...list, ...begun, ...refused])
      queue(begun)
    },
    retry(one) {
      change(one.key, { state: 'waiting', sent: 0 })
      queue([one])
    },
    async remove({ key, id, file }) {
      if (id === undefined) return drop(key)
      try {
        await removeFile(id).catch(unlessGone)
        drop(key)
        toast({ text: t('attach.removed', { name: file.name }) })
        await refresh()
      } catch (error) {
        refuse(error)
      }
    },
    settle: () => setAll((list) => list.filter(({ state }) => state !== 'done')),
  }
}

/** What is there no more need not be taken away. */
function unlessGone(error: unknown): void {
  if (!(error instanceof ApiProblem && error.status === 404)) throw error
}

function reasonOf(
  error: unknown,
  unreachable: string,
  unknown: string,
): { readonly reason: string; readonly again: boolean } {
  if (!(error instanceof ApiProblem)) return { reason: unknown, again: true }
  const [item] = error.items
  const said = [item?.message ?? error.message, item?.hint].filter(Boolean).join(' ')
  const reason = error.status === 0 ? unreachable : said === '' ? unknown : said
  return { reason, again: error.status === 0 || error.status >= 500 || error.status === 429 }
}
