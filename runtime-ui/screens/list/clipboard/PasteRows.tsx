import { Radio, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import type { Entity, Field, RecordData } from '../../../api/types.ts'
import { Button } from '../../../kit/Button.tsx'
import { FaultNote, faultOf } from '../../../kit/FaultNote.tsx'
import { Sheet } from '../../../kit/Sheet.tsx'
import { BulkForm } from '../../bulk/BulkForm.tsx'
import { handFile } from '../../import/handed-file.ts'
import { tsvOf } from './cells.ts'
import { changesOf, takesCell } from './changes-of.ts'
import { useNamed } from './use-named.ts'
import './clipboard.css'

interface PasteRowsProps {
  readonly entity: Entity
  readonly columns: readonly { readonly path: string; readonly field: Field }[]
  /** The chosen rows, else the one in use. */
  readonly records: readonly RecordData[]
  readonly rows: readonly (readonly string[])[]
  readonly onClose: () => void
}

const SHOWN_ROWS = 5

/** What is done with pasted rows: they change as many chosen ones, or become records by the page that imports. */
export function PasteRows({ entity, columns, records, rows, onClose }: PasteRowsProps) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { update, bulk, import: imports } = entity.rights
  const canChange = update && bulk && records.length === rows.length
  const [way, setWay] = useState<'change' | 'create'>(canChange ? 'change' : 'create')
  const starts = columns.filter(({ path, field }) => path === field.name && takesCell(field))
  const [start, setStart] = useState(starts[0]?.path)
  const from = columns.findIndex(({ path }) => path === start)
  const width = Math.max(...rows.map((cells) => cells.length))
  const targets = columns.slice(from < 0 ? columns.length : from).slice(0, width)
  const create = (): void => {
    const labels = columns.map(({ field }) => field.label)
    // Who copied the head of their sheet along has said what the columns are.
    const hasHead = rows[0]?.some((cell) => labels.includes(cell.trim())) === true
    const headers = Array.from({ length: width }, (_, at) => labels[at] ?? '')
    handFile(
      entity.name,
      new File([tsvOf(hasHead ? rows : [headers, ...rows])], `${t('clipboard.file')}.tsv`),
    )
    void navigate(`/records/${entity.name}/import`)
  }
  const { named, error } = useNamed(targets, rows)
  const { write, faults } =
    named === undefined ? { write: undefined, faults: [] } : changesOf(records, rows, targets, named)
  return (
    <Sheet open title={t('clipboard.title', { count: rows.length })} onClose={onClose}>
      <div className="paste-rows">
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so it must be reached by key */}
        <section className="paste-table" tabIndex={0} aria-label={t('clipboard.rows')}>
          <table className="t13">
            <tbody>
              {rows.slice(0, SHOWN_ROWS).map((cells, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a pasted row is nothing but its place
                <tr key={index}>
                  {cells.map((cell, at) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: so is its cell
                    <td key={at}>{cell}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
        {canChange && imports ? (
          <Radio.Group
            value={way}
            onChange={(event) => setWay(event.target.value as 'change' | 'create')}
            options={[
              { value: 'change', label: t('clipboard.change', { count: records.length }) },
              { value: 'create', label: t('clipboard.create', { count: rows.length }) },
            ]}
          />
        ) : null}
        {way === 'change' && canChange ? (
          <BulkForm
            {...{ entity, records, onClose }}
            write={faults.length > 0 ? undefined : write}
            act={t('bulk.changeDo', { count: records.length })}
            did="changed"
            onDone={() => undefined}
          >
            <div className="field">
              <label htmlFor="paste-start">{t('clipboard.from')}</label>
              <Select
                id="paste-start"
                showSearch
                optionFilterProp="label"
                value={start}
                options={starts.map(({ path, field }) => ({ value: path, label: field.label }))}
                onChange={setStart}
              />
            </div>
            <FaultNote id="paste-fault" fault={error === undefined ? undefined : faultOf(error, t)} />
            {faults.length === 0 ? null : (
              <div role="alert">
                <ul className="paste-faults t13">
                  {faults.slice(0, SHOWN_ROWS).map(({ row, label, cell, why }) => (
                    <li key={`${row} ${label}`}>
                      {t(`clipboard.fault.${why}`, { row, field: label, value: cell })}
                    </li>
                  ))}
                </ul>
              </div>
            )}
          </BulkForm>
        ) : imports ? (
          <div className="row end">
            <Button onClick={onClose}>{t('act.cancel')}</Button>
            <Button type="primary" onClick={create}>
              {t('clipboard.goOn')}
            </Button>
          </div>
        ) : (
          <p className="t13 ink-2">{t('clipboard.uneven', { count: records.length })}</p>
        )}
      </div>
    </Sheet>
  )
}
