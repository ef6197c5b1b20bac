import { Input } from 'antd'
import { ariaOf, statusOf, textOfValue, valueOfText, type WidgetProps } from './widget.ts'

/** A web address. */
export function Url(props: WidgetProps) {
  return (
    <Input
      {...ariaOf(props)}
      type="url"
      inputMode="url"
      autoComplete="off"
      status={statusOf(props)}
      autoFocus={props.autoFocus}
      readOnly={props.readOnly}
      value={textOfValue(props.value)}
      onChange={(event) => props.onChange(valueOfText(event.target.value))}
    />
  )
}
