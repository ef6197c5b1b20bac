import { useTranslation } from 'react-i18next'
import type { Entity, RecordData } from '../../api/types.ts'
import { LoadingRows } from '../../kit/Loading.tsx'
import { Sheet } from '../../kit/Sheet.tsx'
import type { BulkAct } from './bulk-acts.ts'
import { DeleteForm } from './DeleteForm.tsx'
import { EditForm } from './EditForm.tsx'
import { OwnerForm } from './OwnerForm.tsx'

interface ActSheetProps {
  readonly entity: Entity
  readonly act: BulkAct
  /** Undefined while they are read. */
  readonly records: readonly RecordData[] | undefined
  readonly onClose: () => void
  readonly onDone: (refused: readonly string[]) => void
}

/** Asks for what an act on many records needs. */
export function ActSheet({ entity, act, records, onClose, onDone }: ActSheetProps) {
  const { t } = useTranslation()
  return (
    <Sheet open title={t(`bulk.title.${act}`, { count: records?.length ?? 0 })} onClose={onClose}>
      {records === undefined ? (
        <LoadingRows rows={4} />
      ) : (
        <Form {...{ entity, act, records, onClose, onDone }} />
      )}
    </Sheet>
  )
}

function Form({ act, records, ...rest }: ActSheetProps & { readonly records: readonly RecordData[] }) {
  const props = { ...rest, records }
  if (act === 'owner') return <OwnerForm {...props} />
  if (act === 'delete') return <DeleteForm {...props} />
  const tags = props.entity.fields.find(({ type, writable }) => type === 'tags' && writable)
  return <EditForm {...props} {...(act === 'tags' && tags !== undefined ? { field: tags.name } : {})} />
}
