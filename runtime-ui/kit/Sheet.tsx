import { lazy, type ReactNode, Suspense, useState } from 'react'

export interface SheetProps {
  readonly open: boolean
  readonly title: string
  readonly onClose: () => void
  readonly width?: number
  readonly footer?: ReactNode
  readonly children: ReactNode
}

const SheetPanel = lazy(async () => ({ default: (await import('./SheetPanel.tsx')).SheetPanel }))

/**
 * A panel: from the right on a desk, from below on a phone. Focus returns to where it came from. Nothing of it is there
 * before it is opened once.
 */
export function Sheet(props: SheetProps) {
  const [isNeeded, setIsNeeded] = useState(props.open)
  if (props.open && !isNeeded) setIsNeeded(true)
  if (!isNeeded) return null
  return (
    <Suspense fallback={null}>
      <SheetPanel {...props} />
    </Suspense>
  )
}
