import { Radio, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { BulkWrite } from '../../api/bulk.ts'
import type { Entity, Field, RecordData } from '../../api/types.ts'
import { AskedField } from '../../widgets/AskedField.tsx'
import { BulkForm, type BulkFormProps } from './BulkForm.tsx'

/** What many records cannot be given at once. */
const SINGLE: ReadonlySet<string> = new Set([
  'child_list',
  'password',
  'file',
  'files',
  'image',
  'images',
  'json',
])
/** Values of several parts: one may be put in or taken out. */
const LISTS: ReadonlySet<string> = new Set(['tags', 'multi_select'])

type Mode = 'add' | 'remove' | 'set'

/** The fields that may be changed on many records at once. */
export const bulkFields = (entity: Entity): readonly Field[] =>
  entity.fields.filter(
    ({ name, type, writable, computed }) =>
      writable && computed === undefined && name !== 'owner' && !SINGLE.has(type),
  )

interface EditFormProps extends BulkFormProps {
  /** A field that is asked for at once. */
  readonly field?: string
}

/** Gives one field of many records a value, or takes it away. */
export function EditForm({ field: first, ...props }: EditFormProps) {
  const { entity, records } = props
  const { t } = useTranslation()
  const fields = bulkFields(entity)
  const [name, setName] = useState(first)
  const [mode, setMode] = useState<Mode>('add')
  const [value, setValue] = useState<unknown>()
  const [isClearing, setIsClearing] = useState(false)
  const field = fields.find((one) => one.name === name)
  const isList = field !== undefined && LISTS.has(field.type)
  const isSaid = isClearing || (value !== undefined && value !== null && value !== '')
  const change = { field, value: isClearing ? null : value, mode: isList ? mode : 'set' } as const
  const write = field === undefined || !isSaid ? undefined : writeOf(records, { ...change, field })
  return (
    <BulkForm {...props} write={write} act={t('bulk.changeDo', { count: records.length })} did="changed">
      <div className="field">
        <label htmlFor="bulk-field">{t('bulk.field')}</label>
        <Select
          id="bulk-field"
          showSearch
          autoFocus={first === undefined}
          value={name}
          placeholder={t('bulk.choose')}
          options={fields.map((one) => ({ value: one.name, label: one.label }))}
          optionFilterProp="label"
          onChange={(next: string) => {
            setName(next)
            setValue(undefined)
            setIsClearing(false)
          }}
        />
      </div>
      {isList ? (
        <Radio.Group
          value={mode}
          onChange={(event) => setMode(event.target.value as Mode)}
          options={(['add', 'remove', 'set'] as const).map((one) => ({
            value: one,
            label: t(`bulk.${one}`),
          }))}
        />
      ) : null}
      {field === undefined || isClearing ? null : (
        <AskedField
          key={field.name}
          form="bulk"
          {...{ entity, record: null, field, value }}
          required={false}
          first
          onChange={setValue}
        />
      )}
      {field === undefined || field.required || (isList && mode !== 'set') ? null : (
        <label className="row t13">
          <input
            type="checkbox"
            checked={isClearing}
            onChange={(event) => setIsClearing(event.target.checked)}
          />
          {t('bulk.clear', { field: field.label })}
        </label>
      )}
    </BulkForm>
  )
}

function writeOf(
  records: readonly RecordData[],
  { field, value, mode }: { readonly field: Field; readonly value: unknown; readonly mode: Mode },
): BulkWrite {
  if (mode === 'set') return { update: records.map(({ id }) => ({ id, [field.name]: value })) }
  const parts = partsOf(value)
  return {
    update: records.map((record) => {
      const held = partsOf(record[field.name])
      const next =
        mode === 'add' ? [...new Set([...held, ...parts])] : held.filter((part) => !parts.includes(part))
      return { id: record.id, [field.name]: next }
    }),
  }
}

const partsOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])
