import type { TFunction } from 'i18next'
import { ApiProblem } from '../api/problem.ts'
import { Icon } from './icons/Icon.tsx'

/** What went wrong with what was sent, over the fields. */
export function FaultNote({ id, fault }: { readonly id: string; readonly fault: string | undefined }) {
  if (fault === undefined) return null
  return (
    <div className="note bad-note" role="alert" id={id}>
      <Icon name="alert" />
      <span>{fault}</span>
    </div>
  )
}

/** A refusal in the server's own words, with its hint; silence in ours. */
export function faultOf(error: unknown, t: TFunction): string {
  if (!(error instanceof ApiProblem) || error.status === 0) return t('state.unreachable')
  const hint = error.items[0]?.hint
  return hint === undefined ? error.message : `${error.message} ${hint}`
}
