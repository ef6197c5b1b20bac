import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { type EntityTold, explainRole, type RoleTold } from '../../runtime-ui/api/rights.ts'
import type { Json } from '../store/json-value.ts'
import { isUnder } from './said.ts'

/** What a role comes to as the draft has it, in the words of the engine that will decide by it. */
export function useTold(role: Json | undefined) {
  const { i18n } = useTranslation()
  return useQuery({
    queryKey: ['rights', 'role', role, i18n.language],
    queryFn: ({ signal }) => explainRole(role, signal),
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
