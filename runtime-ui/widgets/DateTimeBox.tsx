import { DatePicker } from 'antd'
import dayjs from 'dayjs'
import { Icon } from '../kit/icons/Icon.tsx'
import { useWork } from '../kit/model-context.tsx'
import { instantOf, wallClockOf } from '../kit/zoned.ts'
import { ariaOf, statusOf, type WidgetProps } from './widget.ts'

/** A moment on the workspace's clock, wherever the browser stands. */
export function DateTimeBox(props: WidgetProps) {
  const { timeZone } = useWork().model
  const clock = typeof props.value === 'string' ? wallClockOf(props.value, timeZone) : undefined
  return (
    <DatePicker
      {...ariaOf(props)}
      className="wide"
      status={statusOf(props)}
      autoFocus={props.autoFocus}
      disabled={props.readOnly}
      showTime={{ format: 'HH:mm', minuteStep: 5 }}
      format="YYYY-MM-DD HH:mm"
      placeholder="YYYY-MM-DD HH:MM"
      suffixIcon={<Icon name="calendar" />}
      value={clock === undefined ? null : dayjs(`${clock.date}T${clock.time}`)}
      onChange={(next) =>
        props.onChange(
          next === null
            ? undefined
            : instantOf({ date: next.format('YYYY-MM-DD'), time: next.format('HH:mm:ss') }, timeZone),
        )
      }
    />
  )
}
