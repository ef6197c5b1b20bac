import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { Button } from '../../runtime-ui/kit/Button.tsx'
import { Icon } from '../../runtime-ui/kit/icons/Icon.tsx'
import { useWork } from '../../runtime-ui/kit/model-context.tsx'
import { Sheet } from '../../runtime-ui/kit/Sheet.tsx'
import { Simulation } from './Simulation.tsx'

interface FlowActsProps {
  readonly name: string
  readonly entity: string | undefined
  /** False where the picture of the flow simulates it. */
  readonly simulates?: boolean
}

/** What one does with a flow besides reading it: its runs, and what it would do to a record. */
export function FlowActs({ name, entity, simulates = true }: FlowActsProps) {
  const { t } = useTranslation()
  const { me } = useWork()
  const [open, setOpen] = useState(false)
  if (!me.administration.includes('flows')) return null
  return (
    <>
      <Link className="link flow-runs no-phone" to={`/designer/runs?flow=${encodeURIComponent(name)}`}>
        {t('runs.title')}
      </Link>
      {simulates ? (
        <Button
          icon={<Icon name="branch" />}
          disabled={me.viewer !== undefined}
          onClick={() => setOpen(true)}
        >
          {t('runs.simulate')}
        </Button>
      ) : null}
      <Sheet open={open} title={t('runs.simulateTitle')} width={560} onClose={() => setOpen(false)}>
        <Simulation name={name} entityName={entity} />
      </Sheet>
    </>
  )
}
