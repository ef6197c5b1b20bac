import { QueryClient, type UseQueryResult, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { ApiProblem } from './problem.ts'
import { getModel, whoAmI } from './session.ts'
import type { Entity, Me, Model } from './types.ts'

/** One cache for the page. A refusal is final; only silence and a database that is away are asked again. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 10_000,
        refetchOnWindowFocus: false,
        retry: (failures, error) => failures < 2 && isPassing(error),
        retryDelay: (failures) => 400 * 2 ** failures,
      },
      mutations: { retry: false },
    },
  })
}

function isPassing(error: unknown): boolean {
  return error instanceof ApiProblem && (error.status === 0 || error.status === 503)
}

/** Who is signed in. */
export const useMe = (): UseQueryResult<Me> =>
  useQuery({ queryKey: ['me'], queryFn: whoAmI, staleTime: 300_000 })

/** The model in the page's language. */
export function useModelQuery(): UseQueryResult<Model> {
  const { i18n } = useTranslation()
  return useQuery({
    queryKey: ['model', i18n.language],
    queryFn: getModel,
    staleTime: 30_000,
    refetchOnWindowFocus: true,
    placeholderData: (previous) => previous,
  })
}

/** An entity of a model by its name. */
export const entityOf = (model: Model, name: string): Entity | undefined =>
  model.entities.find((entity) => entity.name === name)
