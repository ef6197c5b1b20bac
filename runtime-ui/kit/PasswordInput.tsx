import { Input } from 'antd'
import { Icon } from './icons/Icon.tsx'

export interface PasswordInputProps {
  readonly id: string
  readonly value: string
  readonly autoComplete: 'current-password' | 'new-password'
  readonly onChange: (value: string) => void
  readonly invalid?: boolean
  readonly autoFocus?: boolean
  readonly describedBy?: string | undefined
  readonly size?: 'large' | 'middle'
}

/** A password that can be looked at. */
export function PasswordInput({
  invalid,
  describedBy,
  size = 'large',
  onChange,
  ...rest
}: PasswordInputProps) {
  return (
    <Input.Password
      {...rest}
      size={size}
      aria-invalid={invalid}
      aria-describedby={describedBy}
      iconRender={(visible) => (
        <span>
          <Icon name={visible ? 'eye_off' : 'eye'} />
        </span>
      )}
      onChange={(event) => onChange(event.target.value)}
    />
  )
}
