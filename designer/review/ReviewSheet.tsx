import { Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../runtime-ui/kit/Button.tsx'
import { faultOf } from '../../runtime-ui/kit/FaultNote.tsx'
import { Icon } from '../../runtime-ui/kit/icons/Icon.tsx'
import { LoadingRows } from '../../runtime-ui/kit/Loading.tsx'
import { Sheet } from '../../runtime-ui/kit/Sheet.tsx'
import type { Plan, PlanScenario } from '../api.ts'
import { ChangeLine, usePlace } from './ChangeLine.tsx'
import { ProblemList } from './ProblemList.tsx'
import { changesOf, fatesOf } from './role-draft.ts'
import { useRoles } from './roles-context.tsx'
import { type Review, useReview } from './use-review.ts'

/** What publishing the draft would do, told by the engine before it is done. */
export function ReviewSheet({ open, onClose }: { readonly open: boolean; readonly onClose: () => void }) {
  const { t } = useTranslation()
  const { review, publish, again } = useReview(open, onClose)
  const [reason, setReason] = useState('')
  const failing = 'plan' in review ? review.plan.scenarios.filter(({ passed }) => !passed) : []
  const isExcused = failing.length === 0 || reason.trim() !== ''
  const isReady =
    review.state === 'planned' && isExcused && review.plan.steps.every(({ tag }) => tag !== 'blocked')
  const isBusy = review.state === 'publishing'
  return (
    <Sheet
      open={open}
      title={t('roles.reviewTitle')}
      width={560}
      onClose={onClose}
      footer={
        <div className="row review-foot">
          <Button onClick={onClose}>{t('leave.stay')}</Button>
          {review.state === 'conflict' || review.state === 'failed' ? (
            <Button type="primary" onClick={again}>
              {t(review.state === 'conflict' ? 'roles.overTheirs' : 'state.retry')}
            </Button>
          ) : (
            <Button
              type="primary"
              disabled={!isReady && !isBusy}
              aria-busy={isBusy}
              onClick={() => publish(failing.length === 0 ? undefined : reason.trim())}
            >
              {t('roles.publish')}
            </Button>
          )}
        </div>
      }
    >
      <div className="review" aria-live="polite">
        <Face review={review} />
        {failing.length === 0 ? null : <Override failing={failing} reason={reason} onReason={setReason} />}
      </div>
    </Sheet>
  )
}

function Face({ review }: { readonly review: Review }) {
  const { t } = useTranslation()
  const place = usePlace()
  switch (review.state) {
    case 'preparing':
      return <LoadingRows rows={5} />
    case 'failed':
      return <Trouble title={t('roles.planFailed')}>{faultOf(review.error, t)}</Trouble>
    case 'problems':
      return (
        <Trouble title={t('roles.problems', { count: review.problems.length })}>
          <ProblemList problems={review.problems} below={2} />
        </Trouble>
      )
    case 'conflict':
      return (
        <Trouble title={t('roles.conflict')}>
          <p>{t('roles.conflictText')}</p>
          <ul>
            {review.conflicts.map((one) => (
              <li key={`${one.role}/${one.path.join('/')}`} className="strong">
                {one.role}: {place(one.path)}
              </li>
            ))}
          </ul>
        </Trouble>
      )
    case 'planned':
    case 'publishing':
      return <Steps plan={review.plan} moved={review.moved} />
  }
}

/** Characters, as the engine takes them. */
const MAX_REASON = 2_000

const TAG_ICONS = { safe: 'check', lossy: 'alert', blocked: 'lock' } as const

function Steps({ plan, moved }: { readonly plan: Plan; readonly moved: boolean }) {
  const { t } = useTranslation()
  const blocked = plan.steps.filter(({ tag }) => tag === 'blocked').length
  return (
    <>
      {moved ? (
        <p className="note t13 role-note">
          <Icon name="refresh" />
          <span>{t('roles.moved')}</span>
        </p>
      ) : null}
      <p className="review-lead">
        {blocked > 0
          ? t('roles.blocked', { count: blocked })
          : t('roles.steps', { count: plan.steps.length })}
      </p>
      <ol className="review-steps">
        {plan.steps.map((step) => (
          <li key={`${step.path}${step.kind}${step.sentence}`} className={`review-step ${step.tag}`}>
            <Icon name={TAG_ICONS[step.tag]} />
            <div>
              <p>{step.sentence}</p>
              {step.note === undefined ? null : <p className="t13 ink-2">{step.note}</p>}
            </div>
            <span className="t12 ink-3 end nowrap">{t(`roles.tag.${step.tag}`)}</span>
          </li>
        ))}
      </ol>
      <Details />
    </>
  )
}

/** What fails, and why it is published all the same: the reason is kept with the version. */
function Override({
  failing,
  reason,
  onReason,
}: {
  readonly failing: readonly PlanScenario[]
  readonly reason: string
  readonly onReason: (reason: string) => void
}) {
  const { t } = useTranslation()
  return (
    <section className="review-details">
      <Trouble title={t('roles.scenariosFail', { count: failing.length })}>
        <ul>
          {failing.map(({ name, label }) => (
            <li key={name}>{label}</li>
          ))}
        </ul>
      </Trouble>
      <label className="t13 strong" htmlFor="override-reason">
        {t('roles.overrideReason')}
      </label>
      <Input.TextArea
        id="override-reason"
        value={reason}
        maxLength={MAX_REASON}
        autoSize={{ minRows: 2, maxRows: 6 }}
        onChange={(event) => onReason(event.target.value)}
      />
    </section>
  )
}

/** The plan says which roles change; here is what in them. */
function Details() {
  const { t } = useTranslation()
  const { draft } = useRoles()
  const fates = fatesOf(draft)
  const changes = changesOf(draft).filter(({ role }) => fates.get(role) === 'changed')
  if (changes.length === 0) return null
  const roles = [...new Set(changes.map(({ role }) => role))]
  return (
    <section className="review-details" aria-label={t('roles.changes')}>
      <h3 className="h3">{t('roles.changes')}</h3>
      {roles.map((role) => (
        <div key={role}>
          {roles.length === 1 ? null : <p className="mono ink-3">{role}</p>}
          <ul>
            {changes
              .filter((change) => change.role === role)
              .map((change) => (
                <li key={change.path.join('/')} className="change-line t13">
                  <ChangeLine change={change} />
                </li>
              ))}
          </ul>
        </div>
      ))}
    </section>
  )
}

function Trouble({ title, children }: { readonly title: string; readonly children: React.ReactNode }) {
  return (
    <div className="note bad-note t13" role="alert">
      <Icon name="alert" />
      <div>
        <p className="strong">{title}</p>
        {children}
      </div>
    </div>
  )
}
