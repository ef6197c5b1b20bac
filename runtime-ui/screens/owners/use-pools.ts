import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { type Pool, poolsOfEntity } from '../../api/owners.ts'
import type { Entity, RecordData } from '../../api/types.ts'
import { referenceOf } from '../../values/references.ts'

/** The pools of an entity with what is left for one to claim; asked for only where there are any. */
export function usePools(entity: Entity): readonly Pool[] {
  const { i18n } = useTranslation()
  const query = useQuery({
    queryKey: ['records', entity.name, 'pools', i18n.language],
    queryFn: ({ signal }) => poolsOfEntity(entity.name, signal),
    enabled: entity.pools.length > 0,
  })
  return query.data ?? []
}

/** The pool in which a record lies. */
export function poolOf<P extends { readonly id: string }>(
  pools: readonly P[],
  record: RecordData,
): P | undefined {
  const owner = referenceOf(record.owner)?.id
  return owner == null ? undefined : pools.find(({ id }) => id === owner)
}
