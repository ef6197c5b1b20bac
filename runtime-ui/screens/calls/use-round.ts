import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { type ListQuestion, listRecords } from '../../api/records.ts'
import { useWork } from '../../kit/model-context.tsx'
import { beginRound, type Round, readRound } from './round.ts'

function keptAt(key: string): Round | undefined {
  try {
    return readRound(localStorage.getItem(key))
  } catch {
    return undefined // storage is refused in some private windows
  }
}

/** As many as anybody calls in a day or two; who has more begins another round. */
export const MOST_CALLS = 200

/**
 * The round through a list: one that was begun on this device goes on, else a new one through what the list shows now.
 * @param place the list's address: each list has a round of its own
 */
export function useRound(entity: string, place: string, question: ListQuestion) {
  const { me } = useWork()
  const key = `tenon.calls.${me.user.id}.${entity}?${place}`
  const [kept, setKept] = useState<Round | undefined>(() => keptAt(key))
  const fresh = useQuery({
    queryKey: ['calls', entity, question],
    queryFn: async () => {
      const { expand: _expand, ...rest } = question
      const { data } = await listRecords(entity, { ...rest, fields: 'id', limit: MOST_CALLS })
      return data.map(({ id }) => id)
    },
    enabled: kept === undefined,
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
  })
  const round = kept ?? (fresh.data === undefined ? undefined : beginRound(fresh.data))
  const change = (next: Round | undefined): void => {
    setKept(next)
    try {
      if (next === undefined) localStorage.removeItem(key)
      else localStorage.setItem(key, JSON.stringify(next))
    } catch {
      // Nothing is kept then: the round lasts as long as the page.
    }
  }
  const anew = (): void => {
    change(undefined)
    void fresh.refetch()
  }
  return {
    round,
    change,
    anew,
    isKept: kept !== undefined,
    error: fresh.isError ? fresh.error : undefined,
    retry: fresh.refetch,
  }
}
