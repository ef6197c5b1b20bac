import { ICON_PATHS, type IconName } from './paths.ts'

export interface IconProps {
  readonly name: IconName
  readonly size?: 'small' | 'normal' | 'large'
  readonly className?: string
}

/** A picture beside words; it is hidden from assistive technology, whose word is on the control. */
export function Icon({ name, size = 'normal', className }: IconProps) {
  const classes = ['icon', size === 'normal' ? '' : size, className ?? ''].filter(Boolean).join(' ')
  return (
    <svg className={classes} viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      <path d={ICON_PATHS[name]} />
    </svg>
  )
}
