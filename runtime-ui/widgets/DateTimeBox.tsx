import dayjs from 'dayjs'
import { useTranslation } from 'react-i18next'
import { useWork } from '../kit/model-context.tsx'
import { instantOf, wallClockOf } from '../kit/zoned.ts'
import { MORNING, momentOf } from '../times/use-time-words.ts'
import { WordsPicker } from './WordsPicker.tsx'
import type { WidgetProps } from './widget.ts'

/** A moment on the workspace's clock, wherever the browser stands. */
export function DateTimeBox(props: WidgetProps) {
  const { t } = useTranslation()
  const { timeZone } = useWork().model
  const clock = typeof props.value === 'string' ? wallClockOf(props.value, timeZone) : undefined
  return (
    <WordsPicker
      props={props}
      shown={clock === undefined ? null : dayjs(`${clock.date}T${clock.time}`)}
      storedOf={(said) => momentOf(said, timeZone)}
      partsOf={({ date, time }) => [date, time ?? MORNING]}
      picker={{
        showTime: { format: 'HH:mm', minuteStep: 5 },
        format: 'YYYY-MM-DD HH:mm',
        placeholder: t('time.moment'),
      }}
      onPick={(next) =>
        props.onChange(
          next === null
            ? undefined
            : instantOf({ date: next.format('YYYY-MM-DD'), time: next.format('HH:mm:ss') }, timeZone),
        )
      }
    />
  )
}
