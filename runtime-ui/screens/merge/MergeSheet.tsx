import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { mergeRecords } from '../../api/merge.ts'
import type { Entity, RecordData } from '../../api/types.ts'
import { createAttemptKeys } from '../../forms/attempt-key.ts'
import { Button } from '../../kit/Button.tsx'
import { FaultNote, faultOf } from '../../kit/FaultNote.tsx'
import { LoadingRows } from '../../kit/Loading.tsx'
import { Sheet } from '../../kit/Sheet.tsx'
import { toast } from '../../kit/toast.tsx'
import { titleOf } from '../../values/references.ts'
import { ComesAlong } from './ComesAlong.tsx'
import { Comparison } from './Comparison.tsx'
import './merge.css'
import { PickOthers } from './PickOthers.tsx'
import { useMergePreview } from './use-merge.ts'

interface MergeSheetProps {
  readonly entity: Entity
  /** The record that stays, unless another one is chosen. */
  readonly record: RecordData
  /** Those that are chosen at first. */
  readonly others?: readonly string[]
  readonly open: boolean
  readonly onClose: () => void
  /** Called with the record that stayed, which may be one of the others. */
  readonly onMerged?: (id: string) => void
}

/** Which records are merged into one, with which values. */
export function MergeSheet(props: MergeSheetProps) {
  // What was chosen goes with the panel.
  return props.open ? <OpenSheet {...props} /> : null
}

const ONE_COLUMN = 220
const NARROW = 520

function OpenSheet({ entity, record, others: preset = [], open, onClose, onMerged }: MergeSheetProps) {
  const { t } = useTranslation()
  const queryClient = useQueryClient()
  const [stays, setStays] = useState(record)
  const [ids, setIds] = useState<readonly string[]>(preset)
  const [take, setTake] = useState<Readonly<Record<string, string>>>({})
  const [keyOf] = useState(createAttemptKeys)
  const [fault, setFault] = useState<string>()
  const [busy, setBusy] = useState(false)
  const preview = useMergePreview(entity, stays.id, ids, take)
  const title = titleOf(entity, stays)
  const choose = (chosen: readonly string[]): void => {
    const known = new Set([stays.id, ...chosen])
    setIds(chosen)
    setFault(undefined)
    setTake((before) => Object.fromEntries(Object.entries(before).filter(([, from]) => known.has(from))))
  }
  const keep = (field: string, from: string | undefined): void =>
    setTake(({ [field]: _before, ...rest }) => (from === undefined ? rest : { ...rest, [field]: from }))
  const stay = (other: RecordData): void => {
    setIds(ids.map((id) => (id === other.id ? stays.id : id)))
    setStays(other)
    setTake({})
    setFault(undefined)
  }
  const merge = async (): Promise<void> => {
    if (busy) return
    setBusy(true)
    setFault(undefined)
    try {
      const { merged } = await mergeRecords(
        entity.name,
        stays.id,
        { others: ids, take },
        { key: keyOf({ stays: stays.id, ids, take }) },
      )
      toast({ text: t('merge.done', { count: merged.length, title }) })
      onClose()
      onMerged?.(stays.id)
      const isGone = ({ queryKey }: { readonly queryKey: readonly unknown[] }): boolean =>
        ids.some((id) => queryKey.includes(id))
      queryClient.removeQueries({ predicate: isGone })
      await queryClient.invalidateQueries({ queryKey: ['records'] })
    } catch (error) {
      setFault(faultOf(error, t))
      setBusy(false)
    }
  }
  const isReady = ids.length > 0 && preview.outcome !== undefined && !preview.isWaiting
  const records = [stays, ...preview.others]
  return (
    <Sheet
      open={open}
      title={t('merge.title', { entity: entity.plural })}
      width={ids.length === 0 ? NARROW : Math.min(1080, 160 + ONE_COLUMN * (ids.length + 1))}
      onClose={onClose}
      footer={
        <div className="row end merge-foot">
          <Button onClick={onClose}>{t('act.cancel')}</Button>
          <Button type="primary" aria-busy={busy} disabled={!isReady} onClick={() => void merge()}>
            {t('merge.do', { count: Math.max(ids.length, 1), title })}
          </Button>
        </div>
      }
    >
      <div className="merge">
        <FaultNote id="merge-fault" fault={fault ?? preview.fault} />
        <p className="ink-2 merge-text">{t('merge.text', { title })}</p>
        <PickOthers entity={entity} survivor={stays.id} chosen={ids} onChoose={choose} />
        {ids.length > 0 && preview.others.length < ids.length && preview.fault === undefined ? (
          <LoadingRows rows={3} />
        ) : null}
        {preview.others.length === 0 ? null : (
          <Comparison {...{ entity, records, take, outcome: preview.outcome }} onTake={keep} onStay={stay} />
        )}
        {preview.outcome === undefined ? null : <ComesAlong entity={entity} outcome={preview.outcome} />}
      </div>
    </Sheet>
  )
}
