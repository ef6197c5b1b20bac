import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import {
  type Figures,
  groupFigures,
  type ListQuestion,
  listRecords,
  type Measure,
} from '../../api/records.ts'
import type { Entity, Field, Option, RecordData, Stage, View } from '../../api/types.ts'
import { bothOf } from '../list/filter-rule.ts'

/** A column of a board: the records that have this value. */
export interface BoardColumn {
  /** Null: those without any. */
  readonly name: string | null
  readonly option: Option | Stage | undefined
}

const CARDS_AT_ONCE = 20

/** The columns of a board in the order of the field's values, those without a value first. */
export function columnsOfBoard(entity: Entity, field: Field): readonly BoardColumn[] {
  const options = entity.pipelines[field.name] ?? field.options ?? []
  const named = options.map((option) => ({ name: option.name, option }))
  return field.type === 'stage' || field.required ? named : [{ name: null, option: undefined }, ...named]
}

/** How many records stand in each column, by its value ('' stands for none), and the sums that the view asks for. */
export function useFigures(entity: Entity, field: Field, view: View, question: ListQuestion) {
  const sums: Measure[] = view.columns.flatMap(({ field: of, total }) =>
    total === undefined || total === 'count' ? [] : [{ fn: total, field: of }],
  )
  const { filter, q } = question
  return useQuery({
    queryKey: ['records', entity.name, 'figures', field.name, filter ?? null, q ?? '', sums],
    queryFn: async () => {
      const rows = await groupFigures(entity.name, [field.name], { filter, q }, [{ fn: 'count' }, ...sums])
      return new Map<string, Figures>(rows.map((row) => [columnOf(row[field.name]), row]))
    },
    placeholderData: keepPreviousData,
  })
}

/** The cards of one column so far, with more on demand. */
export function useCards(entity: Entity, field: Field, column: BoardColumn, question: ListQuestion) {
  const { i18n } = useTranslation()
  const own = { '==': [{ var: field.name }, column.name] }
  const asked = { ...question, filter: bothOf(question.filter, own), limit: CARDS_AT_ONCE }
  const query = useInfiniteQuery({
    queryKey: ['records', entity.name, 'list', asked, i18n.language],
    queryFn: ({ pageParam, signal }) =>
      listRecords(entity.name, { ...asked, ...(pageParam === '' ? {} : { after: pageParam }) }, signal),
    initialPageParam: '',
    getNextPageParam: (last) => last.page.next ?? undefined,
    placeholderData: keepPreviousData,
  })
  const cards: readonly RecordData[] = query.data?.pages.flatMap(({ data }) => data) ?? []
  return { ...query, cards }
}

const columnOf = (value: unknown): string => (typeof value === 'string' ? value : '')
