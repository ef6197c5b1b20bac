import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Entity } from '../../../api/types.ts'
import { ownViews } from '../../../api/views.ts'

/** Where own views are kept; what saves or removes one makes it anew. */
export const OWN_VIEWS = 'own-views'

/** An entity with the views of one's own and of one's teams behind those of everybody. */
export function useOwnViews(entity: Entity): Entity {
  const { i18n } = useTranslation()
  const { data } = useQuery({
    queryKey: [OWN_VIEWS, i18n.language],
    queryFn: ({ signal }) => ownViews(signal),
    staleTime: 60_000,
  })
  return useMemo(() => {
    const own = (data ?? []).filter((view) => view.entity === entity.name)
    return own.length === 0 ? entity : { ...entity, views: [...entity.views, ...own] }
  }, [entity, data])
}
