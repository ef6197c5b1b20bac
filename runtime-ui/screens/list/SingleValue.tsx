import { DatePicker, Input, InputNumber, Select } from 'antd'
import dayjs from 'dayjs'
import type { ComponentType } from 'react'
import { useTranslation } from 'react-i18next'
import type { Field } from '../../api/types.ts'
import { clearingDay } from '../../kit/clearing.tsx'
import { RecordPicker } from '../../widgets/RecordPicker.tsx'

export interface EditorProps {
  readonly field: Field
  readonly options: readonly { readonly value: string; readonly label: string }[] | undefined
  readonly value: unknown
  readonly onChange: (value: unknown) => void
  readonly label: string
}

type ValueKind = 'choice' | 'boolean' | 'number' | 'percent' | 'day' | 'record' | 'text'

const NUMBERS: ReadonlySet<string> = new Set(['integer', 'decimal', 'currency'])

/** How the value of a condition on a field is asked for. */
export function valueKind(field: Field, hasOptions: boolean): ValueKind {
  if (hasOptions) return 'choice'
  if (NUMBERS.has(field.type)) return 'number'
  if (field.type === 'boolean' || field.type === 'percent') return field.type
  if (field.type === 'date' || field.type === 'date_time') return 'day'
  return field.relation?.to.length === 1 ? 'record' : 'text'
}

/** One value of a condition. */
export function SingleValue(props: EditorProps) {
  const Editor = EDITORS[valueKind(props.field, props.options !== undefined)]
  return <Editor {...props} />
}

/** One of some choices. */
export function ChoiceValue({ options, value, onChange, label }: Omit<EditorProps, 'field'>) {
  return (
    <Select
      aria-label={label}
      className="filter-value"
      showSearch={{ optionFilterProp: 'label' }}
      value={value === '' ? undefined : value}
      options={[...(options ?? [])]}
      onChange={onChange}
    />
  )
}

function BooleanChoice({ value, onChange, label }: EditorProps) {
  const { t } = useTranslation()
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

function NumberValue({ value, onChange, label }: EditorProps) {
  return (
    <InputNumber
      aria-label={label}
      className="filter-value"
      controls={false}
      value={typeof value === 'number' ? value : null}
      onChange={(next) => onChange(next ?? '')}
    />
  )
}

function PercentValue({ value, onChange, label }: EditorProps) {
  const shown = typeof value === 'number' ? Number((value * 100).toPrecision(12)) : null
  return (
    <InputNumber
      aria-label={label}
      className="filter-value"
      controls={false}
      suffix="%"
      value={shown}
      onChange={(next) => onChange(next === null ? '' : Number((next / 100).toPrecision(12)))}
    />
  )
}

function DayValue({ value, onChange, label }: EditorProps) {
  const { t } = useTranslation()
  return (
    <DatePicker
      aria-label={label}
      className="filter-value"
      {...clearingDay(t('act.clearOf', { title: label }))}
      value={value ? dayjs(String(value)) : null}
      onChange={(next) => onChange(next === null ? '' : next.format('YYYY-MM-DD'))}
    />
  )
}

function RecordValue({ field, value, onChange, label }: EditorProps) {
  return (
    <RecordPicker
      className="filter-value"
      label={label}
      entity={field.relation?.to[0] ?? ''}
      value={typeof value === 'string' && value !== '' ? value : undefined}
      onChange={(next) => onChange(next ?? '')}
    />
  )
}

function TextValue({ value, onChange, label }: EditorProps) {
  return (
    <Input
      aria-label={label}
      className="filter-value"
      value={String(value ?? '')}
      onChange={(event) => onChange(event.target.value)}
    />
  )
}

const EDITORS: Readonly<Record<ValueKind, ComponentType<EditorProps>>> = {
  choice: ChoiceValue,
  boolean: BooleanChoice,
  number: NumberValue,
  percent: PercentValue,
  day: DayValue,
  record: RecordValue,
  text: TextValue,
}
