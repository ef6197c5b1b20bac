import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { listRecords } from '../api/records.ts'
import type { Entity } from '../api/types.ts'
import { useWork } from '../kit/model-context.tsx'
import { recentOf } from '../kit/recent.ts'
import { titleOf } from '../values/references.ts'

const SHOWN = 20
/** Of what was looked at last: as many as leave room for the rest. */
const MOST_RECENT = 4
const PAUSE_MS = 200

/** Only records whose field holds this one are offered. */
export interface Within {
  readonly field: string
  readonly id: string
}

export interface Offered {
  readonly id: string
  readonly label: string
}

/** What a picker offers for a text: twenty at a time, never all; before anything is typed also what was looked at last. */
export function useOffered(
  entity: Entity | undefined,
  text: string,
  within: Within | undefined,
  isOpen: boolean,
) {
  const { me } = useWork()
  const q = usePaused(text)
  const name = entity?.name ?? ''
  const narrow = within === undefined ? undefined : { '==': [{ var: within.field }, within.id] }
  const fields = entity?.title === undefined ? 'id' : `id,${entity.title}`
  const key = ['records', name, 'pick', within?.field, within?.id]
  const found = useQuery({
    queryKey: [...key, q],
    queryFn: ({ signal }) => listRecords(name, { q, limit: SHOWN, fields, filter: narrow }, signal),
    enabled: isOpen && entity !== undefined,
    placeholderData: keepPreviousData,
  })
  const looked = recentOf(me.user.id).flatMap((one) => (one.entity === name ? [one.id] : []))
  const recent = useQuery({
    queryKey: [...key, 'recent', looked],
    queryFn: ({ signal }) => {
      // Asked for anew: what one looked at may be gone, have another name, or no longer be in sight.
      const among = { in: [{ var: 'id' }, looked] }
      const filter = narrow === undefined ? among : { and: [narrow, among] }
      return listRecords(name, { limit: SHOWN, fields, filter }, signal)
    },
    enabled: isOpen && q === '' && looked.length > 0 && entity !== undefined,
  })
  const named = (page: { readonly data: readonly { readonly id: string }[] } | undefined): Offered[] =>
    entity === undefined ? [] : (page?.data ?? []).map((one) => ({ id: one.id, label: titleOf(entity, one) }))
  const lastFirst = named(recent.data)
    .toSorted((one, other) => looked.indexOf(one.id) - looked.indexOf(other.id))
    .slice(0, MOST_RECENT)
  const last = q === '' ? lastFirst : []
  const isLast = new Set(last.map(({ id }) => id))
  const isSettled = q === text && found.isSuccess && !found.isPlaceholderData
  // Until the answer is there, of what was found before only what fits: Enter takes the first.
  const fits = ({ label }: Offered): boolean =>
    isSettled || label.toLowerCase().includes(text.trim().toLowerCase())
  return {
    last: last.filter(fits),
    others: named(found.data).filter((one) => !isLast.has(one.id) && fits(one)),
    /** Whether this is the answer to what stands there. */
    isSettled,
    isError: found.isError,
  }
}

/** A text that has rested for a moment. */
export function usePaused(text: string): string {
  const [paused, setPaused] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setPaused(text), text === '' ? 0 : PAUSE_MS)
    return () => clearTimeout(timer)
  }, [text])
  return paused
}
