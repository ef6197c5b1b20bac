import {
  infiniteQueryOptions,
  keepPreviousData,
  useInfiniteQuery,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { type ListQuestion, listRecords, type Measure, totals } from '../../api/records.ts'
import type { Entity, RecordData, View } from '../../api/types.ts'
import { useWork } from '../../kit/model-context.tsx'
import { fieldAt, leadsToOne } from '../../values/references.ts'
import { bothOf } from './filter-rule.ts'
import { columnsOf, effectiveFilter, type ListState, sortOf } from './list-state.ts'

const PAGE_SIZE = 50

/** What one list asks of the API, apart from the page. */
export function useListQuestion(
  entity: Entity,
  view: View | undefined,
  state: Omit<ListState, 'widths' | 'frozen'>,
): ListQuestion {
  const { model } = useWork()
  const columns = columnsOf(entity, view, { columns: state.columns })
  const filter = effectiveFilter(state, view)
  const sort = sortOf(state, view)
  const expand = expandOf(
    columns.map((column) => column.field),
    (name) => {
      const field = fieldAt(model.entities, entity, name)
      // Where it leads may be unknown to who asks: then the id alone comes, which tells one's own from others'.
      const isKnown = field?.relation !== undefined && field.relation.to.length > 0
      return isKnown && (leadsToOne(field) || field.relation?.kind === 'many')
    },
  )
  return {
    limit: PAGE_SIZE,
    ...(filter === undefined ? {} : { filter }),
    ...(sort === undefined ? {} : { sort }),
    ...(state.q === '' ? {} : { q: state.q }),
    ...(expand === '' ? {} : { expand }),
  }
}

/** Lookups among the columns, and those that a path goes through. */
function expandOf(columns: readonly string[], isLookup: (name: string) => boolean): string {
  const paths = columns.flatMap((column) => {
    if (isLookup(column)) return [column]
    return column.includes('.') ? [column.slice(0, column.lastIndexOf('.'))] : []
  })
  return [...new Set(paths)].join(',')
}

/** The pages of a list so far, with the next one on demand; the count comes with the first. */
export function useList(
  entity: Entity,
  question: ListQuestion,
  { enabled = true, counts = true }: { readonly enabled?: boolean; readonly counts?: boolean } = {},
) {
  const { i18n } = useTranslation()
  const client = useQueryClient()
  const asked = infiniteQueryOptions({
    queryKey: ['records', entity.name, 'list', question, i18n.language],
    queryFn: ({ pageParam, signal }) =>
      listRecords(
        entity.name,
        {
          ...question,
          ...(pageParam !== '' ? { after: pageParam } : counts ? { count: 'estimated' as const } : {}),
        },
        signal,
      ),
    initialPageParam: '',
    getNextPageParam: (last) => last.page.next ?? undefined,
  })
  // Asked for while the page is drawn, not once it stands: the first sight of a list waits for both.
  if (enabled && client.getQueryState(asked.queryKey) === undefined) void client.prefetchInfiniteQuery(asked)
  const query = useInfiniteQuery({ ...asked, placeholderData: keepPreviousData, enabled })
  const pages = query.data?.pages
  const records = useMemo(() => distinct((pages ?? []).flatMap((page) => page.data)), [pages])
  return { ...query, records, count: pages?.[0]?.count, countKind: pages?.[0]?.count_kind }
}

/** A record that moved between two pages while they were read is shown once, where it came first. */
function distinct(records: readonly RecordData[]): readonly RecordData[] {
  const seen = new Set<string>()
  return records.filter((record) => !seen.has(record.id) && seen.add(record.id) !== undefined)
}

/** The exact number of records, asked for only when somebody wants to know. */
export function useExactCount(entity: Entity, question: ListQuestion, wanted: boolean) {
  const { filter, q } = question
  return useQuery({
    queryKey: ['records', entity.name, 'count', filter ?? null, q ?? ''],
    queryFn: async () =>
      (await listRecords(entity.name, { filter, q, limit: 1, fields: 'id', count: 'exact' })).count,
    enabled: wanted,
  })
}

/** The sums at the foot; not while searching, which aggregates do not know. */
export function useTotals(
  entity: Entity,
  view: View | undefined,
  state: ListState,
  /** Of these alone: the days that a calendar shows. */
  within?: unknown,
) {
  const measures: Measure[] = (view?.columns ?? []).flatMap(({ field, total }) =>
    total === undefined ? [] : [total === 'count' ? { fn: total } : { fn: total, field }],
  )
  const filter = bothOf(effectiveFilter(state, view), within)
  return useQuery({
    queryKey: ['records', entity.name, 'totals', filter ?? null, measures],
    queryFn: () => totals(entity.name, filter, measures),
    enabled: measures.length > 0 && state.q === '',
  })
}
