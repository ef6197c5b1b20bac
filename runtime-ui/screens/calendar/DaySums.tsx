import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { type Figures, groupFigures } from '../../api/records.ts'
import type { Entity, Field, View } from '../../api/types.ts'
import { useWork } from '../../kit/model-context.tsx'
import { FieldValue } from '../../values/FieldValue.tsx'
import { fieldAt } from '../../values/references.ts'
import { bothOf } from '../list/filter-rule.ts'
import { effectiveFilter, type ListState } from '../list/list-state.ts'
import { dayOf } from './days.ts'

/** What a view sums up of each day: of the records that begin on it, all of them, however many are shown. */
export function useDaySums(
  entity: Entity,
  view: View | undefined,
  state: ListState,
  date: Field,
  within: unknown,
): ReadonlyMap<string, Figures> {
  const zone = useWork().model.timeZone
  const measures = (view?.columns ?? []).flatMap(({ field, total }) =>
    total === undefined || total === 'count' ? [] : [{ fn: total, field }],
  )
  const filter = bothOf(effectiveFilter(state, view), within)
  const { data = [] } = useQuery({
    queryKey: ['records', entity.name, 'day-sums', date.name, filter ?? null, measures],
    queryFn: () => groupFigures(entity.name, [{ field: date.name, bucket: 'day' }], { filter }, measures),
    enabled: measures.length > 0 && state.q === '',
  })
  return new Map(
    data.flatMap((figures) => {
      const day = dayOf(date, figures[date.name], zone)
      return day === undefined ? [] : [[day, figures] as const]
    }),
  )
}

interface DaySumsProps {
  readonly entity: Entity
  readonly view: View | undefined
  readonly figures: Figures | undefined
  /** Says what the sums are of; where days stand side by side the head of the page does. */
  readonly isLabelled?: boolean | undefined
}

/** The sums of one day. */
export function DaySums({ entity, view, figures, isLabelled }: DaySumsProps) {
  const { t } = useTranslation()
  const { model } = useWork()
  const shown = (view?.columns ?? []).flatMap(({ field: path, total }) => {
    const field = fieldAt(model.entities, entity, path)
    const value = figures?.[`${total}_${path.replaceAll('.', '_')}`]
    if (field === undefined || total === undefined || total === 'count') return []
    return value === undefined || value === null ? [] : [{ path, total, field, value }]
  })
  if (shown.length === 0) return null
  return (
    <span className="day-sums t12 num">
      {shown.map(({ path, total, field, value }) => {
        const label = t(`total.${total}`, { field: field.label })
        return (
          <span key={`${path}.${total}`} className="cut" title={label}>
            <span className={isLabelled === true ? undefined : 'visually-hidden'}>{label} </span>
            <FieldValue entity={entity} field={field} value={value} compact />
          </span>
        )
      })}
    </span>
  )
}
