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

/**
 * A refusal in the server's own words, with its hint; silence in ours.
 * @param labels of the fields that were sent: a problem at one begins with its name
 */
export function faultOf(error: unknown, t: TFunction, labels: Readonly<Record<string, string>> = {}): string {
  if (!(error instanceof ApiProblem) || error.status === 0) return t('state.unreachable')
  const [first] = error.items
  const message = first?.message || error.message
  const field = labels[first?.path.split('/')[1] ?? '']
  const told = field === undefined ? message : t('form.problemAt', { field, message })
  return first?.hint === undefined ? told : `${told} ${first.hint}`
}
