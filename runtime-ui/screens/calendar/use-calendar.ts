import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { type ListQuestion, listRecords, patchRecord } from '../../api/records.ts'
import type { Entity, Field, RecordData } from '../../api/types.ts'
import { formatDate } from '../../kit/format.ts'
import { useLanguage, useWork } from '../../kit/model-context.tsx'
import { toast } from '../../kit/toast.tsx'
import { today, wallClockOf } from '../../kit/zoned.ts'
import { bothOf } from '../list/filter-rule.ts'
import { useRefusal } from '../record/use-delete.ts'
import { dayOf, daysRule, movedBy } from './days.ts'

/** Records that a calendar reads at most: more would be no picture any more. */
export const MOST_RECORDS = 1000
const PAGE = 200

/** The records that stand on some days. */
export function useDays(
  entity: Entity,
  date: Field,
  until: Field | undefined,
  days: readonly string[],
  question: ListQuestion,
) {
  const { model } = useWork()
  const { i18n } = useTranslation()
  const rule = daysRule(date, until, days[0]!, days.at(-1)!, model.timeZone)
  const asked = { ...question, filter: bothOf(question.filter, rule), sort: date.name, limit: PAGE }
  return useQuery({
    queryKey: ['records', entity.name, 'days', asked, i18n.language],
    queryFn: async ({ signal }) => {
      const records: RecordData[] = []
      let after: string | null = ''
      while (after !== null && records.length < MOST_RECORDS) {
        const page: Awaited<ReturnType<typeof listRecords>> = await listRecords(
          entity.name,
          after === '' ? asked : { ...asked, after },
          signal,
        )
        records.push(...page.data)
        after = page.page.next
      }
      return { records, isCut: after !== null }
    },
    placeholderData: keepPreviousData,
  })
}

/** Takes a record to another day or hour, with its end; the toast takes it back. */
export function useMoveDay(entity: Entity, date: Field, until: Field | undefined) {
  const { t } = useTranslation()
  const { model } = useWork()
  const language = useLanguage()
  const queryClient = useQueryClient()
  const refuse = useRefusal()
  const busy = useRef(false)
  const put = async (
    record: RecordData,
    values: object,
    version: number | undefined,
  ): Promise<RecordData> => {
    try {
      return await patchRecord(entity.name, record.id, values, version)
    } finally {
      await queryClient.invalidateQueries({ queryKey: ['records'] })
    }
  }
  return async (record: RecordData, days: number, minutes = 0): Promise<void> => {
    const moving = [date, until].filter(
      (field) => field !== undefined && record[field.name] != null,
    ) as Field[]
    if ((days === 0 && minutes === 0) || busy.current || moving.length === 0) return
    busy.current = true
    const zone = model.timeZone
    const values = Object.fromEntries(
      moving.map((field) => [field.name, movedBy(field, record[field.name], { days, minutes }, zone)]),
    )
    const before = Object.fromEntries(moving.map((field) => [field.name, record[field.name]]))
    try {
      const stored = await put(record, values, record.version)
      const day = dayOf(date, values[date.name], zone) ?? ''
      const told = formatDate(day, language, today(zone))
      const time = minutes === 0 ? '' : wallClockOf(String(values[date.name]), zone).time.slice(0, 5)
      toast({
        text: t(minutes === 0 ? 'calendar.moved' : 'calendar.movedTo', { day: told, time }),
        undo: async () => {
          await put(record, before, stored.version).catch(refuse)
        },
      })
    } catch (error) {
      refuse(error)
    } finally {
      busy.current = false
    }
  }
}
