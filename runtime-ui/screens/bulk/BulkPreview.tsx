import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type BulkResult, type BulkWrite, bulkWrite } from '../../api/bulk.ts'
import type { Entity, RecordData } from '../../api/types.ts'
import { FaultNote, faultOf } from '../../kit/FaultNote.tsx'
import { Icon } from '../../kit/icons/Icon.tsx'
import { titleOf } from '../../values/references.ts'

/** Records that are tried before the act: what would come of them tells what comes of more. */
const TRIED = 500
/** While somebody types nothing is tried. */
const SETTLE_MS = 300
/** Names that stand for those that a reason holds up. */
const NAMED = 3

interface BulkPreviewProps {
  readonly entity: Entity
  readonly write: BulkWrite
  readonly records: readonly RecordData[]
}

/** What an act would come to, worked out by the server, which stores nothing: how many, and who is held up by what. */
export function BulkPreview({ entity, write, records }: BulkPreviewProps) {
  const { t } = useTranslation()
  const settled = useSettled(JSON.stringify(cut(write)))
  const { data, error, isFetching } = useQuery({
    queryKey: ['bulk', entity.name, settled],
    queryFn: () => bulkWrite(entity.name, JSON.parse(settled) as BulkWrite, true),
    placeholderData: (before) => before,
    gcTime: 0,
  })
  if (error !== null) return <FaultNote id="bulk-fault" fault={faultOf(error, t)} />
  const results = data?.results ?? []
  const reasons = reasonsOf(results)
  const well = results.filter(({ errors }) => errors === undefined).length
  return (
    <div className="bulk-preview" role="status" aria-busy={isFetching}>
      {data === undefined ? null : (
        <>
          <p className="row t13">
            <Icon name={well > 0 ? 'check' : 'alert'} size="small" />
            {t(write.delete === undefined ? 'bulk.willChange' : 'bulk.willGo', { count: well })}
          </p>
          {reasons.map(({ message, indexes }) => (
            <p key={message} className="bulk-reason t13">
              <b className="num">{t('bulk.staysBecause', { count: indexes.length })}</b> {message}{' '}
              <span className="ink-3">{namesOf(entity, records, indexes)}</span>
            </p>
          ))}
          {records.length > TRIED ? <p className="t12 ink-3">{t('bulk.tried', { count: TRIED })}</p> : null}
        </>
      )}
    </div>
  )
}

function cut({ update, delete: ids }: BulkWrite): BulkWrite {
  return {
    ...(update === undefined ? {} : { update: update.slice(0, TRIED) }),
    ...(ids === undefined ? {} : { delete: ids.slice(0, TRIED) }),
  }
}

function useSettled(value: string): string {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), SETTLE_MS)
    return () => clearTimeout(timer)
  }, [value])
  return settled
}

/** The refusals by what they say, the most frequent first. */
function reasonsOf(results: readonly BulkResult[]) {
  const byMessage = new Map<string, number[]>()
  for (const { index, errors } of results) {
    for (const { message, hint } of errors ?? []) {
      const text = hint === undefined ? message : `${message} ${hint}`
      byMessage.set(text, [...(byMessage.get(text) ?? []), index])
    }
  }
  return [...byMessage]
    .map(([message, indexes]) => ({ message, indexes }))
    .sort((one, other) => other.indexes.length - one.indexes.length)
}

function namesOf(entity: Entity, records: readonly RecordData[], indexes: readonly number[]): string {
  const names = indexes.slice(0, NAMED).flatMap((index) => {
    const record = records[index]
    return record === undefined ? [] : [titleOf(entity, record)]
  })
  return `(${names.join(', ')}${indexes.length > NAMED ? ' …' : ''})`
}
