import { InputNumber, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import type { ValueEditorProps } from 'react-querybuilder'
import type { Entity, Field } from '../../api/types.ts'
import { RecordPicker } from '../../widgets/RecordPicker.tsx'
import { WITH_LIST, WITHOUT_VALUE } from './filter-rule.ts'
import { COUNTED, MOST_DAYS, SPAN_NAMES, WITHIN } from './relative-rule.ts'
import { ChoiceValue, type EditorProps, SingleValue, valueKind } from './SingleValue.tsx'

/** The value of a condition, asked for as the field's type deserves. */
export function FilterValue({ field: name, operator, value, handleOnChange, context }: ValueEditorProps) {
  const { t } = useTranslation()
  const entity = (context as { readonly entity: Entity }).entity
  const field = entity.fields.find((candidate) => candidate.name === name)
  if (field === undefined || WITHOUT_VALUE.has(operator)) return null
  const stages = entity.pipelines[field.name] ?? field.options
  const options = stages?.map((option) => ({ value: option.name, label: option.label }))
  const shared = { field, options, label: t('filter.value') }
  if (operator === WITHIN) return <SpanValue {...shared} value={value} onChange={handleOnChange} />
  if (COUNTED.has(operator))
    return <DaysValue {...shared} operator={operator} value={value} onChange={handleOnChange} />
  if (operator === 'between') return <RangeValue {...shared} value={value} onChange={handleOnChange} />
  if (WITH_LIST.has(operator)) return <ListValue {...shared} value={value} onChange={handleOnChange} />
  return <SingleValue {...shared} value={value} onChange={handleOnChange} />
}

/** A span of days by its name, such as this month. */
function SpanValue(props: EditorProps) {
  const { t } = useTranslation()
  return (
    <ChoiceValue
      {...props}
      options={SPAN_NAMES.map((name) => ({ value: name, label: t(`period.${name}`) }))}
    />
  )
}

/** How many days, counted from today. */
function DaysValue({ operator, value, onChange, label }: EditorProps & { readonly operator: string }) {
  const { t } = useTranslation()
  return (
    <InputNumber
      aria-label={label}
      className="filter-value"
      controls={false}
      min={1}
      max={MOST_DAYS}
      precision={0}
      suffix={t(operator === 'older_than' ? 'filter.daysAgo' : 'filter.days')}
      value={typeof value === 'number' ? value : null}
      onChange={(next) => onChange(next ?? '')}
    />
  )
}

function ListValue({ field, options, value, onChange, label }: EditorProps) {
  const values = Array.isArray(value) ? value : []
  const kind = valueKind(field, options !== undefined)
  if (kind === 'record') {
    return (
      <RecordPicker
        className="filter-value"
        label={label}
        multiple
        entity={field.relation?.to[0] ?? ''}
        values={values as string[]}
        onValues={onChange}
      />
    )
  }
  if (kind === 'number' || kind === 'percent') {
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
      options={[...(options ?? tagChoices(field))]}
      onChange={onChange}
    />
  )
}

/** The tags that are known by name; any other word may be asked for as well. */
function tagChoices({ tags }: Field) {
  const known = (tags?.groups ?? []).flatMap(({ options }) =>
    options.map(({ name, label }) => ({ value: name, label })),
  )
  return [
    ...known,
    ...(tags?.rules ?? []).flatMap(({ tag }) =>
      known.some(({ value }) => value === tag) ? [] : [{ value: tag, label: tag }],
    ),
  ]
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
