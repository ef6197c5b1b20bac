import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { HistoryChange } from '../../api/history.ts'
import { getRecord } from '../../api/records.ts'
import type { Entity } from '../../api/types.ts'
import { useEntity } from '../../kit/model-context.tsx'
import { FieldValue } from '../../values/FieldValue.tsx'
import { isOfType } from '../../values/of-type.ts'
import { leadsToOne, referenceOf, targetOf, titleOf } from '../../values/references.ts'

export interface HistoryValueProps {
  readonly entity: Entity
  readonly change: HistoryChange
  readonly value: unknown
}

/** A value of the past; lookups were kept as ids, so their names of today are asked for. */
export function HistoryValue({ entity, change, value }: HistoryValueProps) {
  const { t } = useTranslation()
  const field = entity.fields.find((candidate) => candidate.name === change.field)
  const reference = field !== undefined && leadsToOne(field) ? referenceOf(value) : undefined
  const other = useEntity(
    field === undefined || reference === undefined ? undefined : targetOf(field, reference),
  )
  const id = reference?.id ?? undefined
  const name = useQuery({
    queryKey: ['records', other?.name, 'one', id, 'name'],
    queryFn: async () =>
      other === undefined || id === undefined ? '' : titleOf(other, await getRecord(other.name, id, '')),
    enabled: other !== undefined && id !== undefined && reference?.label == null,
    retry: false,
  })
  // A milestone is told at the field of its stages.
  if (field?.type === 'stage' && typeof value === 'boolean')
    return <span>{t(value ? 'value.yes' : 'value.no')}</span>
  if (field === undefined) return <span>{typeof value === 'string' ? value : JSON.stringify(value)}</span>
  const isWritten = field.masked !== true && field.computed === undefined
  if (isWritten && !isOfType(field, value)) return <FormerValue value={value} />
  const shown =
    reference === undefined || name.data === undefined ? value : { ...reference, label: name.data }
  return <FieldValue entity={entity} field={field} value={shown} compact />
}

/** A value that was written when the field was of another type: as it was then, in plain words. */
function FormerValue({ value }: { readonly value: unknown }) {
  const { t } = useTranslation()
  if (typeof value === 'boolean') return <span>{t(value ? 'value.yes' : 'value.no')}</span>
  if (Array.isArray(value)) return <span>{value.map(String).join(', ')}</span>
  return <span>{typeof value === 'object' ? JSON.stringify(value) : String(value)}</span>
}
