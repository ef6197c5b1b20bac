import { DatePicker } from 'antd'
import dayjs from 'dayjs'
import { Icon } from '../kit/icons/Icon.tsx'
import { ariaOf, statusOf, type WidgetProps } from './widget.ts'

/** A day, written or picked. */
export function DateBox(props: WidgetProps) {
  return (
    <DatePicker
      {...ariaOf(props)}
      className="wide"
      status={statusOf(props)}
      autoFocus={props.autoFocus}
      disabled={props.readOnly}
      placeholder="YYYY-MM-DD"
      suffixIcon={<Icon name="calendar" />}
      value={typeof props.value === 'string' ? dayjs(props.value) : null}
      onChange={(next) => props.onChange(next === null ? undefined : next.format('YYYY-MM-DD'))}
    />
  )
}
