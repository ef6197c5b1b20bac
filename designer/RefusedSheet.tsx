import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiProblem } from '../runtime-ui/api/problem.ts'
import { faultOf } from '../runtime-ui/kit/FaultNote.tsx'
import { Sheet } from '../runtime-ui/kit/Sheet.tsx'
import type { Fault } from './api.ts'
import { saidProblem } from './inspector/said-problem.ts'
import './refused.css'

interface RefusedSheetProps {
  /** What was refused, as the request told it; undefined: nothing. */
  readonly refusal: unknown
  /** A place in words; '' where the problem is of the whole. */
  readonly place?: (pointer: string) => string
  /** The property alone that a place is about, for what is missing; '' where nothing is known. */
  readonly property?: (pointer: string) => string
  /** Whether the pointers are told as well: to whoever has to look for them in a file. */
  readonly hasPointers?: boolean
  /** What can be done about it here. */
  readonly acts?: ReactNode
  readonly onClose: () => void
}

/** All that is wrong with what was asked for, place by place, until it is closed: nothing of it was done. */
export function RefusedSheet({ refusal, place, property, hasPointers, acts, onClose }: RefusedSheetProps) {
  const { t } = useTranslation()
  const faults = faultsIn(refusal)
  return (
    <Sheet
      open={refusal !== undefined}
      title={t('refused.title')}
      footer={acts === undefined ? undefined : <span className="row">{acts}</span>}
      onClose={onClose}
    >
      {refusal === undefined ? null : (
        <div className="role-form" role="alert">
          {faults.length === 0 ? (
            <p>{faultOf(refusal, t)}</p>
          ) : (
            <>
              <p className="ink-2">{t('refused.text')}</p>
              <ul className="refused">
                {faults.map((fault) => {
                  const { path, message, hint } = fault
                  const where = place?.(path) ?? ''
                  return (
                    <li key={`${path} ${message}`}>
                      {where === '' ? null : <span className="strong">{where}</span>}
                      <span>{saidProblem({ ...fault, hint: undefined }, property?.(path) ?? '', t)}</span>
                      {hint === undefined ? null : <span className="ink-2">{hint}</span>}
                      {hasPointers === true && path !== '' ? <code>{path}</code> : null}
                    </li>
                  )
                })}
              </ul>
            </>
          )}
        </div>
      )}
    </Sheet>
  )
}

/** What the server said of each place; none where it did not answer. */
export const faultsIn = (refusal: unknown): readonly Fault[] =>
  refusal instanceof ApiProblem ? refusal.items : []
