import { useTranslation } from 'react-i18next'
import { Icon } from '../kit/icons/Icon.tsx'
import type { FormProblem, Labels } from './problems.ts'

export interface ProblemSummaryProps {
  readonly problems: readonly FormProblem[]
  readonly labels: Labels
  readonly onProblem: (field: string) => void
}

/**
 * Puts the cursor into a field, or shows it where it cannot be written into.
 * @param form the id of the form, where two are open
 */
export function goToField(name: string, form?: string): void {
  const within = form === undefined ? document : document.getElementById(form)
  const holder = within?.querySelector<HTMLElement>(`[data-field="${CSS.escape(name)}"]`)
  const control = holder?.querySelector<HTMLElement>(
    'input:not([type="hidden"]):not([hidden]), textarea, button, [contenteditable="true"]',
  )
  holder?.scrollIntoView({ block: 'center' })
  control?.focus({ preventScroll: true })
}

/** All that keeps a form from being saved, once at the top, each a link to its field. */
export function ProblemSummary({ problems, labels, onProblem }: ProblemSummaryProps) {
  const { t } = useTranslation()
  if (problems.length === 0) return null
  return (
    <div className="note bad-note" role="alert" id="problems">
      <Icon name="alert" />
      <div className="grow">
        <div className="strong">{t('form.problems', { count: problems.length })}</div>
        <ul className="problem-links t13">
          {problems.map((problem) => (
            <li key={`${problem.field ?? ''} ${problem.message}`}>
              <ProblemLink problem={problem} labels={labels} onProblem={onProblem} />
            </li>
          ))}
        </ul>
      </div>
    </div>
  )
}

function ProblemLink({
  problem: { field, message },
  labels,
  onProblem,
}: {
  readonly problem: FormProblem
  readonly labels: Labels
  readonly onProblem: (field: string) => void
}) {
  const { t } = useTranslation()
  if (field === undefined) return <span>{message}</span>
  return (
    <button type="button" className="plain-button problem-link" onClick={() => onProblem(field)}>
      {t('form.problemAt', { field: labels.get(field) ?? field, message })}
    </button>
  )
}
