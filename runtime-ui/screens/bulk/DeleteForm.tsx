import { useTranslation } from 'react-i18next'
import { BulkForm, type BulkFormProps } from './BulkForm.tsx'

/** Moves many records to the recycle bin. */
export function DeleteForm(props: BulkFormProps) {
  const { t } = useTranslation()
  const { records } = props
  return (
    <BulkForm
      {...props}
      write={{ delete: records.map(({ id }) => id) }}
      act={t('bulk.deleteDo', { count: records.length })}
      did="deleted"
      danger
    >
      <p className="t13 ink-2">{t('bulk.deleteText')}</p>
    </BulkForm>
  )
}
