import type { UseQueryResult } from '@tanstack/react-query'
import { Input } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { Button } from '../../runtime-ui/kit/Button.tsx'
import { Icon } from '../../runtime-ui/kit/icons/Icon.tsx'
import { ProblemState } from '../../runtime-ui/kit/State.tsx'
import type { Plan, PlanScenario } from '../api.ts'
import { HowLong, Touched } from './PlanReach.tsx'
import { useOpenDraft } from './use-open-draft.ts'

interface PlanSideProps {
  /** The draft that goes on where one mends a scenario; undefined once it is settled. */
  readonly draft: string | undefined
  readonly plan: Plan
  /** What the scenarios say, which comes later than the plan. */
  readonly proof: Pick<UseQueryResult<readonly PlanScenario[]>, 'data' | 'isError' | 'error' | 'refetch'>
  readonly reason: string
  readonly onReason: (reason: string) => void
  /** Who must agree. */
  readonly children: ReactNode
}

/** Characters, as the engine takes them. */
const MAX_REASON = 2_000

/** The field for the reason. */
const REASON = 'override-reason'

/** Beside the steps: how long they take, what they touch, and what the scenarios say of it. */
export function PlanSide(props: PlanSideProps) {
  const { t } = useTranslation()
  const { proof } = props
  return (
    <aside className="plan-side">
      {props.children}
      <HowLong plan={props.plan} />
      <Touched plan={props.plan} />
      <section className="plan-part" aria-label={t('drafts.scenarios')}>
        <h2 className="h3">{t('drafts.scenarios')}</h2>
        {proof.isError ? (
          <ProblemState
            error={proof.error}
            title={t('drafts.proofFailed')}
            retry={() => void proof.refetch()}
          />
        ) : proof.data === undefined ? (
          <p className="row t13 ink-2" role="status">
            <span className="turns" aria-hidden="true" />
            {t('drafts.proving')}
          </p>
        ) : (
          <Scenarios {...props} scenarios={proof.data} />
        )}
      </section>
    </aside>
  )
}

/** Whether the draft has nothing to answer for: it holds, or did not before either. */
export const isHeld = ({ passed, already }: PlanScenario): boolean => passed || already === true

/** Above the steps: that publishing waits for a reason, which is written beside or, on a phone, far below them. */
export function FailingNote({ scenarios }: { readonly scenarios: readonly PlanScenario[] }) {
  const { t } = useTranslation()
  const count = scenarios.filter((one) => !isHeld(one)).length
  if (count === 0) return null
  return (
    <div className="note bad-note t13">
      <Icon name="alert" />
      <div>
        <p className="strong">{t('drafts.redNote', { count })}</p>
        <Button
          type="link"
          size="small"
          className="failing-way"
          onClick={() => document.getElementById(REASON)?.focus()}
        >
          {t('drafts.redWay')}
        </Button>
      </div>
    </div>
  )
}

interface ScenariosProps extends Pick<PlanSideProps, 'draft' | 'reason' | 'onReason'> {
  readonly scenarios: readonly PlanScenario[]
}

function Scenarios({ draft, scenarios, reason, onReason }: ScenariosProps) {
  const { t } = useTranslation()
  const failing = scenarios.filter(({ passed }) => !passed)
  const fresh = failing.filter((one) => !isHeld(one))
  const before = failing.filter(isHeld)
  const passing = scenarios.length - failing.length
  return (
    <>
      {scenarios.length === 0 ? (
        <p className="t13 ink-2">{t('drafts.noScenarios')}</p>
      ) : (
        <>
          <div className="plan-proof" aria-hidden="true">
            <span className="safe" style={{ flexGrow: passing }} />
            <span className="blocked" style={{ flexGrow: failing.length }} />
          </div>
          <p className="row t13">
            <span className="good">{t('drafts.green', { count: passing })}</span>
            {failing.length === 0 ? null : (
              <span className="bad">{t('drafts.red', { count: failing.length })}</span>
            )}
          </p>
        </>
      )}
      {fresh.map((scenario) => (
        <Failing key={scenario.name} {...{ draft, scenario }} />
      ))}
      {before.length === 0 ? null : (
        <details className="plan-before t13">
          <summary className="ink-2">{t('drafts.redBefore', { count: before.length })}</summary>
          {before.map((scenario) => (
            <Failing key={scenario.name} {...{ draft, scenario }} isOld />
          ))}
        </details>
      )}
      {fresh.length === 0 ? null : (
        <div className="field plan-reason">
          <label className="t13 strong" htmlFor={REASON}>
            {t('drafts.overrideReason')}
          </label>
          <Input.TextArea
            id={REASON}
            value={reason}
            maxLength={MAX_REASON}
            autoSize={{ minRows: 2, maxRows: 6 }}
            onChange={(event) => onReason(event.target.value)}
          />
        </div>
      )}
    </>
  )
}

/** Where one mends it: at the step that fails, `/steps/3/then/values` being the fourth. */
function placeOf(scenario: string, path = ''): string {
  const [, list, entry] = path.split('/')
  const at = entry === undefined ? '' : `#${list}/${entry}`
  return `/designer/scenario/${encodeURIComponent(scenario)}${at}`
}

interface FailingProps extends Pick<PlanSideProps, 'draft'> {
  readonly scenario: PlanScenario
  readonly isOld?: boolean
}

/** A requirement that would not be met any more: as far as its story goes, and what was found instead. */
function Failing({ draft, scenario, isOld = false }: FailingProps) {
  const { t } = useTranslation()
  const openDraft = useOpenDraft()
  const broken = scenario.story.find(({ outcome }) => outcome === 'failed')
  return (
    <div className="plan-failing" role={isOld ? undefined : 'alert'}>
      <p className="row strong t13">
        <Icon name="close" />
        <Link
          className="link"
          to={placeOf(scenario.name, broken?.path)}
          // The plan may be that of another draft than one works on: there the scenario may say otherwise.
          onClick={() => {
            if (draft !== undefined) void openDraft(draft)
          }}
        >
          {scenario.label}
        </Link>
      </p>
      {broken === undefined ? null : (
        <dl className="t12">
          <dt className="ink-3">{t('drafts.at')}</dt>
          <dd>{broken.text}</dd>
          {broken.expected === undefined ? null : (
            <>
              <dt className="ink-3">{t('designer.scenario.expected')}</dt>
              <dd>{broken.expected}</dd>
            </>
          )}
          {broken.found === undefined ? null : (
            <>
              <dt className="ink-3">{t('designer.scenario.found')}</dt>
              <dd className="bad">{broken.found}</dd>
            </>
          )}
        </dl>
      )}
    </div>
  )
}
