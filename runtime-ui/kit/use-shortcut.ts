import { useEffect, useRef } from 'react'

const TYPING =
  'input:not([type="checkbox"], [type="radio"]), textarea, select, [contenteditable="true"], [role="combobox"], [role="textbox"]'
const OVERLAY = '[role="dialog"], [role="menu"], [role="listbox"]'

/** Whether keys go to something of their own there: a field, or what lies over the page. */
export const isTyping = (target: Element): boolean => target.closest(`${TYPING}, ${OVERLAY}`) !== null

/** How the key beside the space bar is called here: shortcuts are shown as they are typed. */
export const MOD_KEY = /Mac|iPhone|iPad/.test(navigator.platform) ? '⌘' : 'Ctrl '

/**
 * Calls back on a key, unless the person is typing or something lies over the page.
 * @param key a `KeyboardEvent.key`; letters match in both cases; with `mod`, ⌘ or Ctrl must be held
 */
export function useShortcut(
  key: string,
  act: (event: KeyboardEvent) => void,
  options: { mod?: boolean; off?: boolean } = {},
): void {
  const actRef = useRef(act)
  actRef.current = act
  const { mod = false, off = false } = options
  useEffect(() => {
    if (off) return
    const onKey = (event: KeyboardEvent): void => {
      if (event.key.toLowerCase() !== key.toLowerCase() || event.defaultPrevented || event.altKey) return
      if ((event.metaKey || event.ctrlKey) !== mod) return
      const target = event.target as Element
      if (!mod && isTyping(target)) return
      actRef.current(event)
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [key, mod, off])
}
