import { useEffect } from 'react'

/** Tells of each field of a form that the focus has gone from it. */
export function useLeftFields(form: string, leave: (field: string) => void): void {
  useEffect(() => {
    const element = document.getElementById(form)
    const listener = ({ target, relatedTarget }: FocusEvent): void => {
      const field = target instanceof Element ? target.closest<HTMLElement>('[data-field]') : null
      const name = field?.dataset.field
      if (field === null || name === undefined) return
      if (!(relatedTarget instanceof Node && field.contains(relatedTarget))) leave(name)
    }
    element?.addEventListener('focusout', listener)
    return () => element?.removeEventListener('focusout', listener)
  }, [form, leave])
}
