import { useEffect } from 'react'
import { LoadingRows } from '../runtime-ui/kit/Loading.tsx'

/** An address of the other pages, which are another document: one's account, the door, a record. */
export function Elsewhere() {
  useEffect(() => window.location.reload(), [])
  return <LoadingRows />
}
