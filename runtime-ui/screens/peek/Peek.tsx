import { lazy, Suspense, useEffect } from 'react'
import type { Entity, RecordData } from '../../api/types.ts'
import { useIsPhone } from '../../kit/use-media.ts'
import { useShortcut } from '../../kit/use-shortcut.ts'
import { closePeek, togglePeek, usePeekOpen } from './open-peek.ts'

const PeekPanel = lazy(async () => ({ default: (await import('./PeekPanel.tsx')).PeekPanel }))

interface PeekProps {
  readonly entity: Entity
  readonly records: readonly RecordData[]
  /** The row in use; none where it is below 0. */
  readonly active: number
  readonly onActive: (index: number) => void
}

/** Space shows the row in use at the side; the keys that go through the rows go on, Escape closes. */
export function Peek({ entity, records, active, onActive }: PeekProps) {
  const phone = useIsPhone()
  const open = usePeekOpen()
  const record = records[active]
  useEffect(() => closePeek, [])
  useShortcut(
    ' ',
    (event) => {
      if ((event.target as Element).closest('a, button, input, [role="checkbox"]') !== null) return
      event.preventDefault()
      if (active < 0) onActive(0)
      togglePeek()
    },
    { off: phone || records.length === 0 },
  )
  useShortcut('Escape', closePeek, { off: !open })
  if (!open || record === undefined || phone) return null
  return (
    <Suspense fallback={null}>
      <PeekPanel entity={entity} id={record.id} place={`${active + 1} / ${records.length}`} />
    </Suspense>
  )
}
