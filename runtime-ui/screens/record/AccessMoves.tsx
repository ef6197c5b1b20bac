import { useTranslation } from 'react-i18next'
import type { MoveTold } from '../../api/explain.ts'
import { Icon } from '../../kit/icons/Icon.tsx'

interface AccessMovesProps {
  readonly moves: readonly MoveTold[]
  readonly nameOf: (role: string) => string
}

/** Into which stages somebody may bring the record, and what keeps them out of the others. */
export function AccessMoves({ moves, nameOf }: AccessMovesProps) {
  const { t } = useTranslation()
  if (moves.length === 0) return null
  const reasonOf = (move: MoveTold): string => {
    const held = move.allowed ? [] : move.withheld
    return held
      .map(({ role, by }) =>
        by.length === 0
          ? t('access.move.never', { role: nameOf(role) })
          : t('access.move.besides', { role: nameOf(role), roles: by.map(nameOf).join(t('access.or')) }),
      )
      .join(t('access.and'))
  }
  return (
    <section className="access-moves" aria-label={t('access.moves')}>
      <h3 className="h3 section-head">{t('access.moves')}</h3>
      <ul className="access-rights">
        {moves.map((move) => (
          <li
            key={`${move.field} ${move.stage}`}
            className="row"
            data-stage={move.stage}
            data-allowed={move.allowed}
          >
            <Icon name={move.allowed ? 'check' : 'minus'} />
            <span>
              <span className="strong">{move.label}</span>
              <span className="ink-3"> {reasonOf(move)}</span>
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}
