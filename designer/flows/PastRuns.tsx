import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { InstantText } from '../../runtime-ui/kit/DateText.tsx'
import { LoadingRows } from '../../runtime-ui/kit/Loading.tsx'
import { ProblemState } from '../../runtime-ui/kit/State.tsx'
import { definitionAt } from '../api.ts'
import type { Json } from '../store/json-value.ts'
import { getRun, listRuns, type RunRow, type WholeRun } from './api.ts'
import { FaultText, Journal } from './Journal.tsx'
import { RunRecord, RunState, useCauseText } from './RunState.tsx'
import './runs.css'

interface PastRunsProps {
  readonly name: string
  /** Told which run is looked at, and the flow as it was then; undefined: none. */
  readonly onChosen: (run: WholeRun | undefined, flow?: Json) => void
}

/** What a flow has done lately: a run that is pressed is shown in the picture, step by step. */
export function PastRuns({ name, onChosen }: PastRunsProps) {
  const { t } = useTranslation()
  const [chosen, setChosen] = useState<string>()
  const runs = useQuery({ queryKey: ['flows', 'runs', name], queryFn: () => listRuns({ flow: name }) })
  const run = useQuery({
    queryKey: ['flows', 'run', chosen, 'with its flow'],
    queryFn: async () => {
      const whole = await getRun(chosen!)
      return { run: whole, flow: whole.definition ?? (await definitionAt(whole.version, 'flow', name)) }
    },
    enabled: chosen !== undefined,
  })
  const data = chosen === undefined ? undefined : run.data
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is told once, when it has come
  useEffect(() => onChosen(data?.run, data?.flow), [data])
  if (runs.isError)
    return <ProblemState error={runs.error} title={t('runs.failed')} retry={() => void runs.refetch()} />
  if (runs.data === undefined) return <LoadingRows rows={4} />
  if (runs.data.data.length === 0) return <p className="t13 ink-3">{t('runs.nonePast')}</p>
  return (
    <div className="simulation">
      <p className="t13 ink-2">{t('runs.pastHint')}</p>
      <ul className="past-runs">
        {runs.data.data.map((one) => (
          <PastRun
            key={one.id}
            run={one}
            isOn={one.id === chosen}
            onPress={() => setChosen(one.id === chosen ? undefined : one.id)}
          />
        ))}
      </ul>
      {run.isError ? (
        <ProblemState error={run.error} title={t('runs.failed')} retry={() => void run.refetch()} />
      ) : null}
      {data === undefined ? null : (
        <section aria-label={t('runs.past')} data-testid="past-run">
          <p className="row t13">
            <RunRecord entity={data.run.entity} id={data.run.record} />
            <Link className="link end" to={`/designer/runs/${data.run.id}`}>
              {t('runs.open')}
            </Link>
          </p>
          {data.run.fault === null ? null : <FaultText fault={data.run.fault} />}
          <Journal run={data.run} />
        </section>
      )}
    </div>
  )
}

interface PastRunProps {
  readonly run: RunRow
  readonly isOn: boolean
  readonly onPress: () => void
}

function PastRun({ run, isOn, onPress }: PastRunProps) {
  const causeText = useCauseText()
  return (
    <li>
      <button
        type="button"
        className={isOn ? 'past-run on' : 'past-run'}
        aria-pressed={isOn}
        data-run={run.id}
        onClick={onPress}
      >
        <span className="grow">
          <span className="t13 past-run-cause">{causeText(run.cause)}</span>
          <span className="t12 ink-3">
            <InstantText instant={run.created_at} />
          </span>
        </span>
        <RunState state={run.state} tried={run.tried} />
      </button>
    </li>
  )
}
