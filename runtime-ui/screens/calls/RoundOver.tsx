import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { Button } from '../../kit/Button.tsx'
import { Chip } from '../../kit/Chip.tsx'
import { State } from '../../kit/State.tsx'
import type { Calling } from './may-call.ts'
import { countsOf, type Round, withSkipped } from './round.ts'

interface RoundOverProps {
  readonly round: Round
  readonly calling: Calling
  readonly list: string
  readonly onChange: (round: Round) => void
  readonly onAnew: () => void
}

/** What came of a round, and what may be done now. */
export function RoundOver({ round, calling, list, onChange, onAnew }: RoundOverProps) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { called, skipped, outcomes } = countsOf(round)
  return (
    <>
      <State
        joint="none"
        title={t('calls.over', { count: called })}
        text={skipped === 0 ? t('calls.overAll') : t('calls.overSkipped', { count: skipped })}
      >
        {skipped === 0 ? null : (
          <Button onClick={() => onChange(withSkipped(round))}>{t('calls.again')}</Button>
        )}
        <Button onClick={onAnew}>{t('calls.anew')}</Button>
        <Button type="primary" autoFocus onClick={() => void navigate(list)}>
          {t('calls.back')}
        </Button>
      </State>
      <ul className="calls-outcomes">
        {(calling.outcome.options ?? []).flatMap(({ name, label, color }) => {
          const count = outcomes.get(name)
          return count === undefined
            ? []
            : [
                <li key={name} className="row">
                  <Chip colour={color}>{label}</Chip>
                  <span className="num">{count}</span>
                </li>,
              ]
        })}
      </ul>
    </>
  )
}
