import { lazy, Suspense, useEffect } from 'react'
import { closeHelp, openHelp, useHelpWanted } from './open-help.ts'

const HelpSheet = lazy(async () => {
  const [{ HelpSheet: Sheet }, { textsReady }] = await Promise.all([
    import('./HelpSheet.tsx'),
    import('./i18n/load.ts'),
  ])
  await textsReady
  return { default: Sheet }
})

/** `F1` shows what the page is for, also while one types; it comes when it is first called. */
export function Help() {
  const isWanted = useHelpWanted()
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== 'F1' || event.defaultPrevented) return
      event.preventDefault() // the browser has a help of its own
      openHelp()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [])
  if (!isWanted) return null
  return (
    <Suspense fallback={null}>
      <HelpSheet onClose={closeHelp} />
    </Suspense>
  )
}
