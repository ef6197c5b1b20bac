import { useTranslation } from 'react-i18next'
import { RecordPicker } from '../../widgets/RecordPicker.tsx'

interface NewOwnerProps {
  readonly value: string | undefined
  readonly onChange: (id: string | undefined) => void
}

/** Asks to whom something goes. */
export function NewOwner({ value, onChange }: NewOwnerProps) {
  const { t } = useTranslation()
  const label = t('owner.transferTo')
  return (
    <div className="field">
      <span className="t13 ink-2">{label}</span>
      <RecordPicker entity="user" label={label} value={value} onChange={onChange} autoFocus />
    </div>
  )
}
