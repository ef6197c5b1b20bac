import { useQuery } from '@tanstack/react-query'
import { type Dispatch, useEffect, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiProblem } from '../../api/problem.ts'
import { getRecord } from '../../api/records.ts'
import type { RecordData } from '../../api/types.ts'
import { theirsOf } from '../../forms/conflict.ts'
import { type Conflict, type Draft, type DraftAction, isDirty } from '../../forms/draft.ts'
import { writableOf } from '../../forms/form-data.ts'
import { expandAll } from '../../values/references.ts'
import { conflictOf, type FormSubject } from './send-draft.ts'

/** What others did to the record while its form is open. */
export interface Meanwhile {
  /** The record as it is stored by now. */
  readonly stored: RecordData | undefined
  /** Deleted, or no longer to be seen. */
  readonly isGone: boolean
  /** What they changed and the form does not show yet. */
  readonly conflict: Conflict | undefined
  /** What they changed and the form shows already: nothing had been typed. */
  readonly taken: Conflict | undefined
  /** Puts what does not clash into the form. */
  readonly take: () => void
  /** Shows both sides, field by field. */
  readonly look: () => void
}

const NONE: ReadonlySet<string> = new Set()

/** Hears of changes by others; a form in which nothing was typed follows them, any other one says so. */
export function useMeanwhile(
  { entity, id, form }: FormSubject,
  draft: Draft,
  isOff: boolean,
  dispatch: Dispatch<DraftAction>,
): Meanwhile {
  const { i18n } = useTranslation()
  const { data: stored, error } = useQuery({
    queryKey: ['records', entity.name, 'one', id ?? '', 'form', i18n.language],
    queryFn: ({ signal }) => getRecord(entity.name, id ?? '', expandAll(entity), signal),
    enabled: id !== undefined && !isOff,
    initialData: form.record ?? undefined,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  })
  const [taken, setTaken] = useState<Conflict>()
  const isBehind = (stored?.version ?? 0) > (draft.version ?? Number.POSITIVE_INFINITY)
  const conflict = useMemo(
    () => (isBehind && stored !== undefined ? conflictOf(form, draft, stored) : undefined),
    [isBehind, form, draft, stored],
  )
  const settle = (next: Conflict): void => {
    dispatch({ kind: 'conflicted', conflict: next })
    dispatch({ kind: 'settled', mine: NONE, fields: writableOf(form.schema) })
  }
  const isUnseen =
    conflict !== undefined &&
    conflict.comparison.clashes.length === 0 &&
    theirsOf(conflict.comparison).length === 0
  const isFollowed = conflict !== undefined && draft.conflict === undefined && (isUnseen || !isDirty(draft))
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each change that is followed
  useEffect(() => {
    if (!isFollowed || conflict === undefined) return
    if (!isUnseen) setTaken(conflict)
    settle(conflict)
  }, [isFollowed, conflict])
  return {
    stored,
    isGone: error instanceof ApiProblem && error.status === 404,
    conflict: isFollowed ? undefined : conflict,
    taken,
    take: () => {
      if (conflict === undefined) return
      setTaken(undefined)
      settle(conflict)
    },
    look: () => {
      if (conflict !== undefined) dispatch({ kind: 'conflicted', conflict: { ...conflict, isEarly: true } })
    },
  }
}
