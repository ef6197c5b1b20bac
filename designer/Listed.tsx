import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { LoadingRows } from '../runtime-ui/kit/Loading.tsx'
import { ProblemState, State } from '../runtime-ui/kit/State.tsx'

interface ListedProps {
  readonly query: Pick<UseQueryResult, 'isPending' | 'isError' | 'isSuccess' | 'error' | 'refetch'>
  /** What could not be read, by the key of its text. */
  readonly failed: string
  /** What there is nothing of, by the key of its text; undefined where there is something. */
  readonly empty?: string | undefined
  readonly children: ReactNode
}

/** A list of the designer with its other faces: while it loads, when it failed, and where it is empty. */
export function Listed({ query, failed, empty, children }: ListedProps) {
  const { t } = useTranslation()
  return (
    <div className="list-body">
      {query.isPending ? <LoadingRows /> : null}
      {query.isError ? (
        <ProblemState error={query.error} title={t(failed)} retry={() => void query.refetch()} />
      ) : null}
      {query.isSuccess && empty !== undefined ? <State joint="empty" title={t(empty)} /> : null}
      {children}
    </div>
  )
}
