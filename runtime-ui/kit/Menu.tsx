import type { MenuProps as AntMenuProps, DropdownProps } from 'antd'
import {
  cloneElement,
  type HTMLAttributes,
  lazy,
  type MouseEvent,
  type ReactElement,
  type ReactNode,
  type Ref,
  Suspense,
  useRef,
  useState,
} from 'react'

export type MenuItems = NonNullable<AntMenuProps['items']>
export type MenuPlacement = NonNullable<DropdownProps['placement']>

interface TriggerProps extends HTMLAttributes<HTMLElement> {
  readonly ref?: Ref<HTMLElement>
}

export interface MenuProps {
  readonly items?: MenuItems
  readonly placement?: MenuPlacement
  /** Of the menu's own. */
  readonly className?: string
  /** Instead of items: something that opens in their place. */
  readonly popup?: (close: () => void) => ReactNode
  readonly onOpenChange?: (open: boolean) => void
  /** What opens it: a button that takes a ref, and has no press of its own. */
  readonly children: ReactElement<TriggerProps>
}

const asked = () => import('./MenuPopup.tsx')
const MenuPopup = lazy(async () => ({ default: (await asked()).MenuPopup }))

/**
 * A button that opens a menu. Only the button is there at first; what opens comes with the first need: pages have dozens of
 * them, most of which nobody opens.
 */
export function Menu({ children: trigger, popup, className, ...props }: MenuProps) {
  const { items = [], placement = 'bottomLeft', onOpenChange } = props
  const element = useRef<HTMLElement>(null)
  const [isOpen, setIsOpen] = useState(false)
  const [isNeeded, setIsNeeded] = useState(false)
  const turn = (open: boolean): void => {
    setIsOpen(open)
    if (open) setIsNeeded(true)
    onOpenChange?.(open)
  }
  const { props: own } = trigger
  return (
    <>
      {cloneElement(trigger, {
        ref: element,
        'aria-haspopup': popup === undefined ? 'menu' : 'dialog',
        'aria-expanded': isOpen,
        onClick: (event: MouseEvent<HTMLElement>) => {
          own.onClick?.(event)
          turn(!isOpen)
        },
        onPointerEnter: () => void asked(),
        onFocus: () => void asked(),
      })}
      {isNeeded ? (
        <Suspense fallback={null}>
          <MenuPopup {...{ element, items, placement, className, popup, isOpen }} onTurn={turn} />
        </Suspense>
      ) : null}
    </>
  )
}
