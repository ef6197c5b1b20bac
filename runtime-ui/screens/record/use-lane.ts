import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { recordLane } from '../../api/lane.ts'
import type { Entity, RecordData } from '../../api/types.ts'

/** The way of a record across entities. */
export function useLane(entity: Entity, record: RecordData) {
  const { i18n } = useTranslation()
  return useQuery({
    queryKey: ['records', entity.name, 'one', record.id, 'lane', i18n.language],
    queryFn: ({ signal }) => recordLane(entity.name, record.id, signal),
    enabled: entity.lane === true,
  })
}

/** Whether a record may be converted, and has not been. */
export function useMayConvert(entity: Entity, record: RecordData): boolean {
  const { data } = useLane(entity, record)
  if (entity.converts === undefined || data === undefined) return false
  return data.at(-1)?.is_this === true
}
