import { lazy, Suspense, useState } from 'react'
import { useShortcut } from '../../kit/use-shortcut.ts'

const KeysSheet = lazy(async () => ({ default: (await import('./KeysSheet.tsx')).KeysSheet }))

/** `?` shows which keys do what, on every page. */
export function Keys() {
  const [isOpen, setIsOpen] = useState(false)
  useShortcut('?', (event) => {
    event.preventDefault()
    setIsOpen(true)
  })
  if (!isOpen) return null
  return (
    <Suspense fallback={null}>
      <KeysSheet onClose={() => setIsOpen(false)} />
    </Suspense>
  )
}
