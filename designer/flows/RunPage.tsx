import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate, useParams } from 'react-router'
import { Button } from '../../runtime-ui/kit/Button.tsx'
import { InstantText } from '../../runtime-ui/kit/DateText.tsx'
import { Icon } from '../../runtime-ui/kit/icons/Icon.tsx'
import type { IconName } from '../../runtime-ui/kit/icons/paths.ts'
import { LoadingRows } from '../../runtime-ui/kit/Loading.tsx'
import { useWork } from '../../runtime-ui/kit/model-context.tsx'
import { Page } from '../../runtime-ui/kit/Page.tsx'
import { ProblemState } from '../../runtime-ui/kit/State.tsx'
import { toast } from '../../runtime-ui/kit/toast.tsx'
import { useRefusal } from '../../runtime-ui/screens/record/use-delete.ts'
import { definitionAddress } from '../places.ts'
import { actOnRun, getRun, type RunAct, type RunRow, type WholeRun } from './api.ts'
import { FaultText, Journal } from './Journal.tsx'
import { RunRecord, RunState, useCauseText } from './RunState.tsx'
import './runs.css'

const AGAIN_MS = 3_000

/** What may be done to a run in a state. */
const ACTS: Readonly<Record<RunRow['state'], readonly RunAct[]>> = {
  waiting: ['cancel'],
  sleeping: ['cancel'],
  failed: ['retry', 'replay', 'cancel'],
  cut: ['replay'],
  cancelled: ['replay'],
  done: ['replay'],
}
const ICONS: Readonly<Record<RunAct, IconName>> = { retry: 'refresh', replay: 'undo', cancel: 'close' }

/** One run with its journal, and what can be done to it. */
export function RunPage() {
  const { t, i18n } = useTranslation()
  const { id = '' } = useParams()
  const run = useQuery({
    queryKey: ['run', id, i18n.language],
    queryFn: () => getRun(id),
    refetchInterval: ({ state }) => (isOver(state.data) ? false : AGAIN_MS),
  })
  return (
    <Page
      title={run.data?.label ?? t('runs.run')}
      crumbs={[{ label: t('runs.title'), to: '/designer/runs' }]}
      backTo="/designer/runs"
      backLabel={t('runs.title')}
      line
      beside={run.data === undefined ? null : <RunState state={run.data.state} tried={run.data.tried} />}
      acts={run.data === undefined ? null : <RunActs run={run.data} />}
    >
      {run.isPending ? <LoadingRows /> : null}
      {run.isError ? (
        <ProblemState error={run.error} title={t('runs.runFailed')} retry={() => void run.refetch()} />
      ) : null}
      {run.data === undefined ? null : (
        <div className="run-body">
          <RunFacts run={run.data} />
          {run.data.fault === null ? null : <FaultText fault={run.data.fault} />}
          <h2 className="h3">{t('runs.journal')}</h2>
          <Journal run={run.data} />
        </div>
      )}
    </Page>
  )
}

function isOver(run: WholeRun | undefined): boolean {
  return run !== undefined && run.state !== 'waiting' && run.state !== 'sleeping'
}

function RunActs({ run }: { readonly run: WholeRun }) {
  const { t } = useTranslation()
  const { me } = useWork()
  const navigate = useNavigate()
  const queryClient = useQueryClient()
  const refuse = useRefusal()
  const act = useMutation({
    mutationFn: (what: RunAct) => actOnRun(run.id, what),
    async onSuccess(id, what) {
      toast({ text: t(`runs.acted.${what}`) })
      await Promise.all(['run', 'runs'].map((key) => queryClient.invalidateQueries({ queryKey: [key] })))
      if (id !== run.id) void navigate(`/designer/runs/${id}`)
    },
    onError: refuse,
  })
  return ACTS[run.state].map((what) => (
    <Button
      key={what}
      danger={what === 'cancel'}
      type={what === 'retry' ? 'primary' : 'default'}
      disabled={act.isPending || me.viewer !== undefined}
      icon={<Icon name={ICONS[what]} />}
      title={t(`runs.hint.${what}`)}
      onClick={() => act.mutate(what)}
    >
      {t(`runs.act.${what}`)}
    </Button>
  ))
}

function RunFacts({ run }: { readonly run: WholeRun }) {
  const { t } = useTranslation()
  const causeText = useCauseText()
  const { me } = useWork()
  return (
    <dl className="run-facts">
      <Fact label={t('runs.flow')}>
        {me.definitions.length > 0 ? (
          <Link className="link" to={definitionAddress('flow', run.flow)}>
            {run.label}
          </Link>
        ) : (
          run.label
        )}
        <span className="ink-3">
          {run.tried ? t('runs.triedHelp') : t('runs.version', { version: run.version })}
        </span>
      </Fact>
      <Fact label={t('runs.record')}>
        <RunRecord entity={run.entity} id={run.record} />
      </Fact>
      <Fact label={t('runs.setOff')}>
        {causeText(run.cause)}
        {run.cause.due === undefined ? null : <InstantText instant={run.cause.due} />}
        {run.cause.of === undefined ? null : (
          <Link className="link" to={`/designer/runs/${run.cause.of}`}>
            {t('runs.before')}
          </Link>
        )}
      </Fact>
      <Fact label={t('runs.begun')}>
        <InstantText instant={run.created_at} />
      </Fact>
      {run.ended_at === null ? (
        <Fact label={t('runs.due')}>
          <InstantText instant={run.due_at} />
        </Fact>
      ) : (
        <Fact label={t('runs.ended')}>
          <InstantText instant={run.ended_at} />
        </Fact>
      )}
    </dl>
  )
}

function Fact({ label, children }: { readonly label: string; readonly children: React.ReactNode }) {
  return (
    <div>
      <dt className="t12 ink-3">{label}</dt>
      <dd className="row run-fact">{children}</dd>
    </div>
  )
}
