import { useQuery, useQueryClient } from '@tanstack/react-query'
import { getPilot } from './pilot-api.ts'

/** Who tries a draft, and whether somebody could; looked at anew when the draft is. */
export function usePilot(id: string, hash: string | undefined) {
  const client = useQueryClient()
  const query = useQuery({ queryKey: ['meta', 'pilot', id, hash], queryFn: () => getPilot(id) })
  return {
    state: query.data,
    /** Somebody has been given the draft, or has it no more: that may be whoever looks. */
    renew: async (): Promise<void> => {
      await Promise.all(
        [['meta', 'pilot'], ['meta', 'changesets'], ['me'], ['model']].map((queryKey) =>
          client.invalidateQueries({ queryKey }),
        ),
      )
    },
  }
}
