import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'
import { Button } from '../../runtime-ui/kit/Button.tsx'
import { Icon } from '../../runtime-ui/kit/icons/Icon.tsx'
import { LoadingRows } from '../../runtime-ui/kit/Loading.tsx'
import { useWork } from '../../runtime-ui/kit/model-context.tsx'
import { Page } from '../../runtime-ui/kit/Page.tsx'
import { ProblemState } from '../../runtime-ui/kit/State.tsx'
import { useIsPhone } from '../../runtime-ui/kit/use-media.ts'
import type { ChangesetItem, Plan } from '../api.ts'
import { placeInStored } from '../layouts/use-place-field.ts'
import { useStore } from '../store/store.tsx'
import { Preparing } from '../versions/Preparing.tsx'
import { AgreementPart, isAgreed, useAgreement } from './AgreementPart.tsx'
import { AnnouncePart } from './AnnouncePart.tsx'
import { AssignmentTrial } from './AssignmentTrial.tsx'
import { Conflicts } from './Conflicts.tsx'
import { DraftAbout } from './DraftAbout.tsx'
import { DraftChanges } from './DraftChanges.tsx'
import { useDraftLabel } from './draft-label.ts'
import { GiveValues } from './GiveValues.tsx'
import { NotPublished } from './NotPublished.tsx'
import { PilotNote } from './PilotNote.tsx'
import { PilotSheet } from './PilotSheet.tsx'
import { FailingNote, isHeld, PlanSide } from './PlanSide.tsx'
import { PlanSteps } from './PlanSteps.tsx'
import { ProblemList } from './ProblemList.tsx'
import { isOfRule, RuleTrials } from './RuleTrials.tsx'
import { SilentNote } from './SilentNote.tsx'
import { SilentPart } from './SilentPart.tsx'
import { SilentSheet } from './SilentSheet.tsx'
import './agreement.css'
import './review.css'
import { UsesToFix } from './UsesToFix.tsx'
import { usePilot } from './use-pilot.ts'
import { type Review, useReview } from './use-review.ts'
import { useSilent } from './use-silent.ts'
import { useApplyFixes, useUsesToFix } from './use-uses-to-fix.ts'
import { Warnings } from './Warnings.tsx'

