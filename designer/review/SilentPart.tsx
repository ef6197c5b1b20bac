import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../runtime-ui/kit/Button.tsx'
import { FaultNote, faultOf } from '../../runtime-ui/kit/FaultNote.tsx'
import { Icon } from '../../runtime-ui/kit/icons/Icon.tsx'
import { toast } from '../../runtime-ui/kit/toast.tsx'
import type { Plan } from '../api.ts'
import { ProblemList } from './ProblemList.tsx'
import { beginSilent, type SilentState } from './silent-api.ts'
import './silent.css'

interface SilentPartProps {
  readonly id: string
  readonly plan: Plan
  readonly state: SilentState | undefined
  readonly mayChange: boolean
  /** Shows what the last run has found. */
  readonly onCompare: () => void
  readonly onChanged: () => Promise<void>
}

const WATCHED: ReadonlySet<string> = new Set(['flow', 'validation', 'assignment'])

/** Offers to let the draft judge silently, where it changes what can; leads to what was found the last time. */
export function SilentPart({ id, plan, state, mayChange, onCompare, onChanged }: SilentPartProps) {
  const { t } = useTranslation()
  const [isBusy, setBusy] = useState(false)
  const [fault, setFault] = useState<string>()
  const isAbout = plan.steps.some(({ definition }) => WATCHED.has(definition.kind))
  if (state === undefined || !isAbout || state.run?.ended === null) return null
  const unfit = state.problems.length
  const watched = new Set(
    plan.steps.flatMap(({ definition: { kind, name } }) => (WATCHED.has(kind) ? [`${kind}/${name}`] : [])),
  )
  const isPossible = watched.size > unfit
  const start = async (): Promise<void> => {
    if (isBusy) return
    setBusy(true)
    setFault(undefined)
    try {
      await beginSilent(id, plan.hash)
      toast({ text: t('silent.begun') })
    } catch (error) {
      setFault(faultOf(error, t))
    }
    await onChanged()
    setBusy(false)
  }
  return (
    <section className="plan-part silent-part" aria-label={t('silent.title')}>
      <h2 className="h3">{t('silent.title')}</h2>
      <p className="t13 ink-2">{t('silent.text')}</p>
      <FaultNote id="silent-fault" fault={fault} />
      {unfit === 0 ? null : (
        <div className="t13 silent-unfit">
          <p className="strong">{t(isPossible ? 'silent.notAll' : 'silent.none')}</p>
          <ProblemList problems={state.problems} below={2} />
        </div>
      )}
      <div className="row silent-acts">
        {mayChange && isPossible ? (
          <Button icon={<Icon name="eye" />} aria-busy={isBusy} onClick={() => void start()}>
            {t('silent.begin')}
          </Button>
        ) : null}
        {state.run === null ? null : (
          <Button type="text" onClick={onCompare}>
            {t('silent.last')}
          </Button>
        )}
      </div>
    </section>
  )
}
