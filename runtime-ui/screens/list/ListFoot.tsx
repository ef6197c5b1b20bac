import { useTranslation } from 'react-i18next'
import type { Entity, View } from '../../api/types.ts'
import { formatNumber } from '../../kit/format.ts'
import { useLanguage, useWork } from '../../kit/model-context.tsx'
import { FieldValue } from '../../values/FieldValue.tsx'
import { fieldAt } from '../../values/references.ts'

export interface ListFootProps {
  readonly entity: Entity
  readonly view: View | undefined
  readonly shown: number
  readonly count: number | undefined
  readonly totals: Readonly<Record<string, unknown>> | undefined
  readonly loadingMore: boolean
}

/** How many rows are there, and the sums that the view asks for. */
export function ListFoot({ entity, view, shown, count, totals, loadingMore }: ListFootProps) {
  const { t } = useTranslation()
  const language = useLanguage()
  const { model } = useWork()
  const sums = (view?.columns ?? []).filter(
    (column) => column.total !== undefined && column.total !== 'count',
  )
  const number = (value: number): string => formatNumber(value, language)
  return (
    <footer className="list-foot num">
      <span role="status">
        {loadingMore
          ? t('list.loadingMore')
          : t('list.shown', { shown: number(shown), count: number(Math.max(count ?? shown, shown)) })}
      </span>
      <span className="row end list-sums">
        {sums.map(({ field: path, total }) => {
          const field = fieldAt(model.entities, entity, path)
          const value = totals?.[`${total}_${path.replaceAll('.', '_')}`]
          if (field === undefined || value === undefined || value === null) return null
          return (
            <span key={`${path}.${total}`}>
              {t(`total.${total}`, { field: field.label })}{' '}
              <b>
                <FieldValue entity={entity} field={field} value={value} compact />
              </b>
            </span>
          )
        })}
      </span>
    </footer>
  )
}
