import { useTranslation } from 'react-i18next'
import type { Entity, Field } from '../../api/types.ts'
import { tintOf } from '../../kit/Chip.tsx'
import { depthOf } from '../../kit/StageMark.tsx'
import type { BoardColumn } from './use-board.ts'

/** A mark in the colour of an option; grey where it has none. */
function dotOf(colour: string | undefined) {
  const tint = tintOf(colour)
  return tint === '' ? undefined : { background: `var(--tag-${tint})` }
}

interface LaneNameProps {
  readonly entity: Entity
  readonly field: Field
  readonly column: BoardColumn
}

/** What a column is called: a stage by the depth of its place, a choice by its colour. */
export function LaneName({ entity, field, column: { name, option } }: LaneNameProps) {
  const { t } = useTranslation()
  const stages = entity.pipelines[field.name]
  return (
    <h2 className="row board-name">
      {stages === undefined || name === null ? (
        <i className="board-dot" style={dotOf(option?.color)} />
      ) : (
        <i className={`tenon-mark depth-${depthOf(stages, name)}`} />
      )}
      <span className="cut">{option?.label ?? t('board.none')}</span>
    </h2>
  )
}
