import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useWork } from '../../runtime-ui/kit/model-context.tsx'
import { listWhole } from '../api.ts'
import { addressOf, definitionIn } from '../store/draft.ts'
import type { Json } from '../store/json-value.ts'
import { useStore } from '../store/store.tsx'
import { cardOf, type EntityCard } from './model-graph.ts'

/** All entities as the draft has them; those that it removes are left out. */
export function useEntities() {
  const { model } = useWork()
  const { draft, items, fates } = useStore()
  const query = useQuery({
    queryKey: ['meta', 'definitions', 'whole', 'entity', model.version],
    queryFn: () => listWhole('entity'),
    placeholderData: keepPreviousData,
  })
  const cards = useMemo(() => {
    const inForce = new Map<string, Json>(
      (query.data ?? []).map(({ name, definition }) => [name, definition]),
    )
    const made = [...fates].flatMap(([key, fate]) => {
      const { kind, name } = addressOf(key)
      return kind === 'entity' && fate === 'new' ? [name] : []
    })
    return [...new Set([...inForce.keys(), ...made])].flatMap((name): EntityCard[] => {
      const key = `entity/${name}`
      const start = items.has(key) ? (items.get(key)?.definition ?? undefined) : inForce.get(name)
      const now = definitionIn(draft, { kind: 'entity', name }, start)
      return now === undefined ? [] : [cardOf(name, now, inForce.get(name), fates.get(key))]
    })
  }, [query.data, draft, items, fates])
  return { query, cards }
}
