import { useEffect } from 'react'
import { useLocation } from 'react-router'
import type { Entity } from '../../api/types.ts'
import { keepTrail } from './trail.ts'

/** The records of a list are the trail of those that are opened from it. */
export function useTrail(entity: Entity, records: readonly { readonly id: string }[]): void {
  const { search } = useLocation()
  const key = records.map(({ id }) => id).join()
  useEffect(() => {
    if (key !== '') keepTrail({ entity: entity.name, search, ids: key.split(',') })
  }, [entity.name, search, key])
}
