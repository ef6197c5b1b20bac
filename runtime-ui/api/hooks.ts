import { QueryClient, queryOptions, type UseQueryResult, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { wasAskedEarly } from './early.ts'
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

const meQuery = queryOptions({ queryKey: ['me'], queryFn: whoAmI, staleTime: 300_000 })

const modelQuery = (language: string) =>
  queryOptions({ queryKey: ['model', language], queryFn: getModel, staleTime: 30_000 })

/** Who is signed in. */
export const useMe = (): UseQueryResult<Me> => useQuery(meQuery)

/** The model in the page's language. */
export function useModelQuery(): UseQueryResult<Model> {
  const { i18n } = useTranslation()
  return useQuery({
    ...modelQuery(i18n.language),
    refetchOnWindowFocus: true,
    placeholderData: (previous) => previous,
  })
}

/** Milliseconds that the first drawing waits for them. */
const PATIENCE_MS = 100

/**
 * Reads who is here and the model from what was asked before the code had come, so that the first thing drawn is the page
 * itself; where that takes longer, it is its outline. In front of the door nothing was asked, and nothing is waited for.
 */
export async function readEarly(client: QueryClient, language: string): Promise<void> {
  if (!wasAskedEarly()) return
  const read = Promise.all([client.prefetchQuery(meQuery), client.prefetchQuery(modelQuery(language))])
  await Promise.race([read, new Promise((late) => setTimeout(late, PATIENCE_MS))])
}

/** An entity of a model by its name. */
export const entityOf = (model: Model, name: string): Entity | undefined =>
  model.entities.find((entity) => entity.name === name)
