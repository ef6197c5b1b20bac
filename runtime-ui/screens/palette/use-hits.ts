import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type SearchAnswer, search } from '../../api/search.ts'

const PAUSE_MS = 90
const NOTHING: SearchAnswer = { data: [], more: [] }

/** What answers the words while they are typed; what answered before stands until then. */
export function useHits(words: string, entity: string | undefined) {
  const { i18n } = useTranslation()
  const [asked, setAsked] = useState(words)
  useEffect(() => {
    const timer = setTimeout(() => setAsked(words), PAUSE_MS)
    return () => clearTimeout(timer)
  }, [words])
  const query = useQuery({
    queryKey: ['search', asked, entity ?? null, i18n.language],
    queryFn: ({ signal }) => (asked === '' ? NOTHING : search(asked, entity, signal)),
    placeholderData: keepPreviousData,
  })
  const isCurrent = words === asked && !query.isPlaceholderData && !query.isFetching
  return {
    hits: words === '' ? NOTHING : (query.data ?? NOTHING),
    /** Whether what is shown answers what stands in the field now. */
    isCurrent,
    error: query.error,
  }
}
