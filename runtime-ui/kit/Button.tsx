import { Button as AntButton, type ButtonProps } from 'antd'

/** antd's button without its wave and without the space that it puts between two Chinese characters. */
export function Button(props: ButtonProps) {
  return <AntButton autoInsertSpace={false} {...props} />
}

export interface IconButtonProps extends Omit<ButtonProps, 'icon' | 'children'> {
  readonly label: string
  readonly icon: React.ReactNode
}

/** A button that is only a picture: its name is for assistive technology and for the pointer that rests. */
export function IconButton({ label, icon, ...rest }: IconButtonProps) {
  return (
    <Button
      type="text"
      {...rest}
      className={`icon-button ${rest.className ?? ''}`}
      icon={icon}
      aria-label={label}
      title={label}
    />
  )
}
