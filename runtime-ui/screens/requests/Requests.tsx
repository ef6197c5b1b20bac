import { lazy, Suspense } from 'react'
import { closeRequest, useRequestWanted } from './open-request.ts'

const RequestSheet = lazy(async () => {
  const [{ RequestSheet: Sheet }, { textsReady }] = await Promise.all([
    import('./RequestSheet.tsx'),
    import('./i18n/load.ts'),
  ])
  await textsReady
  return { default: Sheet }
})

/** The place of the sheet in which one asks for a change; it comes when it is first called. */
export function Requests() {
  if (!useRequestWanted()) return null
  return (
    <Suspense fallback={null}>
      <RequestSheet onClose={closeRequest} />
    </Suspense>
  )
}
