import { Checkbox } from 'antd'
import { ariaOf, type WidgetProps } from './widget.ts'

/** Yes or no; its label stands beside it. */
export function CheckboxBox(props: WidgetProps) {
  return (
    <Checkbox
      {...ariaOf(props)}
      className="check-box"
      checked={props.value === true}
      disabled={props.readOnly}
      autoFocus={props.autoFocus}
      onChange={(event) => props.onChange(event.target.checked)}
    >
      {props.label}
    </Checkbox>
  )
}
