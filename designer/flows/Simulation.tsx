import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../runtime-ui/kit/Button.tsx'
import { faultOf } from '../../runtime-ui/kit/FaultNote.tsx'
import { RecordPicker } from '../../runtime-ui/widgets/RecordPicker.tsx'
import { useNames } from '../store/use-names.ts'
import { simulateFlow, type WholeRun } from './api.ts'
import { FaultText, Journal } from './Journal.tsx'
import { RunState } from './RunState.tsx'
import './runs.css'

interface SimulationProps {
  readonly name: string
  readonly entityName: string | undefined
  /** Stores what is on its way, and tells the draft whose flow is simulated; absent for what is in force. */
  readonly draft?: (() => Promise<string | undefined>) | undefined
  /** Told what it would do; undefined once another record is chosen. */
  readonly onOutcome?: (run: WholeRun | undefined) => void
}

/** What a flow would do to a record that is chosen. */
export function Simulation({ name, entityName, draft, onOutcome }: SimulationProps) {
  const { t } = useTranslation()
  const { called } = useNames()
  const [record, setRecord] = useState<string>()
  const simulation = useMutation({
    mutationFn: async () => simulateFlow(name, record, await draft?.()),
    onSuccess: (run) => onOutcome?.(run),
  })
  const choose = (id: string | undefined): void => {
    setRecord(id)
    simulation.reset()
    onOutcome?.(undefined)
  }
  const isReady = entityName === undefined || record !== undefined
  return (
    <div className="simulation">
      <p className="t13 ink-2">{t('runs.simulateHint')}</p>
      {entityName === undefined ? null : (
        <RecordPicker
          entity={entityName}
          label={t('runs.simulateOn', { entity: called('entity', entityName) })}
          value={record}
          onChange={choose}
        />
      )}
      <Button
        type="primary"
        disabled={!isReady}
        loading={simulation.isPending}
        onClick={() => simulation.mutate()}
      >
        {t('runs.simulate')}
      </Button>
      {simulation.isError ? (
        <p className="bad t13" role="alert">
          {faultOf(simulation.error, t)}
        </p>
      ) : null}
      {simulation.data === undefined ? null : (
        <section aria-label={t('runs.outcome')} data-testid="simulation">
          <p className="row t13">
            {t('runs.outcome')} <RunState state={simulation.data.state} />
          </p>
          {simulation.data.fault === null ? null : <FaultText fault={simulation.data.fault} />}
          <Journal run={simulation.data} />
        </section>
      )}
    </div>
  )
}
