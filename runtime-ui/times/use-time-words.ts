import { useEffect, useState } from 'react'
import { useWork } from '../kit/model-context.tsx'
import { instantOf, wallClockOf } from '../kit/zoned.ts'
import type { TimeSaid } from './time-words.ts'

type Reader = typeof import('./time-words.ts')['readTimeWords']

let loaded: Reader | undefined

/** The reader of words comes when a field for dates is first used. */
export async function loadTimeWords(): Promise<Reader> {
  loaded ??= (await import('./time-words.ts')).readTimeWords
  return loaded
}

/** When work begins: the hour of a day that is named without one. */
export const MORNING = '09:00:00'

/** The moment that words name, as the API writes it. */
export const momentOf = (said: TimeSaid, zone: string): string =>
  instantOf({ date: said.date, time: said.time ?? MORNING }, zone)

/** What words say of time on the workspace's clock; undefined while nothing is understood. */
export function useTimeWords(text: string): TimeSaid | undefined {
  const { timeZone } = useWork().model
  const [read, setRead] = useState<Reader | undefined>(() => loaded)
  const isAsked = text !== ''
  useEffect(() => {
    if (isAsked) void loadTimeWords().then((reader) => setRead(() => reader))
  }, [isAsked])
  return isAsked ? read?.(text, wallClockOf(new Date(), timeZone)) : undefined
}
