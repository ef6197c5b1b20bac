import type { TFunction } from 'i18next'
import { Icon } from '../../runtime-ui/kit/icons/Icon.tsx'
import type { CanvasProps } from '../canvas/canvases.tsx'
import { PartActs } from '../canvas/PartActs.tsx'
import type { Side } from '../canvas/Picture.tsx'
import type { TileActs } from '../canvas/TileOrder.tsx'
import { Inspector } from '../inspector/Inspector.tsx'
import type { Json } from '../store/json-value.ts'
import type { DraftTile } from './dashboard-edit.ts'

interface SideQuestion extends CanvasProps {
  readonly t: TFunction
  readonly tiles: readonly DraftTile[]
  readonly selected: number | undefined
  readonly acts: TileActs
  readonly labelOf: (tile: Json) => string
  readonly onClose: () => void
}

const IN_PICTURE: ReadonlySet<string> = new Set(['tiles'])
const ALWAYS: ReadonlySet<string> = new Set(['label', 'period', 'for'])
const IN_TILE: ReadonlySet<string> = new Set(['name'])
const OF_REPORT: ReadonlySet<string> = new Set(['label', 'report', 'chart', 'width', 'height'])
const OF_TEXT: ReadonlySet<string> = new Set(['text', 'width', 'height'])

/** What stands beside the picture of a dashboard: a tile, else the dashboard as a whole. */
export function dashboardSide(question: SideQuestion): Side {
  const { kind, name, definition, inForce, readOnly, set, t, tiles, selected, acts, labelOf } = question
  const tile = selected === undefined ? undefined : tiles[selected]
  if (selected !== undefined && tile !== undefined) {
    return {
      title: labelOf(tile),
      beside: tile.name,
      icon: <Icon name={tile.report === undefined ? 'document' : 'chart'} />,
      onClose: question.onClose,
      acts: readOnly ? undefined : (
        <PartActs
          isFirst={selected === 0}
          isLast={selected === tiles.length - 1}
          onMove={(by) => acts.move(selected, by)}
          onRemove={() => acts.remove(selected)}
        />
      ),
      content: (
        <Inspector
          {...{ kind, name, definition, inForce, readOnly, set }}
          key={tile.name}
          at={['tiles', String(selected)]}
          without={IN_TILE}
          always={tile.report === undefined ? OF_TEXT : OF_REPORT}
        />
      ),
    }
  }
  return {
    title: t('example.wholeDashboard'),
    beside: name,
    content: (
      <>
        <Inspector
          {...{ kind, name, definition, inForce, readOnly, set }}
          without={IN_PICTURE}
          always={ALWAYS}
        />
        {readOnly ? null : <p className="t13 ink-2">{t('example.tileKeys')}</p>}
      </>
    ),
  }
}
