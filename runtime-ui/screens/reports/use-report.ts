import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useIsLive } from '../../api/live.ts'
import { changeToken, previewReport, type ReportQuestion, runReport, trendOf } from '../../api/reports.ts'
import { withGaps } from './time-gaps.ts'

/** How often it is asked whether a record has changed, milliseconds: figures follow a write within five seconds. */
const ASK_MS = 3_000
/** Where it is heard: a record that goes out of one's sight is not told of. */
const ASK_WHEN_LIVE_MS = 30_000

/** Another token whenever a record may have changed: asked for when that is heard, and again and again where nothing is. */
export function useChangeToken(): string {
  const isLive = useIsLive()
  const { data = '' } = useQuery({
    queryKey: ['changes'],
    queryFn: changeToken,
    refetchInterval: isLive ? ASK_WHEN_LIVE_MS : ASK_MS,
    refetchOnWindowFocus: true,
    staleTime: 0,
  })
  return data
}

/** A report as it is now; while new figures come, those of before stay. */
export function useReport(name: string, question: ReportQuestion) {
  const { i18n } = useTranslation()
  const token = useChangeToken()
  return useQuery({
    queryKey: ['report', name, question, i18n.language, token],
    queryFn: ({ signal }) => runReport(name, question, signal),
    placeholderData: keepPreviousData,
    select: withGaps,
    enabled: token !== '',
    gcTime: 60_000,
  })
}

/** The same of a report that is only written so far. */
export function useReportPreview(definition: object) {
  const { i18n } = useTranslation()
  const token = useChangeToken()
  return useQuery({
    queryKey: ['report-preview', definition, i18n.language, token],
    queryFn: ({ signal }) => previewReport(definition, signal),
    placeholderData: keepPreviousData,
    select: withGaps,
    enabled: token !== '',
    retry: false,
    gcTime: 60_000,
  })
}

export function useTrend(name: string) {
  return useQuery({ queryKey: ['trend', name], queryFn: () => trendOf(name), staleTime: 300_000 })
}
