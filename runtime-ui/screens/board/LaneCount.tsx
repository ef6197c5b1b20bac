import { useTranslation } from 'react-i18next'
import { formatNumber } from '../../kit/format.ts'
import { Icon } from '../../kit/icons/Icon.tsx'
import { useLanguage } from '../../kit/model-context.tsx'

interface LaneCountProps {
  readonly count: number | undefined
  /** How many there should be at most. */
  readonly most: number | undefined
}

/** How many a column has, beside how many it should have; above that it warns. */
export function LaneCount({ count, most }: LaneCountProps) {
  const { t } = useTranslation()
  const language = useLanguage()
  const number = count === undefined ? '' : formatNumber(count, language)
  if (most === undefined) return <span className="count num">{number}</span>
  const isOver = count !== undefined && count > most
  const text = t(isOver ? 'board.over' : 'board.limit', { count: most })
  return (
    <span className={isOver ? 'row count num lane-over' : 'count num'} title={text}>
      {isOver ? <Icon name="alert" size="small" /> : null}
      <span>{`${number} / ${formatNumber(most, language)}`}</span>
      <span className="visually-hidden">{text}</span>
    </span>
  )
}
