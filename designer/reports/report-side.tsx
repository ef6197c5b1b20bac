import type { TFunction } from 'i18next'
import { Icon } from '../../runtime-ui/kit/icons/Icon.tsx'
import type { CanvasProps } from '../canvas/canvases.tsx'
import { PartActs } from '../canvas/PartActs.tsx'
import type { Side } from '../canvas/Picture.tsx'
import { entriesAt, inLongForm, short } from '../canvas/short-form.ts'
import type { TileActs } from '../canvas/TileOrder.tsx'
import { Inspector } from '../inspector/Inspector.tsx'
import type { LayoutField } from '../layouts/layout-context.ts'
import { fieldIcon } from '../model/field-icons.ts'
import { type Json, valueAt, withValue } from '../store/json-value.ts'
import { formOf, type Place, replacedPart } from './report-edit.ts'

export type SelectedPart = { readonly place: Place; readonly at: number } | undefined

interface SideQuestion extends CanvasProps {
  readonly t: TFunction
  /** The filter is edited in the picture. */
  readonly isBuilt: boolean
  readonly selected: SelectedPart
  readonly apply?: (next: Json) => void
  readonly acts?: (place: Place) => TileActs
  readonly tiles?: (place: Place) => readonly LayoutField[]
  readonly onClose?: () => void
}

/** What the picture shows itself; a filter that its chips do not know is edited as a rule. */
const IN_PICTURE = ['rows', 'columns', 'measures', 'list']
const ALWAYS: ReadonlySet<string> = new Set(['label', 'entity', 'period', 'for'])
const OF_MEASURE: ReadonlySet<string> = new Set(['label', 'fn', 'field', 'filter', 'format'])
const OF_GROUP: ReadonlySet<string> = new Set(['field', 'bucket'])
const NONE: ReadonlySet<string> = new Set()
const DATED: ReadonlySet<string> = new Set(['date', 'date_time'])

/** What stands beside the picture of a report: an entry of its lists, else the report as a whole. */
export function reportSide(question: SideQuestion): Side {
  const { kind, name, definition, inForce, readOnly, set, t, selected, apply, acts, tiles } = question
  const entries = selected === undefined ? [] : entriesAt(definition, selected.place)
  const tile = selected === undefined ? undefined : tiles?.(selected.place)[selected.at]
  if (selected !== undefined && tile !== undefined) {
    const { place, at } = selected
    const isGroup = place === 'rows' || place === 'columns'
    const hasMore = place === 'measures' || (isGroup && DATED.has(tile.type))
    return {
      title: tile.label,
      beside: tile.name,
      icon: <Icon name={fieldIcon(tile.type)} />,
      onClose: question.onClose,
      acts:
        readOnly || acts === undefined ? undefined : (
          <PartActs
            isFirst={at === 0}
            isLast={at === entries.length - 1}
            onMove={(by) => acts(place).move(at, by)}
            onRemove={() => acts(place).remove(at)}
          />
        ),
      content: hasMore ? (
        <Inspector
          {...{ kind, name, readOnly }}
          key={`${place}/${at}`}
          definition={inLongForm(definition, place)}
          inForce={inForce === undefined ? undefined : inLongForm(inForce, place)}
          at={[place, String(at)]}
          without={isGroup ? new Set(['field']) : NONE}
          always={isGroup ? OF_GROUP : OF_MEASURE}
          set={(path, to) => {
            const next = valueAt(withValue(inLongForm(definition, place), path, to), [place, String(at)])
            const entry = next as Json
            apply?.(replacedPart(definition, place, at, place === 'measures' ? entry : short(entry)))
          }}
        />
      ) : (
        <p className="t13 ink-2">{t(isGroup ? 'example.groupText' : 'example.columnText')}</p>
      ),
    }
  }
  const funnel = formOf(definition) === 'funnel' ? ['funnel'] : []
  return {
    title: t('example.wholeReport'),
    beside: name,
    content: (
      <Inspector
        {...{ kind, name, definition, inForce, readOnly, set }}
        without={
          new Set([
            ...IN_PICTURE,
            ...(question.isBuilt ? ['filter'] : []),
            ...(funnel.length > 0 ? [] : ['funnel']),
          ])
        }
        always={new Set([...ALWAYS, ...funnel])}
      />
    ),
  }
}
