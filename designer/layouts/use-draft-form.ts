import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { request } from '../../runtime-ui/api/client.ts'
import type { Entity, FormDescription } from '../../runtime-ui/api/types.ts'
import { useStore } from '../store/store.tsx'

export interface DraftForm {
  /** Both null where the role reads nothing of the entity. */
  readonly form: FormDescription | null
  readonly entity: Entity | null
}

export interface DraftFormQuestion {
  readonly entity: string
  /** The actor's own roles when absent. */
  readonly role?: string | undefined
  readonly record?: string | undefined
  readonly language: string
  readonly isOff?: boolean
}

/** The form and the page of an entity as they would be if the draft were published. */
export function useDraftForm({ entity, role, record, language, isOff = false }: DraftFormQuestion) {
  const { flush, stored, changeset } = useStore()
  return useQuery({
    queryKey: ['meta', 'draft-form', entity, role, record, language, changeset?.id, stored],
    queryFn: async ({ signal }) => {
      // What is on its way is stored first: it is that which is looked at.
      const query = { changeset: await flush(), role, record, language }
      const path = `/api/meta/forms/${encodeURIComponent(entity)}`
      return (await request<{ data: DraftForm }>(path, { query, signal })).data
    },
    enabled: entity !== '' && !isOff,
    placeholderData: keepPreviousData,
    retry: false,
  })
}
