import { useQueryClient } from '@tanstack/react-query'
import { useRef } from 'react'
import { createRecord, patchRecord } from '../../../api/records.ts'
import type { RecordData } from '../../../api/types.ts'
import { createAttemptKeys } from '../../../forms/attempt-key.ts'

type Body = Readonly<Record<string, unknown>>

/** A record that is made in one go with others. */
export interface Noted {
  readonly entity: string
  readonly body: Body
}

/** Which of the records that are made in one go was refused, and why. */
export class NoteRefused extends Error {
  readonly at: number
  readonly reason: unknown
  constructor(at: number, reason: unknown) {
    super('a record was refused')
    this.at = at
    this.reason = reason
  }
}

interface Stored {
  readonly text: string
  readonly record: RecordData
}

/**
 * Stores records one after the other, each of which may be made of those before it. Where one is refused those before it
 * stand: sent again they are changed where they differ, and never made twice.
 */
export function useNoteDown() {
  const queryClient = useQueryClient()
  const keys = useRef<((body: unknown) => string)[]>([])
  const stored = useRef<Stored[]>([])
  const running = useRef(false)
  const put = async ({ entity, body }: Noted, at: number): Promise<RecordData> => {
    const text = JSON.stringify(body)
    const before = stored.current[at]
    if (before?.text === text) return before.record
    keys.current[at] ??= createAttemptKeys()
    const record =
      before === undefined
        ? await createRecord(entity, body, keys.current[at](body))
        : await patchRecord(entity, before.record.id, body)
    stored.current[at] = { text, record }
    return record
  }
  /** @returns the records; undefined while they are on their way already */
  return async (
    steps: readonly ((made: readonly RecordData[]) => Noted)[],
  ): Promise<readonly RecordData[] | undefined> => {
    if (running.current) return undefined
    running.current = true
    const made: RecordData[] = []
    try {
      for (const [at, step] of steps.entries()) {
        try {
          made.push(await put(step(made), at))
        } catch (error) {
          throw new NoteRefused(at, error)
        }
      }
      stored.current = []
      return made
    } finally {
      running.current = false
      void queryClient.invalidateQueries({ queryKey: ['records'] })
    }
  }
}
