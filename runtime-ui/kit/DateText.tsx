import { formatDate, formatInstant } from './format.ts'
import { useLanguage, useWork } from './model-context.tsx'
import { today, wallClockOf } from './zoned.ts'

/** A day, in words when it is near. */
export function DateText({ date }: { readonly date: string }) {
  const { timeZone } = useWork().model
  return (
    <time className="num" dateTime={date} title={date}>
      {formatDate(date, useLanguage(), today(timeZone))}
    </time>
  )
}

/** A moment on the workspace's clock. */
export function InstantText({ instant }: { readonly instant: string }) {
  const { timeZone } = useWork().model
  const { date, time } = wallClockOf(instant, timeZone)
  return (
    <time className="num" dateTime={instant} title={`${date} ${time} ${timeZone}`}>
      {formatInstant(instant, useLanguage(), timeZone)}
    </time>
  )
}
