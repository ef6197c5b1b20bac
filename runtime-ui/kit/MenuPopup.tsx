import { Dropdown } from 'antd'
import { type Ref, type RefObject, useImperativeHandle } from 'react'
import type { MenuItems, MenuPlacement, MenuProps } from './Menu.tsx'

interface MenuPopupProps extends Pick<MenuProps, 'popup'> {
  /** What it opens at. */
  readonly element: RefObject<HTMLElement | null>
  readonly items: MenuItems
  readonly placement: MenuPlacement
  readonly className: string | undefined
  readonly isOpen: boolean
  readonly onTurn: (open: boolean) => void
}

/** What a menu's button opens, beside that button. */
export function MenuPopup({ element, items, placement, className, popup, isOpen, onTurn }: MenuPopupProps) {
  const close = (): void => onTurn(false)
  return (
    <Dropdown
      open={isOpen}
      onOpenChange={(open) => {
        // The button itself opens; here it is closed: by a choice, a press elsewhere, Escape.
        if (open) return
        close()
        if (isWithinMenu(document.activeElement)) element.current?.focus()
      }}
      trigger={['click']}
      placement={placement}
      menu={{ items, ...(className === undefined ? {} : { className }) }}
      {...(popup === undefined ? {} : { popupRender: () => popup(close) })}
    >
      <Place element={element} />
    </Dropdown>
  )
}

const isWithinMenu = (focused: Element | null): boolean => focused?.closest('.ant-dropdown') != null

/** Stands for the button, which is drawn elsewhere, as what the menu opens at. */
function Place({ element, ref }: Pick<MenuPopupProps, 'element'> & { readonly ref?: Ref<HTMLElement> }) {
  useImperativeHandle(ref, () => element.current ?? document.body, [element])
  return null
}
