import { type FormEvent, type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { BulkWrite } from '../../api/bulk.ts'
import type { Entity, RecordData } from '../../api/types.ts'
import { Button } from '../../kit/Button.tsx'
import { FaultNote, faultOf } from '../../kit/FaultNote.tsx'
import { BulkPreview } from './BulkPreview.tsx'
import { useBulk } from './use-bulk.ts'
import './bulk.css'

export interface BulkFormProps {
  readonly entity: Entity
  /** The chosen records, with what the act needs to know of them. */
  readonly records: readonly RecordData[]
  readonly onClose: () => void
  /** @param refused the ids of those that stayed as they were */
  readonly onDone: (refused: readonly string[]) => void
}

interface BulkSheetProps extends BulkFormProps {
  /** Undefined while something is still to be said. */
  readonly write: BulkWrite | undefined
  readonly act: string
  readonly did: 'changed' | 'deleted'
  readonly danger?: boolean
  readonly children?: ReactNode
}

/** An act on many records: what is asked, what would come of it, and the act. */
export function BulkForm(props: BulkSheetProps) {
  const { entity, records, write, act, did, danger = false, children, onClose, onDone } = props
  const { t } = useTranslation()
  const run = useBulk(entity)
  const [busy, setBusy] = useState(false)
  const [fault, setFault] = useState<string>()
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    if (busy || write === undefined) return
    setBusy(true)
    setFault(undefined)
    try {
      const ids = write.delete ?? write.update?.map(({ id }) => id) ?? []
      onDone(await run(write, ids, did))
      onClose()
    } catch (error) {
      setFault(faultOf(error, t))
      setBusy(false)
    }
  }
  return (
    <form className="bulk-form" onSubmit={(event) => void submit(event)} noValidate>
      <FaultNote id="bulk-act-fault" fault={fault} />
      {children}
      {write === undefined ? null : <BulkPreview {...{ entity, write, records }} />}
      <div className="row end">
        <Button onClick={onClose}>{t('act.cancel')}</Button>
        <Button
          type="primary"
          danger={danger}
          htmlType="submit"
          disabled={write === undefined}
          aria-busy={busy}
        >
          {act}
        </Button>
      </div>
    </form>
  )
}
