import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate, useParams } from 'react-router'
import { Button } from '../../runtime-ui/kit/Button.tsx'
import { faultOf } from '../../runtime-ui/kit/FaultNote.tsx'
import { Icon } from '../../runtime-ui/kit/icons/Icon.tsx'
import { LoadingRows } from '../../runtime-ui/kit/Loading.tsx'
import { useWork } from '../../runtime-ui/kit/model-context.tsx'
import { Page } from '../../runtime-ui/kit/Page.tsx'
import { ProblemState } from '../../runtime-ui/kit/State.tsx'
import { toast } from '../../runtime-ui/kit/toast.tsx'
import { getChangeset, type Plan, planChangeset, publishChangeset } from '../api.ts'
import '../roles/roles.css'
import { AssignmentTrial } from './AssignmentTrial.tsx'
import './drafts.css'

/** What publishing one changeset would do: its steps, the scenarios that fail, what changed tables would have given. */
export function DraftPage() {
  const { t, i18n } = useTranslation()
  const { id = '' } = useParams()
  const draft = useQuery({ queryKey: ['meta', 'changeset', id], queryFn: () => getChangeset(id) })
  const plan = useQuery({
    queryKey: ['meta', 'plan', id, i18n.language],
    queryFn: () => planChangeset(id),
    retry: false,
  })
  return (
    <Page
      title={draft.data?.label ?? t('drafts.one')}
      crumbs={[{ label: t('drafts.title'), to: '/designer/drafts' }]}
      backTo="/designer/drafts"
      backLabel={t('drafts.title')}
      line
      acts={plan.data === undefined ? null : <PublishButton id={id} plan={plan.data} />}
    >
      <div className="draft" aria-live="polite">
        {plan.isPending ? <LoadingRows rows={6} /> : null}
        {plan.isError ? (
          <ProblemState error={plan.error} title={t('roles.planFailed')} retry={() => void plan.refetch()} />
        ) : null}
        {plan.data === undefined ? null : <PlanTold plan={plan.data} />}
      </div>
    </Page>
  )
}

function PublishButton({ id, plan }: { readonly id: string; readonly plan: Plan }) {
  const { t } = useTranslation()
  const { me } = useWork()
  const client = useQueryClient()
  const navigate = useNavigate()
  const [isBusy, setIsBusy] = useState(false)
  const isReady =
    plan.steps.every(({ tag }) => tag !== 'blocked') && plan.scenarios.every(({ passed }) => passed)
  if (!me.administration.includes('publish')) return null
  const publish = async (): Promise<void> => {
    setIsBusy(true)
    try {
      const { version } = await publishChangeset(id, plan.hash)
      toast({ text: version === undefined ? t('roles.publishing') : t('roles.published', { version }) })
      await client.invalidateQueries()
      await navigate('/designer/versions')
    } catch (error) {
      toast({ kind: 'problem', text: faultOf(error, t) })
    } finally {
      setIsBusy(false)
    }
  }
  return (
    <Button type="primary" disabled={!isReady || isBusy} aria-busy={isBusy} onClick={() => void publish()}>
      {t('roles.publish')}
    </Button>
  )
}

const TAG_ICONS = { safe: 'check', lossy: 'alert', blocked: 'lock' } as const

function PlanTold({ plan }: { readonly plan: Plan }) {
  const { t } = useTranslation()
  const failing = plan.scenarios.filter(({ passed }) => !passed)
  return (
    <>
      <p className="review-lead">{t('drafts.steps', { count: plan.steps.length })}</p>
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
      {failing.length === 0 ? null : (
        <div className="note bad-note t13" role="alert">
          <Icon name="alert" />
          <div>
            <p className="strong">{t('roles.scenariosFail', { count: failing.length })}</p>
            <ul>
              {failing.map(({ name, label }) => (
                <li key={name}>{label}</li>
              ))}
            </ul>
          </div>
        </div>
      )}
      {plan.simulations.map((trial) =>
        trial.effect === 'assigns' ? <AssignmentTrial key={trial.definition.name} trial={trial} /> : null,
      )}
    </>
  )
}
