import { useTranslation } from 'react-i18next'
import { InstantText } from '../../runtime-ui/kit/DateText.tsx'
import { Icon } from '../../runtime-ui/kit/icons/Icon.tsx'
import { JsonView } from '../JsonView.tsx'
import type { Fault, JournalStep, WholeRun } from './api.ts'
import { StepState } from './RunState.tsx'

/** Every step that a run took, in sentences: what went in, what came out, when, and what was wrong. */
export function Journal({ run }: { readonly run: WholeRun }) {
  const { t } = useTranslation()
  if (run.journal.length === 0) return <p className="t13 ink-3">{t('runs.noSteps')}</p>
  return (
    <ol className="journal">
      {run.journal.map((step) => (
        <StepItem key={step.number} step={step} />
      ))}
    </ol>
  )
}

function StepItem({ step }: { readonly step: JournalStep }) {
  const { t } = useTranslation()
  const parts = (['input', 'output'] as const).filter((part) => !isNothing(step[part]))
  return (
    <li className="journal-step" data-state={step.state} data-path={step.path}>
      <div className="row journal-head">
        <span className="num ink-3 journal-number">{step.number}</span>
        <span className="grow journal-sentence">{step.sentence}</span>
        {step.tries > 1 ? (
          <span className="t12 ink-3 nowrap">{t('runs.tries', { count: step.tries })}</span>
        ) : null}
        <StepState state={step.state} />
      </div>
      <div className="journal-more">
        <p className="t12 ink-3 row">
          <InstantText instant={step.begun_at} />
          <Took step={step} />
        </p>
        {step.fault === null ? null : <FaultText fault={step.fault} />}
        {parts.length === 0 ? null : (
          <details className="journal-data">
            <summary className="t13 ink-2">
              <Icon name="chevron_right" size="small" />
              {t('runs.data')}
            </summary>
            {parts.map((part) => (
              <div key={part}>
                <h3 className="t12 ink-3">{t(`runs.${part}`)}</h3>
                <JsonView value={step[part]} label={t(`runs.${part}`)} />
              </div>
            ))}
          </details>
        )}
      </div>
    </li>
  )
}

/** How long a step took, where that is worth a word. */
function Took({ step: { begun_at, ended_at } }: { readonly step: JournalStep }) {
  const { t } = useTranslation()
  if (ended_at === null) return null
  const ms = Date.parse(ended_at) - Date.parse(begun_at)
  if (ms < 1000) return null
  const seconds = Math.round(ms / 1000)
  const [key, count] =
    seconds < 120
      ? (['runs.seconds', seconds] as const)
      : seconds < 7200
        ? (['runs.minutes', Math.round(seconds / 60)] as const)
        : seconds < 172_800
          ? (['runs.hours', Math.round(seconds / 3600)] as const)
          : (['runs.days', Math.round(seconds / 86_400)] as const)
  return <span>{t(key, { count })}</span>
}

export function FaultText({ fault }: { readonly fault: Fault }) {
  return (
    <div className="journal-fault t13">
      <Icon name="alert" size="small" />
      <span>
        {fault.message} {fault.hint} <span className="mono ink-3">{fault.code}</span>
      </span>
    </div>
  )
}

function isNothing(value: unknown): boolean {
  return (
    value === null || value === undefined || (typeof value === 'object' && Object.keys(value).length === 0)
  )
}
