import { useTranslation } from 'react-i18next'
import type { Entity, Field, View } from '../../api/types.ts'
import { LaneCount } from './LaneCount.tsx'
import { LaneName } from './LaneName.tsx'
import type { BoardColumn } from './use-board.ts'

interface BoardTabsProps {
  readonly entity: Entity
  readonly field: Field
  readonly columns: readonly BoardColumn[]
  readonly shown: string | null
  readonly limits: View['limits']
  readonly figures: ReadonlyMap<string, Readonly<Record<string, unknown>>> | undefined
  readonly onShow: (name: string | null) => void
}

/** On a phone one column is seen at a time: this chooses which. */
export function BoardTabs({ entity, field, columns, shown, limits, figures, onShow }: BoardTabsProps) {
  const { t } = useTranslation()
  return (
    <nav className="board-tabs" aria-label={t('board.columns')}>
      {columns.map((column) => (
        <button
          key={column.name}
          type="button"
          className={column.name === shown ? 'plain-button on' : 'plain-button'}
          aria-current={column.name === shown ? 'true' : undefined}
          onClick={() => onShow(column.name)}
        >
          <LaneName {...{ entity, field, column }} />
          <LaneCount count={countOf(figures?.get(column.name ?? ''))} most={limits?.[column.name ?? '']} />
        </button>
      ))}
    </nav>
  )
}

const countOf = (figures: Readonly<Record<string, unknown>> | undefined): number | undefined =>
  figures === undefined ? undefined : Number(figures.count ?? 0)
