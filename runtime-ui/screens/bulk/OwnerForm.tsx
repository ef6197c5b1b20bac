import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { NewOwner } from '../owners/NewOwner.tsx'
import { BulkForm, type BulkFormProps } from './BulkForm.tsx'

/** Gives many records to somebody else. */
export function OwnerForm(props: BulkFormProps) {
  const { t } = useTranslation()
  const { records } = props
  const [owner, setOwner] = useState<string>()
  const write = owner === undefined ? undefined : { update: records.map(({ id }) => ({ id, owner })) }
  return (
    <BulkForm {...props} write={write} act={t('bulk.ownerDo', { count: records.length })} did="changed">
      <NewOwner value={owner} onChange={setOwner} />
    </BulkForm>
  )
}
