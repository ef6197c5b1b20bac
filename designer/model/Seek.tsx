import { useEffect, useRef } from 'react'
import { useReveal } from '../canvas/Canvas.tsx'

export interface Sought {
  readonly name: string
}

/** Brings what was looked for into sight, once it is there: its group may have been folded. */
export function Seek({ sought }: { readonly sought: Sought | undefined }) {
  const reveal = useReveal()
  const found = useRef<Sought>(undefined)
  useEffect(() => {
    if (sought === undefined || found.current === sought) return
    if (reveal(sought.name)) found.current = sought
  })
  return null
}
