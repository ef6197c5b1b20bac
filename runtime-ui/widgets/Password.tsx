import { Input } from 'antd'
import { Icon } from '../kit/icons/Icon.tsx'
import { ariaOf, statusOf, textOfValue, valueOfText, type WidgetProps } from './widget.ts'

/** A new password; the stored one never comes out, so the box begins empty. */
export function Password(props: WidgetProps) {
  return (
    <Input.Password
      {...ariaOf(props)}
      autoComplete="new-password"
      status={statusOf(props)}
      value={textOfValue(props.value)}
      iconRender={(visible) => (
        <span>
          <Icon name={visible ? 'eye_off' : 'eye'} />
        </span>
      )}
      onChange={(event) => props.onChange(valueOfText(event.target.value))}
    />
  )
}
