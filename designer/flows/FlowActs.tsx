import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { Button } from '../../runtime-ui/kit/Button.tsx'
import { faultOf } from '../../runtime-ui/kit/FaultNote.tsx'
import { Icon } from '../../runtime-ui/kit/icons/Icon.tsx'
import { useEntity, useWork } from '../../runtime-ui/kit/model-context.tsx'
import { Sheet } from '../../runtime-ui/kit/Sheet.tsx'
import { RecordPicker } from '../../runtime-ui/widgets/RecordPicker.tsx'
import { simulateFlow } from './api.ts'
import { FaultText, Journal } from './Journal.tsx'
import { RunState } from './RunState.tsx'
import './runs.css'

/** What one does with a flow besides reading it: its runs, and what it would do to a record. */
export function FlowActs({ name, entity }: { readonly name: string; readonly entity: string | undefined }) {
  const { t } = useTranslation()
  const { me } = useWork()
  const [open, setOpen] = useState(false)
  if (!me.administration.includes('flows')) return null
  return (
    <>
      <Link className="link flow-runs no-phone" to={`/designer/runs?flow=${encodeURIComponent(name)}`}>
        {t('runs.title')}
      </Link>
      <Button icon={<Icon name="branch" />} disabled={me.viewer !== undefined} onClick={() => setOpen(true)}>
        {t('runs.simulate')}
      </Button>
      <Sheet open={open} title={t('runs.simulateTitle')} width={560} onClose={() => setOpen(false)}>
        <Simulation name={name} entityName={entity} />
      </Sheet>
    </>
  )
}

function Simulation({
  name,
  entityName,
}: {
  readonly name: string
  readonly entityName: string | undefined
}) {
  const { t } = useTranslation()
  const entity = useEntity(entityName)
  const [record, setRecord] = useState<string>()
  const simulation = useMutation({ mutationFn: () => simulateFlow(name, record) })
  const choose = (id: string | undefined): void => {
    setRecord(id)
    simulation.reset()
  }
  const isReady = entityName === undefined || record !== undefined
  return (
    <div className="simulation">
      <p className="t13 ink-2">{t('runs.simulateHint')}</p>
      {entityName === undefined ? null : (
        <RecordPicker
          entity={entityName}
          label={t('runs.simulateOn', { entity: entity?.label ?? entityName })}
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
