import { useTranslation } from 'react-i18next'
import type { Entity, Field } from '../../api/types.ts'
import { LaneName } from './LaneName.tsx'
import type { BoardColumn } from './use-board.ts'

interface BoardTabsProps {
  readonly entity: Entity
  readonly field: Field
  readonly columns: readonly BoardColumn[]
  readonly shown: string | null
  readonly figures: ReadonlyMap<string, Readonly<Record<string, unknown>>> | undefined
  readonly onShow: (name: string | null) => void
}

/** On a phone one column is seen at a time: this chooses which. */
export function BoardTabs({ entity, field, columns, shown, figures, onShow }: BoardTabsProps) {
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
          <span className="count num">{String(figures?.get(column.name ?? '')?.count ?? '')}</span>
        </button>
      ))}
    </nav>
  )
}
