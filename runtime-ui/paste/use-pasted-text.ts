import { useEffect, useRef } from 'react'
import type { Entity } from '../api/types.ts'

export type FillValues = (values: Readonly<Record<string, unknown>>) => void

const REACH: ReadonlySet<string> = new Set(['phone', 'email', 'address'])

/** Whether a form asks for how somebody is reached: then a card may fill it. */
export const takesCards = (entity: Entity, known: ReadonlySet<string>): boolean =>
  entity.fields.some(({ name, type, writable }) => REACH.has(type) && writable && known.has(name))

/** Hears when several lines are pasted into a field of a form that holds one. */
export function usePastedText(form: string, onText: (text: string) => void, isOff: boolean): void {
  const act = useRef(onText)
  act.current = onText
  useEffect(() => {
    if (isOff) return
    const onPaste = (event: ClipboardEvent): void => {
      const target = event.target as Element
      if (target.closest(`#${form} input`) === null) return
      const text = event.clipboardData?.getData('text') ?? ''
      if (text.trim().split(/\r?\n/).length < 2) return
      event.preventDefault()
      act.current(text)
    }
    document.addEventListener('paste', onPaste)
    return () => document.removeEventListener('paste', onPaste)
  }, [form, isOff])
}
