import { Children, type ComponentProps, type ReactNode } from 'react'

interface ButtonLook {
  readonly type?: 'default' | 'primary' | 'text' | 'link' | undefined
  readonly size?: 'small' | 'large' | undefined
  readonly danger?: boolean | undefined
  /** As wide as what it stands in. */
  readonly block?: boolean | undefined
  readonly icon?: ReactNode
}

export interface ButtonProps extends Omit<ComponentProps<'button'>, 'type'>, ButtonLook {
  /** What it is in a form. */
  readonly htmlType?: 'button' | 'submit' | undefined
  /** What was pressed is under way: it turns, and a second press does nothing. */
  readonly loading?: boolean | undefined
}

/** A button. The browser's own with our style: lists and the frame have dozens, and stand before antd has come. */
export function Button({ type, size, danger, block, icon, loading, htmlType, ...props }: ButtonProps) {
  const { className, children, onClick, ...rest } = props
  return (
    <button
      type={htmlType ?? 'button'}
      {...rest}
      className={classOf({ type, size, danger, block, icon }, children, loading, className)}
      onClick={loading === true ? undefined : onClick}
    >
      {loading === true ? <span className="btn-icon turns" aria-hidden="true" /> : iconOf(icon)}
      {wordsOf(children)}
    </button>
  )
}

export interface ButtonLinkProps extends Omit<ComponentProps<'a'>, 'type'>, ButtonLook {}

/** Leads to another page of the server's, and looks like a button. */
export function ButtonLink({
  type,
  size,
  danger,
  block,
  icon,
  className,
  children,
  ...rest
}: ButtonLinkProps) {
  return (
    <a {...rest} className={classOf({ type, size, danger, block, icon }, children, false, className)}>
      {iconOf(icon)}
      {wordsOf(children)}
    </a>
  )
}

function classOf(
  { type = 'default', size, danger, block, icon }: ButtonLook,
  children: ReactNode,
  loading: boolean | undefined,
  own: string | undefined,
): string {
  const names = ['btn', `btn-${type}`]
  if (size !== undefined) names.push(`btn-${size}`)
  if (danger === true) names.push('btn-danger')
  if (block === true) names.push('btn-block')
  if (loading === true) names.push('btn-busy')
  if (icon !== undefined && Children.count(children) === 0) names.push('btn-bare')
  if (own !== undefined && own !== '') names.push(own)
  return names.join(' ')
}

const iconOf = (icon: ReactNode): ReactNode =>
  icon === undefined || icon === null ? null : <span className="btn-icon">{icon}</span>

const isWord = (child: ReactNode): boolean => typeof child === 'string' || typeof child === 'number'

/** Words are one part of the row, however many pieces they come in; a key or a count is another. */
function wordsOf(children: ReactNode): ReactNode {
  const parts = Children.toArray(children)
  if (parts.every(isWord)) return parts.length === 0 ? null : <span>{children}</span>
  return Children.map(children, (child) => (isWord(child) ? <span>{child}</span> : child))
}

export interface IconButtonProps extends Omit<ButtonProps, 'icon' | 'children'> {
  readonly label: string
  readonly icon: ReactNode
}

/** A button that is only a picture: its name is for assistive technology and for the pointer that rests. */
export function IconButton({ label, icon, className = '', ...rest }: IconButtonProps) {
  return (
    <Button
      type="text"
      {...rest}
      className={`icon-button ${className}`.trim()}
      icon={icon}
      aria-label={label}
      title={label}
    />
  )
}
