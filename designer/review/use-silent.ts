import { useQuery, useQueryClient } from '@tanstack/react-query'
import { getSilent } from './silent-api.ts'

/** What is written meanwhile is told while the page is open, after so long, milliseconds. */
const AGAIN_MS = 4_000

/** What a draft that runs silently has found; looked at anew when the draft is, and while it runs. */
export function useSilent(id: string, hash: string | undefined) {
  const client = useQueryClient()
  const query = useQuery({
    queryKey: ['meta', 'silent', id, hash],
    queryFn: () => getSilent(id),
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
