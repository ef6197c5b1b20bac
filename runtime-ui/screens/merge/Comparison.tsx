import { Radio } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { MergeOutcome } from '../../api/merge.ts'
import type { Entity, RecordData } from '../../api/types.ts'
import { Button } from '../../kit/Button.tsx'
import { Icon } from '../../kit/icons/Icon.tsx'
import { FieldValue } from '../../values/FieldValue.tsx'
import { titleOf } from '../../values/references.ts'
import { type ComparedField, comparedFields, isChoosable, sourceOf, TOGETHER } from './compare.ts'

export interface ComparisonProps {
  readonly entity: Entity
  /** The one that stays, then those that go. */
  readonly records: readonly RecordData[]
  readonly take: Readonly<Record<string, string>>
  readonly outcome: MergeOutcome | undefined
  readonly onTake: (field: string, from: string | undefined) => void
  /** Lets another one stay instead. */
  readonly onStay: (record: RecordData) => void
}

/** The records side by side, a row for each field in which they differ, with the value that is kept. */
export function Comparison({ entity, records, take, outcome, onTake, onStay }: ComparisonProps) {
  const { t } = useTranslation()
  const [survivor] = records
  const rows = comparedFields(entity, records)
  if (survivor === undefined) return null
  return (
    <section className="merge-compare" aria-label={t('merge.compare')}>
      <div className="merge-grid" style={{ ['--columns' as string]: records.length }}>
        <div className="merge-row merge-head">
          <span />
          {records.map((record, index) => (
            <span key={record.id} className="merge-name">
              <span className="strong">{titleOf(entity, record)}</span>
              <span className="t12 ink-3">{t(index === 0 ? 'merge.stays' : 'merge.goes')}</span>
              {index === 0 ? null : (
                <Button
                  type="text"
                  size="small"
                  aria-label={t('merge.stayOf', { title: titleOf(entity, record) })}
                  onClick={() => onStay(record)}
                >
                  {t('merge.stay')}
                </Button>
              )}
            </span>
          ))}
        </div>
        {rows.map((row) => (
          <Row
            key={row.field.name}
            {...{ entity, records, row }}
            chosen={sourceOf(row, records, take, outcome)}
            onChoose={(from) => onTake(row.field.name, from === TOGETHER ? undefined : from)}
          />
        ))}
      </div>
      <Equal entity={entity} record={survivor} differing={rows} />
    </section>
  )
}

interface RowProps {
  readonly entity: Entity
  readonly records: readonly RecordData[]
  readonly row: ComparedField
  readonly chosen: string
  readonly onChoose: (from: string) => void
}

function Row({ entity, records, row, chosen, onChoose }: RowProps) {
  const { t } = useTranslation()
  const { field, isList } = row
  const name = `merge-${field.name}`
  const label = `merge-label-${field.name}`
  return (
    <div className="merge-row" role="radiogroup" aria-labelledby={label} data-field={field.name}>
      <span className="merge-label t13">
        <span className="ink-2" id={label}>
          {field.label}
        </span>
        {isList ? (
          <Radio
            name={name}
            value={TOGETHER}
            checked={chosen === TOGETHER}
            onChange={() => onChoose(TOGETHER)}
          >
            {t('merge.together')}
          </Radio>
        ) : null}
      </span>
      {records.map((record) => {
        const value = record[field.name]
        const isChosen = chosen === record.id
        return (
          <Radio
            key={record.id}
            className={isChosen ? 'merge-value on' : 'merge-value'}
            name={name}
            value={record.id}
            checked={isChosen}
            disabled={!isChosen && !isChoosable(field, value)}
            onChange={() => onChoose(record.id)}
          >
            <span className="merge-of t12 ink-3">{titleOf(entity, record)}</span>
            <span className="merge-said">
              <FieldValue entity={entity} field={field} value={value} compact />
            </span>
          </Radio>
        )
      })}
    </div>
  )
}

/** What is the same in all of them, folded away. */
function Equal({
  entity,
  record,
  differing,
}: {
  readonly entity: Entity
  readonly record: RecordData
  readonly differing: readonly ComparedField[]
}) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  const names = new Set(differing.map(({ field }) => field.name))
  const fields = entity.fields.filter(({ name, writable, relation }) => {
    const value = record[name]
    const isEmpty =
      value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)
    return writable && relation?.kind !== 'children' && !names.has(name) && !isEmpty
  })
  if (fields.length === 0) return null
  return (
    <div className="merge-equal">
      <Button
        type="text"
        size="small"
        aria-expanded={open}
        icon={<Icon name={open ? 'chevron_down' : 'chevron_right'} />}
        onClick={() => setOpen(!open)}
      >
        {t('merge.equal', { count: fields.length })}
      </Button>
      {open ? (
        <dl className="merge-facts t13">
          {fields.map((field) => (
            <div key={field.name}>
              <dt className="ink-3">{field.label}</dt>
              <dd>
                <FieldValue entity={entity} field={field} value={record[field.name]} compact />
              </dd>
            </div>
          ))}
        </dl>
      ) : null}
    </div>
  )
}
