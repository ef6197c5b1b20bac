import { useEffect } from 'react'

/**
 * Tab leaves a list of several and takes nothing: in antd's it takes what happens to be marked, as Enter does, so that whoever
 * goes on to the next field gives a role that nobody chose, and never gets there. Heard before React hears it.
 */
export function useTabLeavesLists(): void {
  useEffect(() => {
    const leave = (event: KeyboardEvent): void => {
      const isInList =
        event.target instanceof Element && event.target.closest('.ant-select-multiple') !== null
      if (event.key === 'Tab' && isInList) event.stopPropagation()
    }
    document.addEventListener('keydown', leave, true)
    return () => document.removeEventListener('keydown', leave, true)
  }, [])
}
