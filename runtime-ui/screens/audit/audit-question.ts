import { useSearchParams } from 'react-router'
import type { AuditQuestion } from '../../api/audit.ts'

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

/** Where the audit tells of one record. */
export const auditAddress = (entity: string, record: string): string =>
  `/audit?entity=${encodeURIComponent(entity)}&record=${encodeURIComponent(record)}`
