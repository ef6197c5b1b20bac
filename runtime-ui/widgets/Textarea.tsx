import { Input } from 'antd'
import { ariaOf, statusOf, textOfValue, valueOfText, type WidgetProps } from './widget.ts'

/** Several lines; the box grows with them. */
export function Textarea(props: WidgetProps) {
  return (
    <Input.TextArea
      {...ariaOf(props)}
      status={statusOf(props)}
      autoFocus={props.autoFocus}
      readOnly={props.readOnly}
      autoSize={{ minRows: 3, maxRows: 12 }}
      value={textOfValue(props.value)}
      onChange={(event) => props.onChange(valueOfText(event.target.value))}
    />
  )
}
