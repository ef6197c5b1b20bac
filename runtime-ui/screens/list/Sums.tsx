import { useTranslation } from 'react-i18next'
import type { Entity, View } from '../../api/types.ts'
import { useWork } from '../../kit/model-context.tsx'
import { FieldValue } from '../../values/FieldValue.tsx'
import { fieldAt } from '../../values/references.ts'

interface SumsProps {
  readonly entity: Entity
  readonly view: View | undefined
  readonly totals: Readonly<Record<string, unknown>> | undefined
}

/** The sums that a view asks for. */
export function Sums({ entity, view, totals }: SumsProps) {
  const { t } = useTranslation()
  const { model } = useWork()
  const sums = (view?.columns ?? []).filter(
    (column) => column.total !== undefined && column.total !== 'count',
  )
  return (
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
  )
}
