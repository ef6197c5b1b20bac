import { useEffect, useState } from 'react'

/** A value once it has not changed for a while, compared by what it says. */
export function useRested<T>(value: T, rest: number): T {
  const [rested, setRested] = useState(value)
  const said = JSON.stringify(value)
  // biome-ignore lint/correctness/useExhaustiveDependencies: what says the same is the same
  useEffect(() => {
    const timer = setTimeout(() => setRested(value), rest)
    return () => clearTimeout(timer)
  }, [said, rest])
  return rested
}
