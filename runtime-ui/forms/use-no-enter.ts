import { useEffect } from 'react'

/**
 * Enter in a field confirms what is typed there (a date, an option) and must not send a half-filled form, as
 * browsers would; ⌘S and ⌘↵ do.
 */
export function useNoEnter(formId: string): void {
  useEffect(() => {
    const form = document.getElementById(formId)
    if (!(form instanceof HTMLFormElement)) return
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.key !== 'Enter' || !(event.target instanceof HTMLInputElement)) return
      event.preventDefault()
      if (event.metaKey || event.ctrlKey) form.requestSubmit()
    }
    form.addEventListener('keydown', onKeyDown)
    return () => form.removeEventListener('keydown', onKeyDown)
  }, [formId])
}
