import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useEntity } from '../../kit/model-context.tsx'
import { Sheet } from '../../kit/Sheet.tsx'
import { recordAddress } from '../frame/places.ts'
import { PeekBody } from './PeekBody.tsx'

export interface RecordSheetProps {
  readonly entity: string
  readonly id: string
  readonly onClose: () => void
}

/** What one knows of a record, above a page that one does not leave. */
export function RecordSheet({ entity: name, id, onClose }: RecordSheetProps) {
  const { t } = useTranslation()
  const entity = useEntity(name)
  if (entity === undefined) return null
  return (
    <Sheet
      open
      title={entity.label}
      onClose={onClose}
      footer={
        // In a window of its own: nothing that was typed is lost.
        <Link className="link" to={recordAddress(entity.name, id)} target="_blank" rel="noreferrer">
          {t('peek.whole')}
        </Link>
      }
    >
      <PeekBody entity={entity} id={id} />
    </Sheet>
  )
}
