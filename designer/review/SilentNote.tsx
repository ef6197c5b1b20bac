import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../runtime-ui/kit/Button.tsx'
import { InstantText } from '../../runtime-ui/kit/DateText.tsx'
import { FaultNote, faultOf } from '../../runtime-ui/kit/FaultNote.tsx'
import { Icon } from '../../runtime-ui/kit/icons/Icon.tsx'
import { toast } from '../../runtime-ui/kit/toast.tsx'
import { kindIcon, labelText } from '../places.ts'
import { ProblemList } from './ProblemList.tsx'
import { beginSilent, endSilent, type SilentRun, type SilentState, type SilentWatched } from './silent-api.ts'
import './pilot.css'
import './silent.css'

interface SilentNoteProps {
  readonly id: string
  readonly state: SilentState | undefined
  /** Of the plan as it is shown; undefined where there is none that could be judged by. */
  readonly hash: string | undefined
  readonly mayChange: boolean
  readonly onCompare: () => void
  readonly onChanged: () => Promise<void>
}

/** What a draft that runs silently has found so far, and what can be done about it; how a run ended by itself. */
export function SilentNote({ state, ...props }: SilentNoteProps) {
  const { t } = useTranslation()
  const run = state?.run
  if (run == null) return null
  if (run.ended === null) return <Running {...props} run={run} />
  if (run.ended.why !== 'clash') return null
  return (
    <section className="note role-note bad-note t13" aria-label={t('silent.title')}>
      <Icon name="alert" />
      <div>
        <p className="strong">
          {t('silent.clashed')} <InstantText instant={run.ended.at} />
        </p>
        <ProblemList problems={run.ended.problems} below={2} />
      </div>
    </section>
  )
}

function Running({
  id,
  run,
  hash,
  mayChange,
  onCompare,
  onChanged,
}: Omit<SilentNoteProps, 'state'> & { readonly run: SilentRun }) {
  const { t } = useTranslation()
  const [busy, setBusy] = useState<string>()
  const [fault, setFault] = useState<string>()
  const act = async (what: string, work: () => Promise<unknown>, done: string): Promise<void> => {
    if (busy !== undefined) return
    setBusy(what)
    setFault(undefined)
    try {
      await work()
      toast({ text: done })
    } catch (error) {
      setFault(faultOf(error, t))
    }
    await onChanged()
    setBusy(undefined)
  }
  return (
    <section className="pilot-card" aria-label={t('silent.title')}>
      <div className="row pilot-head">
        <Icon name="eye" />
        <h2 className="h3 grow">{t('silent.running')}</h2>
        <span className="t12 ink-3 nowrap">
          {t('pilot.since')} <InstantText instant={run.begun_at} />
        </span>
      </div>
      <ul className="silent-figures" aria-label={t('silent.found')}>
        {run.definitions.map((watched) => (
          <Figures key={`${watched.kind}/${watched.name}`} watched={watched} />
        ))}
      </ul>
      <Looked run={run} />
      <p className="t13 ink-2">{t(run.current ? 'silent.widen' : 'silent.behind')}</p>
      <FaultNote id="silent-run-fault" fault={fault} />
      <div className="row pilot-acts">
        <Button type="primary" onClick={onCompare}>
          {t('silent.compare')}
        </Button>
        {mayChange && !run.current && hash !== undefined ? (
          <Button
            aria-busy={busy === 'renew'}
            onClick={() => void act('renew', () => beginSilent(id, hash), t('silent.begun'))}
          >
            {t('silent.renew')}
          </Button>
        ) : null}
        {mayChange ? (
          <Button
            aria-busy={busy === 'end'}
            onClick={() => void act('end', () => endSilent(id), t('silent.ended'))}
          >
            {t('silent.end')}
          </Button>
        ) : null}
      </div>
    </section>
  )
}

/** How many writes the figures stand for, and which not. */
export function Looked({ run }: { readonly run: SilentRun }) {
  const { t } = useTranslation()
  const { looked_at: looked, waiting, passed_over: passed, limit } = run
  const isFull = looked >= limit
  return (
    <>
      <p className="t13 ink-2">{t(isFull ? 'silent.full' : 'silent.looked', { count: looked })}</p>
      {waiting === 0 || isFull ? null : (
        <p className="t13 ink-2">{t('silent.waiting', { count: waiting })}</p>
      )}
      {passed === 0 ? null : <p className="t13 ink-2">{t('silent.passed', { count: passed })}</p>}
    </>
  )
}

/** How one definition differs so far. */
function Figures({ watched }: { readonly watched: SilentWatched }) {
  const { t, i18n } = useTranslation()
  const { kind, name, label, looked_at: looked, same } = watched
  const other = looked - same
  return (
    <li className="row t13">
      <Icon name={kindIcon(kind)} />
      <span className="grow cut">{labelText(label, i18n.language, name)}</span>
      {other === 0 ? null : (
        <span className="chip num nowrap">{t('silent.otherwise', { count: other })}</span>
      )}
      <span className="num nowrap silent-same">{t('silent.same', { count: same })}</span>
    </li>
  )
}
