import { useQuery, useQueryClient } from '@tanstack/react-query'
import { getSilent } from './silent-api.ts'

/** What is written meanwhile is told while the page is open, after so long, milliseconds. */
const AGAIN_MS = 4_000

/** The figures of a draft that runs silently; looked at anew when the draft is, and while it runs. */
export function useSilent(id: string, hash: string | undefined) {
  const client = useQueryClient()
  const query = useQuery({
    queryKey: ['meta', 'silent', id, hash],
    queryFn: () => getSilent(id, true),
    refetchInterval: ({ state }) => (state.data?.run?.ended === null ? AGAIN_MS : false),
  })
  return {
    state: query.data,
    renew: async (): Promise<void> => {
      await Promise.all(
        [
          ['meta', 'silent'],
          ['meta', 'changesets'],
        ].map((queryKey) => client.invalidateQueries({ queryKey })),
      )
    },
  }
}

/** The same with the examples, looked at anew when there is more. */
export function useSilentExamples(id: string, lookedAt: number) {
  return useQuery({
    queryKey: ['meta', 'silent', id, 'examples', lookedAt],
    queryFn: () => getSilent(id, false),
    placeholderData: (before) => before,
  })
}
