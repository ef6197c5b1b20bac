import { lazy, Suspense } from 'react'
import { closeLog, useLogWanted } from './open-log.ts'

const LogSheet = lazy(async () => ({ default: (await import('./LogSheet.tsx')).LogSheet }))

/** The place of the sheet in which calls are noted down; it comes when it is first called. */
export function Log() {
  const wanted = useLogWanted()
  if (wanted === undefined) return null
  return (
    <Suspense fallback={null}>
      <LogSheet wanted={wanted} onClose={closeLog} />
    </Suspense>
  )
}
