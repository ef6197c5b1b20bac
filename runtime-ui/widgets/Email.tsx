import { Input } from 'antd'
import { ariaOf, statusOf, textOfValue, valueOfText, type WidgetProps } from './widget.ts'

/** An e-mail address, with the phone's keyboard for it. */
export function Email(props: WidgetProps) {
  return (
    <Input
      {...ariaOf(props)}
      type="email"
      inputMode="email"
      autoComplete="off"
      status={statusOf(props)}
      autoFocus={props.autoFocus}
      readOnly={props.readOnly}
      value={textOfValue(props.value)}
      onChange={(event) => props.onChange(valueOfText(event.target.value))}
    />
  )
}
