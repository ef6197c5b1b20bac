import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useWork } from '../../runtime-ui/kit/model-context.tsx'
import { listWhole } from '../api.ts'
import { addressOf, definitionIn } from './draft.ts'
import type { Json } from './json-value.ts'
import { useStore } from './store.tsx'

export interface WholeNow {
  readonly name: string
  readonly definition: Json
}

/** All definitions of a kind as the draft has them; those that it removes are left out. Empty until they have come. */
export function useWhole(kind: string): readonly WholeNow[] {
  const { model } = useWork()
  const { draft, items, fates } = useStore()
  const { data = [] } = useQuery({
    queryKey: ['meta', 'definitions', 'whole', kind, model.version],
    queryFn: () => listWhole(kind),
    placeholderData: keepPreviousData,
  })
  const inForce = new Map<string, Json>(data.map(({ name, definition }) => [name, definition]))
  const made = [...fates].flatMap(([key, fate]) => {
    const of = addressOf(key)
    return of.kind === kind && fate === 'new' ? [of.name] : []
  })
  return [...new Set([...inForce.keys(), ...made])].flatMap((name): WholeNow[] => {
    const key = `${kind}/${name}`
    const start = items.has(key) ? (items.get(key)?.definition ?? undefined) : inForce.get(name)
    const definition = definitionIn(draft, { kind, name }, start)
    return definition === undefined ? [] : [{ name, definition }]
  })
}
