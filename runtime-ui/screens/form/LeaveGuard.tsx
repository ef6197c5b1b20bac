import { useEffect } from 'react'
import { useBlocker } from 'react-router'
import { guardLeaving } from '../../kit/leaving.ts'
import { LeaveDialog } from './LeaveDialog.tsx'

/** Asks before what was typed is lost: on another page of ours with a dialog, on leaving with the browser's own. */
export function LeaveGuard({ active }: { readonly active: () => boolean }) {
  const blocker = useBlocker(
    ({ currentLocation, nextLocation }) => active() && currentLocation.pathname !== nextLocation.pathname,
  )
  useEffect(() => guardLeaving(active), [active])
  if (blocker.state !== 'blocked') return null
  return <LeaveDialog onLeave={() => blocker.proceed()} onStay={() => blocker.reset()} />
}
