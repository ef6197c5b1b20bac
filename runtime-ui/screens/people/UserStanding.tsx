import { useQuery } from '@tanstack/react-query'
import { readStandings } from '../../api/rights.ts'
import { useWork } from '../../kit/model-context.tsx'
import { StandingMark } from '../../kit/StandingMark.tsx'

/** Where a user stands, for who administers them. */
export function UserStanding({ id }: { readonly id: string }) {
  const { me } = useWork()
  const query = useQuery({
    queryKey: ['records', 'user', 'standing', [id]],
    queryFn: ({ signal }) => readStandings([id], signal),
    enabled: me.administration.includes('users'),
  })
  const found = query.data?.[0]
  return found === undefined ? null : <StandingMark {...found} />
}
