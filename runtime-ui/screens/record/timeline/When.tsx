import { useTranslation } from 'react-i18next'
import { useWork } from '../../../kit/model-context.tsx'
import { wallClockOf } from '../../../kit/zoned.ts'

const HOUR_MS = 3_600_000

/** When on its day something happened: within the hour how long ago, else the time. */
export function When({ instant }: { readonly instant: string }) {
  const { t } = useTranslation()
  const { timeZone } = useWork().model
  const { date, time } = wallClockOf(instant, timeZone)
  const agoMs = Date.now() - Date.parse(instant)
  const minutes = Math.floor(agoMs / 60_000)
  const near = minutes < 1 ? t('timeline.now') : t('timeline.minutes', { count: minutes })
  return (
    <time className="num" dateTime={instant} title={`${date} ${time} ${timeZone}`}>
      {agoMs >= -60_000 && agoMs < HOUR_MS ? near : time.slice(0, 5)}
    </time>
  )
}