/** What publishing one draft would do: what keeps it, what is lost, what changes; whom it touches; what is proved. */
export function DraftPage() {
  const { t } = useTranslation()
  const called = useDraftLabel()
  const { id = '' } = useParams()
  const { me } = useWork()
  const client = useQueryClient()
  const { changeset, open } = useStore()
  const { draft, review, plan, proof, isBusy, isPublishing, hasMoved, publish, resolve, fix } = useReview(id)
  const [confirmed, setConfirmed] = useState<ReadonlySet<string>>(new Set())
  const [reason, setReason] = useState('')
  const agreement = useAgreement(id, plan?.hash)
  const [emergency, setEmergency] = useState('')
  const [said, setAnnouncement] = useState<string>()
  const announcement = said ?? draft.data?.announcement ?? ''
  const isExcused = proof.data !== undefined && (proof.data.every(isHeld) || reason.trim() !== '')
  const isAllowed = isAgreed(agreement.data) || emergency.trim() !== ''
  const isReady =
    plan !== undefined && plan.steps.length > 0 && isExcused && isAllowed && mayGo(plan, confirmed)
  const mayPublish = me.viewer === undefined && me.administration.includes('publish')
  const isOpen = draft.data?.state === 'open'
  const [isNaming, setNaming] = useState(false)
  const pilot = usePilot(id, plan?.hash)
  const silent = useSilent(id, plan?.hash)
  const [isComparing, setComparing] = useState(false)
  const canPilot = plan !== undefined && plan.steps.length > 0 && pilot.state?.pilot === null
  // Beside what can be done with it there is no room for its title on a phone: there it stands above, whole.
  const isPhone = useIsPhone()
  const title = draft.data === undefined ? t('drafts.one') : called(draft.data.label)
  return (
    <Page
      title={title}
      heading={!isPhone}
      crumbs={[{ label: t('drafts.title'), to: '/designer/drafts' }]}
      backTo="/designer/drafts"
      backLabel={t('drafts.title')}
      line
      beside={isOpen ? <span className="chip no-phone">{t('drafts.state')}</span> : null}
      acts={
        <>
          {isOpen && changeset?.id !== id && me.viewer === undefined ? (
            <Button icon={<Icon name="edit" />} onClick={() => open(id)}>
              {t('drafts.edit')}
            </Button>
          ) : null}
          {mayPublish && isOpen && canPilot ? (
            <Button icon={<Icon name="users" />} onClick={() => setNaming(true)}>
              {t('pilot.act')}
            </Button>
          ) : null}
          {mayPublish && isOpen ? (
            <Button
              type="primary"
              icon={isReady || isPublishing ? null : <Icon name="lock" />}
              disabled={!isReady && !isPublishing}
              aria-busy={isPublishing}
              onClick={() =>
                plan !== undefined &&
                publish(plan, {
                  // What was red before is given as the reason, so that nobody writes it each time.
                  reason: proof.data?.every(({ passed }) => passed)
                    ? undefined
                    : reason.trim() || t('drafts.redBeforeReason'),
                  emergency: isAgreed(agreement.data) ? undefined : emergency.trim(),
                  announcement: announcement.trim() === '' ? undefined : announcement.trim(),
                })
              }
            >
              {t('drafts.publish')}
            </Button>
          ) : null}
        </>
      }
    >
      <div className="plan" aria-live="polite">
        <div className="plan-main">
          {isPhone ? <h1 className="h2 draft-title">{title}</h1> : null}
          {draft.data === undefined ? null : (
            <DraftAbout
              draft={draft.data}
              mayChange={isOpen && me.viewer === undefined}
              onChanged={() => void client.invalidateQueries({ queryKey: ['meta'] })}
            />
          )}
          {isOpen ? (
            <PilotNote
              {...{ id, state: pilot.state, hash: plan?.hash, mayChange: mayPublish }}
              onPeople={() => setNaming(true)}
              onChanged={pilot.renew}
            />
          ) : null}
          {isOpen ? (
            <SilentNote
              {...{ id, state: silent.state, hash: plan?.hash, mayChange: mayPublish }}
              onCompare={() => setComparing(true)}
              onChanged={silent.renew}
            />
          ) : null}
          {isOpen ? <NotPublished id={id} /> : draft.data?.state === 'publishing' ? <Preparing /> : null}
          {review.isPending ? (
            <>
              <p className="t13 ink-2">{t('drafts.planning')}</p>
              <LoadingRows rows={6} />
            </>
          ) : null}
          {review.isError ? (
            <ProblemState
              error={review.error}
              title={t('drafts.planFailed')}
              retry={() => void review.refetch()}
            />
          ) : null}
          {hasMoved && plan !== undefined ? (
            <p className="note t13 role-note">
              <Icon name="refresh" />
              <span>{t('drafts.moved')}</span>
            </p>
          ) : null}
          {review.data === undefined ? null : (
            <Kept
              {...{ id, isBusy }}
              mayChange={isOpen && me.viewer === undefined}
              review={review.data}
              items={draft.data?.items ?? []}
              onResolve={resolve}
              onFix={fix}
            />
          )}
          {plan === undefined ? null : (
            <>
              {reason.trim() === '' ? <FailingNote scenarios={plan.scenarios ?? []} /> : null}
              {isOpen && plan.scenarios !== null ? (
                <GiveValues draft={id} items={draft.data?.items ?? []} scenarios={plan.scenarios} />
              ) : null}
              <PlanSteps plan={plan} confirmed={confirmed} onConfirm={setConfirmed} />
              <RuleTrials trials={plan.simulations.filter(isOfRule)} items={draft.data?.items ?? []} />
              {plan.simulations.map((trial) =>
                trial.effect === 'assigns' ? (
                  <AssignmentTrial key={trial.definition.name} trial={trial} />
                ) : null,
              )}
            </>
          )}
          {/* Beside what is in force now, a draft of an older base seems to take back what others have published. */}
          {draft.data === undefined || review.data?.state === 'conflict' ? null : (
            <DraftChanges items={draft.data.items} />
          )}
        </div>
        {plan === undefined ? null : (
          <PlanSide draft={isOpen ? id : undefined} {...{ plan, proof, reason }} onReason={setReason}>
            {isOpen ? (
              <AgreementPart {...{ id, agreement, emergency }} hash={plan.hash} onEmergency={setEmergency} />
            ) : null}
            {isOpen ? (
              <SilentPart
                {...{ id, plan, state: silent.state, mayChange: mayPublish }}
                onCompare={() => setComparing(true)}
                onChanged={silent.renew}
              />
            ) : null}
            {isOpen && me.viewer === undefined && plan.steps.length > 0 ? (
              <AnnouncePart id={id} text={announcement} onText={setAnnouncement} />
            ) : null}
          </PlanSide>
        )}
      </div>
      {silent.state?.run == null ? null : (
        <SilentSheet id={id} run={silent.state.run} open={isComparing} onClose={() => setComparing(false)} />
      )}
      {pilot.state === undefined ? null : (
        <PilotSheet
          {...{ id, state: pilot.state, hash: plan?.hash, open: isNaming }}
          onClose={() => setNaming(false)}
          onChanged={pilot.renew}
        />
      )}
    </Page>
  )
}

/** Nothing blocks it, and each step that loses something is confirmed by itself. */
const mayGo = (plan: Plan, confirmed: ReadonlySet<string>): boolean =>
  plan.steps.every(
    ({ tag, path, kind }) => tag === 'safe' || (tag === 'lossy' && confirmed.has(`${kind} ${path}`)),
  )

interface KeptProps {
  readonly id: string
  readonly review: Review
  readonly items: readonly ChangesetItem[]
  readonly isBusy: boolean
  readonly mayChange: boolean
  readonly onResolve: ReturnType<typeof useReview>['resolve']
  readonly onFix: ReturnType<typeof useReview>['fix']
}

/** What keeps a draft from being planned at all. */
function Kept({ id, review, items, isBusy, mayChange, onResolve, onFix }: KeptProps) {
  const { t } = useTranslation()
  const { uses, others } = useUsesToFix(
    items,
    review.state === 'problems' ? review.problems : [],
    review.state === 'conflict' ? [] : review.taken,
  )
  const apply = useApplyFixes(id)
  if (review.state === 'conflict')
    return (
      <Conflicts
        conflicts={review.conflicts}
        title={t('drafts.conflict')}
        text={t('drafts.conflictText')}
        {...{ items, isBusy, onResolve }}
      />
    )
  const place = placeInStored(id, items)
  return (
    <>
      {review.state === 'planned' ? (
        <Warnings
          warnings={review.warnings}
          onPlace={mayChange ? async (...args) => onFix(() => place(...args)) : undefined}
        />
      ) : null}
      {uses.length === 0 ? null : (
        <UsesToFix {...{ uses, isBusy }} onFix={(decide) => onFix(() => apply(uses, decide))} />
      )}
      {others.length === 0 ? null : (
        <div className="note bad-note t13" role="alert">
          <Icon name="alert" />
          <div>
            <p className="strong">{t('drafts.problems', { count: others.length })}</p>
            <ProblemList problems={others} below={2} />
          </div>
        </div>
      )}
    </>
  )
}
