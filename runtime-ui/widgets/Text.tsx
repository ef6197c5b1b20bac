import { Input } from 'antd'
import { ariaOf, statusOf, textOfValue, valueOfText, type WidgetProps } from './widget.ts'

/** One line of text. */
export function Text(props: WidgetProps) {
  return (
    <Input
      {...ariaOf(props)}
      status={statusOf(props)}
      autoFocus={props.autoFocus}
      readOnly={props.readOnly}
      value={textOfValue(props.value)}
      onChange={(event) => props.onChange(valueOfText(event.target.value))}
    />
  )
}
