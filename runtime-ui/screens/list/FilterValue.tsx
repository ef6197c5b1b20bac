import { DatePicker, Input, InputNumber, Select } from 'antd'
import dayjs from 'dayjs'
import { useTranslation } from 'react-i18next'
import type { ValueEditorProps } from 'react-querybuilder'
import type { Entity, Field } from '../../api/types.ts'
import { RecordPicker } from '../../widgets/RecordPicker.tsx'
import { WITH_LIST, WITHOUT_VALUE } from './filter-rule.ts'

interface EditorProps {
  readonly field: Field
  readonly options: readonly { readonly value: string; readonly label: string }[] | undefined
  readonly value: unknown
  readonly onChange: (value: unknown) => void
  readonly label: string
}

/** The value of a condition, asked for as the field's type deserves. */
export function FilterValue({ field: name, operator, value, handleOnChange, context }: ValueEditorProps) {
  const { t } = useTranslation()
  const entity = (context as { readonly entity: Entity }).entity
  const field = entity.fields.find((candidate) => candidate.name === name)
  if (field === undefined || WITHOUT_VALUE.has(operator)) return null
  const stages = entity.pipelines[field.name] ?? field.options
  const options = stages?.map((option) => ({ value: option.name, label: option.label }))
  const shared = { field, options, label: t('filter.value') }
  if (operator === 'between') return <RangeValue {...shared} value={value} onChange={handleOnChange} />
  if (WITH_LIST.has(operator)) return <ListValue {...shared} value={value} onChange={handleOnChange} />
  return <SingleValue {...shared} value={value} onChange={handleOnChange} />
}

const NUMBERS: ReadonlySet<string> = new Set(['integer', 'decimal', 'currency'])

function SingleValue({ field, options, value, onChange, label }: EditorProps) {
  const { t } = useTranslation()
  if (options !== undefined) {
    return (
      <Select
        aria-label={label}
        className="filter-value"
        showSearch={{ optionFilterProp: 'label' }}
        value={value === '' ? undefined : value}
        options={[...options]}
        onChange={onChange}
      />
    )
  }
  if (field.type === 'boolean') {
    const choices = [true, false].map((choice) => ({
      value: choice,
      label: t(choice ? 'value.yes' : 'value.no'),
    }))
    return (
      <Select
        aria-label={label}
        className="filter-value"
        value={typeof value === 'boolean' ? value : undefined}
        options={choices}
        onChange={onChange}
      />
    )
  }
  if (NUMBERS.has(field.type)) {
    return (
      <InputNumber
        aria-label={label}
        className="filter-value"
        value={typeof value === 'number' ? value : null}
        onChange={(next) => onChange(next ?? '')}
      />
    )
  }
  if (field.type === 'percent') {
    const shown = typeof value === 'number' ? Number((value * 100).toPrecision(12)) : null
    return (
      <InputNumber
        aria-label={label}
        className="filter-value"
        suffix="%"
        value={shown}
        onChange={(next) => onChange(next === null ? '' : Number((next / 100).toPrecision(12)))}
      />
    )
  }
  if (field.type === 'date' || field.type === 'date_time') {
    return (
      <DatePicker
        aria-label={label}
        className="filter-value"
        value={value ? dayjs(String(value)) : null}
        onChange={(next) => onChange(next === null ? '' : next.format('YYYY-MM-DD'))}
      />
    )
  }
  const target = field.relation?.to.length === 1 ? field.relation.to[0] : undefined
  if (target !== undefined) {
    return (
      <RecordPicker
        className="filter-value"
        label={label}
        entity={target}
        value={typeof value === 'string' && value !== '' ? value : undefined}
        onChange={(next) => onChange(next ?? '')}
      />
    )
  }
  return (
    <Input
      aria-label={label}
      className="filter-value"
      value={String(value ?? '')}
      onChange={(event) => onChange(event.target.value)}
    />
  )
}

function ListValue({ field, options, value, onChange, label }: EditorProps) {
  const values = Array.isArray(value) ? value : []
  const target = field.relation?.to.length === 1 ? field.relation.to[0] : undefined
  if (target !== undefined) {
    return (
      <RecordPicker
        className="filter-value"
        label={label}
        multiple
        entity={target}
        values={values as string[]}
        onValues={onChange}
      />
    )
  }
  if (NUMBERS.has(field.type) || field.type === 'percent') {
    return (
      <Select
        aria-label={label}
        className="filter-value"
        mode="tags"
        open={false}
        suffixIcon={null}
        value={values.map(String)}
        onChange={(next: string[]) => onChange(next.map(Number).filter(Number.isFinite))}
      />
    )
  }
  const mode = options === undefined ? 'tags' : 'multiple'
  return (
    <Select
      aria-label={label}
      className="filter-value"
      mode={mode}
      showSearch={{ optionFilterProp: 'label' }}
      value={values}
      options={[...(options ?? [])]}
      onChange={onChange}
    />
  )
}

function RangeValue({ field, options, value, onChange, label }: EditorProps) {
  const { t } = useTranslation()
  const [from, to] = Array.isArray(value) ? value : ['', '']
  const shared = { field, options }
  return (
    <span className="row filter-range">
      <SingleValue {...shared} label={`${label} 1`} value={from} onChange={(next) => onChange([next, to])} />
      <span className="ink-3">{t('filter.to')}</span>
      <SingleValue {...shared} label={`${label} 2`} value={to} onChange={(next) => onChange([from, next])} />
    </span>
  )
}
