import { queryOptions } from '@tanstack/react-query'
import { getDefinition } from '../api.ts'

/** A definition as it is in force, to compare a draft with. */
export const inForceQuery = (kind: string, name: string) =>
  queryOptions({
    queryKey: ['meta', 'definition', kind, name, 'in force'],
    queryFn: () => getDefinition(kind, name),
    retry: false, // one that is not there is an answer too
  })
