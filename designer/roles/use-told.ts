import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { type EntityTold, explainRole, type RoleTold } from '../../runtime-ui/api/rights.ts'
import type { Json } from '../store/json-value.ts'
import { useStore } from '../store/store.tsx'
import { useDrafted } from '../store/use-rule-check.ts'
import { isUnder } from './said.ts'

/** Kinds that roles speak of. */
const SPOKEN_OF: ReadonlySet<string> = new Set([
  ...['entity', 'option_set', 'pipeline', 'role', 'app', 'view', 'report', 'dashboard'],
])

/** What a role comes to with what else the draft holds, in the words of the engine that will decide by it. */
export function useTold(role: Json | undefined) {
  const { i18n } = useTranslation()
  const { flush } = useStore()
  const drafted = useDrafted(SPOKEN_OF, `role/${String(role?.name)}`)
  return useQuery({
    queryKey: ['rights', 'role', role, i18n.language, drafted],
    // What is on its way is stored first: it is that which the role is told with.
    queryFn: async ({ signal }) =>
      explainRole(role, signal, drafted === undefined ? undefined : await flush()),
    enabled: role !== undefined,
    placeholderData: keepPreviousData,
  })
}

export const entityTold = (told: RoleTold | undefined, entity: string): EntityTold | undefined =>
  told?.entities.find(({ name }) => name === entity)

/** What is wrong at a place of the role, in one text. */
export function faultAt(told: RoleTold | undefined, path: readonly string[]): string | undefined {
  const here = told?.problems.filter((problem) => isUnder(problem.path, path)) ?? []
  return here.length === 0 ? undefined : here.map(({ message }) => message).join(' ')
}
