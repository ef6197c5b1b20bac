import { Drawer } from 'antd'
import { type ReactNode, type RefObject, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { IconButton } from './Button.tsx'
import { Icon } from './icons/Icon.tsx'
import { overlayPlace } from './overlays.ts'
import type { SheetProps } from './Sheet.tsx'
import { useIsPhone } from './use-media.ts'
import { useReturnFocus } from './use-return-focus.ts'

/** What a sheet is while it is open, and while it goes. */
export function SheetPanel({ open, title, onClose, width = 420, footer, children }: SheetProps) {
  const { t } = useTranslation()
  const phone = useIsPhone()
  const box = useRef<HTMLElement>(null)
  useReturnFocus()
  return (
    <Drawer
      open={open}
      onClose={onClose}
      afterOpenChange={(isOpen) => {
        if (isOpen) focusForm(box.current)
      }}
      closable={false}
      getContainer={overlayPlace}
      destroyOnHidden
      placement={phone ? 'bottom' : 'right'}
      size={phone ? 'auto' : width}
      rootClassName={phone ? 'tenon-sheet phone' : 'tenon-sheet'}
      title={title}
      extra={<IconButton label={t('act.close')} icon={<Icon name="close" />} onClick={onClose} />}
      footer={footer}
    >
      <SheetBody {...{ title, box }}>{children}</SheetBody>
    </Drawer>
  )
}

/**
 * A form is filled in at once, and what says that it is typed in: a menu that it came from may have taken the focus back
 * meanwhile, and a sheet takes it when it has come.
 */
function focusForm(body: HTMLElement | null): void {
  if (body === null || body.contains(document.activeElement)) return
  body
    .querySelector<HTMLElement>(
      'input[data-typed], form :is(input, textarea, select):not([type="hidden"], :disabled)',
    )
    ?.focus({ preventScroll: true })
}

interface SheetBodyProps {
  readonly title: string
  readonly box: RefObject<HTMLElement | null>
  readonly children: ReactNode
}

/** Scrolls what is too long for the panel, by the keys as well where nothing in it takes the focus. */
function SheetBody({ title, box, children }: SheetBodyProps) {
  const content = useRef<HTMLDivElement>(null)
  const [scrolls, setScrolls] = useState(false)
  useEffect(() => {
    if (box.current === null || content.current === null) return
    const frame = box.current
    const observer = new ResizeObserver(() => setScrolls(frame.scrollHeight > frame.clientHeight))
    observer.observe(frame)
    observer.observe(content.current)
    return () => observer.disconnect()
  }, [box])
  return (
    <section ref={box} className="sheet-body" aria-label={title} tabIndex={scrolls ? 0 : undefined}>
      <div ref={content}>{children}</div>
    </section>
  )
}
