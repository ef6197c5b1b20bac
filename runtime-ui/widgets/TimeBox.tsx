import { TimePicker } from 'antd'
import dayjs from 'dayjs'
import { Icon } from '../kit/icons/Icon.tsx'
import { ariaOf, statusOf, type WidgetProps } from './widget.ts'

/** A time of day. */
export function TimeBox(props: WidgetProps) {
  return (
    <TimePicker
      {...ariaOf(props)}
      className="wide"
      status={statusOf(props)}
      autoFocus={props.autoFocus}
      disabled={props.readOnly}
      format="HH:mm"
      placeholder="HH:MM"
      suffixIcon={<Icon name="clock" />}
      value={typeof props.value === 'string' ? dayjs(`2000-01-01T${props.value}`) : null}
      onChange={(next) => props.onChange(next === null ? undefined : next.format('HH:mm'))}
    />
  )
}
