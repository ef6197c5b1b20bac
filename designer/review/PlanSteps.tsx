import { Checkbox } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { Icon } from '../../runtime-ui/kit/icons/Icon.tsx'
import type { Plan, PlanStep } from '../api.ts'
import { definitionAddress } from '../places.ts'
import { ConversionNote } from './ConversionNote.tsx'
import { StepExamples } from './StepExamples.tsx'

interface PlanStepsProps {
  readonly plan: Plan
  /** Steps that lose something and were said yes to, as `kind path`. */
  readonly confirmed: ReadonlySet<string>
  readonly onConfirm: (confirmed: ReadonlySet<string>) => void
}

const TAGS = ['blocked', 'lossy', 'safe'] as const
const ICONS = { safe: 'check', lossy: 'alert', blocked: 'lock' } as const

/** The steps of a plan: first what keeps it from being published, then what loses something, then the others. */
export function PlanSteps({ plan, confirmed, onConfirm }: PlanStepsProps) {
  const { t } = useTranslation()
  const groups = TAGS.map((tag) => ({ tag, steps: plan.steps.filter((step) => step.tag === tag) }))
  const filled = groups.filter(({ steps }) => steps.length > 0)
  const blocked = groups[0]!.steps.length
  const toggle = (key: string, isOn: boolean): void => {
    const next = new Set(confirmed)
    if (isOn) next.add(key)
    else next.delete(key)
    onConfirm(next)
  }
  return (
    <section aria-label={t('drafts.reviewTitle')}>
      <h2 className="h2 review-lead">
        {blocked > 0
          ? t('drafts.blocked', { count: blocked })
          : plan.steps.length === 0
            ? t('drafts.nothing')
            : t('drafts.steps', { count: plan.steps.length })}
      </h2>
      {plan.steps.length === 0 ? <p className="ink-2">{t('drafts.nothingText')}</p> : null}
      {plan.steps.length === 0 ? null : (
        <div className="plan-bar" aria-hidden="true">
          {filled.toReversed().map(({ tag, steps }) => (
            <span key={tag} className={tag} style={{ flexGrow: steps.length }}>
              <b className="num">{steps.length}</b> {t(`drafts.tag.${tag}`)}
            </span>
          ))}
        </div>
      )}
      {filled.map(({ tag, steps }) => (
        <section key={tag} className="plan-group">
          <h3 className="h3 row">
            <i className={`plan-mark ${tag}`} aria-hidden="true" />
            {t(`drafts.tag.${tag}`)}
            <span className="count num">{steps.length}</span>
          </h3>
          {tag === 'lossy' ? <p className="t13 ink-2">{t('drafts.lossyKept')}</p> : null}
          <ol className="review-steps">
            {steps.map((step) => (
              <Line
                key={`${step.path}${step.kind}${step.sentence}`}
                step={step}
                isConfirmed={confirmed.has(`${step.kind} ${step.path}`)}
                onConfirm={(isOn) => toggle(`${step.kind} ${step.path}`, isOn)}
              />
            ))}
          </ol>
        </section>
      ))}
    </section>
  )
}

interface LineProps {
  readonly step: PlanStep
  readonly isConfirmed: boolean
  readonly onConfirm: (isConfirmed: boolean) => void
}

function Line({ step, isConfirmed, onConfirm }: LineProps) {
  const { t } = useTranslation()
  const { kind, name } = step.definition
  return (
    <li className={`review-step ${step.tag}`}>
      <Icon name={ICONS[step.tag]} />
      <div className="grow">
        <p>
          <Link className="plain-link" to={definitionAddress(kind, name)}>
            {step.sentence}
          </Link>
        </p>
        {step.note === undefined ? null : <p className="t13 ink-2">{step.note}</p>}
      </div>
      <span className="t13 ink-2 nowrap num">
        {step.records === undefined || step.conversion !== undefined
          ? ''
          : t('drafts.records', { count: step.records })}
        {step.prepare === true ? <span className="ink-3">{` ${t('drafts.prepared')}`}</span> : null}
      </span>
      {step.tag === 'lossy' ? (
        <Checkbox
          checked={isConfirmed}
          aria-label={t('drafts.confirmOf', { step: step.sentence })}
          onChange={(event) => onConfirm(event.target.checked)}
        >
          {t(isConfirmed ? 'drafts.confirmed' : 'drafts.confirm')}
        </Checkbox>
      ) : null}
      <Affected step={step} />
    </li>
  )
}

/** What becomes of values, and a few of the records: over the whole width, below what is counted and confirmed. */
function Affected({ step: { conversion, examples } }: Pick<LineProps, 'step'>) {
  if (conversion === undefined && examples === undefined) return null
  return (
    <div className="step-affected">
      {conversion === undefined ? null : <ConversionNote conversion={conversion} />}
      {examples === undefined ? null : <StepExamples examples={examples} />}
    </div>
  )
}
