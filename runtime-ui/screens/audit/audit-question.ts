import { useSearchParams } from 'react-router'
import type { AuditQuestion } from '../../api/audit.ts'
import { instantOf } from '../../kit/zoned.ts'

const KEYS = ['user', 'entity', 'record', 'field', 'action', 'from', 'until'] as const

/** The question in the address, so that it can be passed on, and the way to change it. */
export function useAuditQuestion(): {
  readonly question: AuditQuestion
  readonly change: (next: { readonly [K in (typeof KEYS)[number]]?: string | undefined }) => void
} {
  const [search, setSearch] = useSearchParams()
  const question: AuditQuestion = Object.fromEntries(
    KEYS.flatMap((key) => {
      const value = search.get(key)
      return value === null || value === '' ? [] : [[key, value]]
    }),
  )
  return {
    question,
    change: (next) =>
      setSearch(
        (before) => {
          const after = new URLSearchParams(before)
          for (const [key, value] of Object.entries(next)) {
            if (value === undefined || value === '') after.delete(key)
            else after.set(key, value)
          }
          return after
        },
        { replace: true },
      ),
  }
}

const COLUMNS = { user: 'actor', entity: 'entity', record: 'record', action: 'action' } as const

/** The question as a rule over the entries; days are those of the workspace, the last one whole. */
export function filterOf(question: AuditQuestion, timeZone: string): unknown {
  const equal = Object.entries(COLUMNS).flatMap(([key, name]) => {
    const value = question[key as keyof typeof COLUMNS]
    return value === undefined ? [] : [{ '==': [{ var: name }, value] }]
  })
  const { field, entity, from, until } = question
  const midnight = (day: string) => instantOf({ date: day, time: '00:00:00' }, timeZone)
  const parts = [
    ...equal,
    ...(field === undefined || entity === undefined ? [] : [{ has: [{ var: 'fields' }, field] }]),
    ...(from === undefined ? [] : [{ '>=': [{ var: 'at' }, midnight(from)] }]),
    ...(until === undefined ? [] : [{ '<': [{ var: 'at' }, midnight(dayAfter(until))] }]),
  ]
  return parts.length === 0 ? undefined : { and: parts }
}

const dayAfter = (day: string): string => new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10)

/** Where the audit tells of one record. */
export const auditAddress = (entity: string, record: string): string =>
  `/audit?entity=${encodeURIComponent(entity)}&record=${encodeURIComponent(record)}`
