import { Input } from 'antd'
import { ariaOf, statusOf, textOfValue, valueOfText, type WidgetProps } from './widget.ts'

/** A telephone number as it is written; the server brings it into form. */
export function Phone(props: WidgetProps) {
  return (
    <Input
      {...ariaOf(props)}
      type="tel"
      inputMode="tel"
      autoComplete="off"
      status={statusOf(props)}
      autoFocus={props.autoFocus}
      readOnly={props.readOnly}
      value={textOfValue(props.value)}
      onChange={(event) => props.onChange(valueOfText(event.target.value))}
    />
  )
}
