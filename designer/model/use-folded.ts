import { useState } from 'react'

const REMEMBERED = 'tenon.model.folded'

/** Which groups of the model are folded, by what they are called; this device remembers it. */
export function useFolded() {
  const [folded, setFolded] = useState(read)
  return {
    folded,
    fold: (labels: readonly string[], isFolded: boolean): void =>
      setFolded((before) => {
        const next = new Set(before)
        for (const label of labels) isFolded ? next.add(label) : next.delete(label)
        keep(next)
        return next
      }),
  }
}

function read(): ReadonlySet<string> {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(REMEMBERED) ?? '[]')
    return new Set(Array.isArray(stored) ? stored.filter((one) => typeof one === 'string') : [])
  } catch {
    // Storage is refused in some private windows.
    return new Set()
  }
}

function keep(folded: ReadonlySet<string>): void {
  try {
    localStorage.setItem(REMEMBERED, JSON.stringify([...folded]))
  } catch {
    // Where storage is refused it holds as long as the page is open.
  }
}
