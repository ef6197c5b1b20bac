import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { textIn } from '../../metadata/text.ts'
import { Button } from '../../runtime-ui/kit/Button.tsx'
import { InstantText } from '../../runtime-ui/kit/DateText.tsx'
import { FaultNote, faultOf } from '../../runtime-ui/kit/FaultNote.tsx'
import { Icon } from '../../runtime-ui/kit/icons/Icon.tsx'
import { toast } from '../../runtime-ui/kit/toast.tsx'
import { ProblemList } from './ProblemList.tsx'
import { type Pilot, type PilotState, putPilot, withdrawPilot } from './pilot-api.ts'
import './pilot.css'

interface PilotNoteProps {
  readonly id: string
  readonly state: PilotState | undefined
  /** Of the plan as it is shown; undefined where there is none to be given to anybody. */
  readonly hash: string | undefined
  readonly mayChange: boolean
  readonly onPeople: () => void
  readonly onChanged: () => Promise<void>
}

/** Who has the draft already, since when, and what can be done about it; how a pilot ended by itself. */
export function PilotNote({ state, ...props }: PilotNoteProps) {
  const { t } = useTranslation()
  if (state === undefined) return null
  if (state.pilot !== null)
    return <Running {...props} pilot={state.pilot} isFit={state.problems.length === 0} />
  if (state.ended?.why !== 'clash') return null
  return (
    <section className="note role-note bad-note t13" aria-label={t('pilot.title')}>
      <Icon name="alert" />
      <div>
        <p className="strong">
          {t('pilot.clashed')} <InstantText instant={state.ended.at} />
        </p>
        <ProblemList problems={state.ended.problems} below={2} />
      </div>
    </section>
  )
}

interface RunningProps extends Omit<PilotNoteProps, 'state'> {
  readonly pilot: Pilot
  readonly isFit: boolean
}

function Running({ id, pilot, hash, isFit, mayChange, onPeople, onChanged }: RunningProps) {
  const { t, i18n } = useTranslation()
  const [busy, setBusy] = useState<string>()
  const [fault, setFault] = useState<string>()
  const people = pilot.people.map(({ id: person, label }) => ({
    key: person,
    label: label ?? t('record.somebody'),
  }))
  const roles = pilot.roles.map(({ name, label }) => ({
    key: name,
    label: textIn(label, i18n.language, name),
  }))
  const run = async (what: string, act: () => Promise<unknown>, done: string): Promise<void> => {
    if (busy !== undefined) return
    setBusy(what)
    setFault(undefined)
    try {
      await act()
      toast({ text: done })
    } catch (error) {
      setFault(faultOf(error, t))
    }
    await onChanged()
    setBusy(undefined)
  }
  const renew = (): Promise<unknown> =>
    putPilot(id, {
      hash: hash!,
      people: pilot.people.map((person) => person.id),
      roles: pilot.roles.map(({ name }) => name),
    })
  return (
    <section className="pilot-card" aria-label={t('pilot.title')}>
      <div className="row pilot-head">
        <Icon name="users" />
        <h2 className="h3 grow">{t('pilot.tried', { count: pilot.count })}</h2>
        <span className="t12 ink-3 nowrap">
          {t('pilot.since')} <InstantText instant={pilot.begun_at} />
        </span>
      </div>
      <ul className="pilot-who" aria-label={t('pilot.who')}>
        {[...roles, ...people].map(({ key, label }) => (
          <li key={key} className="chip">
            {label}
          </li>
        ))}
      </ul>
      <p className="t13 ink-2">{t(pilot.current ? 'pilot.widen' : 'pilot.behind')}</p>
      <FaultNote id="pilot-fault" fault={fault} />
      {mayChange ? (
        <div className="row pilot-acts">
          {pilot.current || hash === undefined || !isFit ? null : (
            <Button
              type="primary"
              aria-busy={busy === 'renew'}
              onClick={() => void run('renew', renew, t('pilot.renewed'))}
            >
              {t('pilot.renew')}
            </Button>
          )}
          <Button onClick={onPeople}>{t('pilot.people')}</Button>
          <Button
            aria-busy={busy === 'withdraw'}
            onClick={() => void run('withdraw', () => withdrawPilot(id), t('pilot.withdrawn'))}
          >
            {t('pilot.withdraw')}
          </Button>
        </div>
      ) : null}
    </section>
  )
}
