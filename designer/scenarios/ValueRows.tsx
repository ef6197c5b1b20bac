import { AutoComplete, Input, InputNumber, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { IconButton } from '../../runtime-ui/kit/Button.tsx'
import { Icon } from '../../runtime-ui/kit/icons/Icon.tsx'
import { NamedManySelect } from '../inspector/NamedManySelect.tsx'
import { isObject, type Path, parseJson } from '../store/json-value.ts'
import type { Named } from '../store/use-names.ts'
import type { ValueField } from './use-value-fields.ts'

interface ValueRowsProps {
  /** What the values are for, as assistive technology says it. */
  readonly title: string
  readonly path: Path
  readonly values: unknown
  readonly fields: readonly ValueField[]
  /** What a field may point to. */
  readonly names: readonly Named[]
  readonly readOnly: boolean
  readonly set: (path: Path, to: unknown) => void
}

const ARROW = { suffixIcon: <Icon name="chevron_down" /> }
const NUMBERS: ReadonlySet<string> = new Set([
  'integer',
  'decimal',
  'currency',
  'percent',
  'rating',
  'duration',
])

/** Values by field: each with what its type is chosen or typed with. */
export function ValueRows({ title, path, values, fields, names, readOnly, set }: ValueRowsProps) {
  const { t } = useTranslation()
  const [added, setAdded] = useState<string>()
  const entries = Object.entries(isObject(values) ? values : {})
  const left = fields.filter(({ value }) => !entries.some(([name]) => name === value))
  return (
    <fieldset className="value-rows">
      <legend className="t13 property-title">{title}</legend>
      {entries.map(([name, value]) => {
        const field = fields.find((one) => one.value === name)
        const label = field?.label ?? name
        return (
          <div key={name} className="value-row" data-value={name}>
            <span className="t13 ink-2 cut" title={label}>
              {label}
            </span>
            <ValueControl
              {...{ field, value, names, readOnly, label }}
              autoFocus={name === added}
              onChange={(next) => set([...path, name], next)}
            />
            {readOnly ? null : (
              <IconButton
                size="small"
                label={t('inspector.leaveOut', { title: label })}
                icon={<Icon name="close" />}
                onClick={() => set([...path, name], undefined)}
              />
            )}
          </div>
        )
      })}
      {readOnly ? null : (
        <Select<string>
          className="value-add"
          showSearch={{ optionFilterProp: 'label' }}
          aria-label={t('scenarios.addValueTo', { title })}
          placeholder={t('scenarios.addValue')}
          value={null as unknown as string}
          options={left.map(({ value, label }) => ({ value, label }))}
          onChange={(name) => {
            setAdded(name)
            set([...path, name], beginningOf(fields.find(({ value }) => value === name)))
          }}
          {...ARROW}
        />
      )}
    </fieldset>
  )
}

/** What a value begins as. */
export const beginningOf = (field: ValueField | undefined): unknown =>
  field?.isMany === true ? [] : field?.type === 'boolean' ? true : (field?.options?.[0]?.value ?? '')

interface ValueControlProps {
  readonly field: ValueField | undefined
  readonly value: unknown
  readonly names: readonly Named[]
  readonly readOnly: boolean
  readonly label: string
  /** Whether it was just added: what comes next is its value. */
  readonly autoFocus: boolean
  readonly onChange: (value: unknown) => void
}

/** What a value of a field is chosen or typed with, by its type. */
export function ValueControl(props: ValueControlProps) {
  const { field, value, names, readOnly, label, autoFocus, onChange } = props
  const { t } = useTranslation()
  const shared = { 'aria-label': label, disabled: readOnly, className: 'wide', autoFocus }
  const choices = field?.options ?? (field?.isPointer === true ? names : undefined)
  if (field?.isMany === true && (Array.isArray(value) || value === '')) {
    const values = Array.isArray(value) ? value.map(String) : []
    return choices === undefined ? (
      <Select<string[]> {...shared} mode="tags" value={values} onChange={onChange} {...ARROW} />
    ) : (
      <NamedManySelect {...{ label, choices, autoFocus, onChange }} disabled={readOnly} value={values} />
    )
  }
  if (field?.type === 'boolean') {
    const options = [true, false].map((one) => ({
      value: String(one),
      label: t(one ? 'value.yes' : 'value.no'),
    }))
    return (
      <Select
        {...shared}
        value={String(value)}
        options={options}
        onChange={(next: string) => onChange(next === 'true')}
        {...ARROW}
      />
    )
  }
  if (field?.options !== undefined && (typeof value === 'string' || value === null)) {
    return (
      <Select<string>
        {...shared}
        showSearch={{ optionFilterProp: 'label' }}
        value={value === '' ? (null as unknown as string) : (value as string)}
        options={[...field.options]}
        onChange={onChange}
        {...ARROW}
      />
    )
  }
  if (choices !== undefined && (typeof value === 'string' || value === null)) {
    return (
      <AutoComplete
        {...shared}
        value={value ?? ''}
        options={[...choices]}
        showSearch={{ filterOption: (typed, option) => matches(typed, option) }}
        onChange={onChange}
      />
    )
  }
  if (NUMBERS.has(field?.type ?? '') && (typeof value === 'number' || value === '')) {
    return (
      <InputNumber
        {...shared}
        value={typeof value === 'number' ? value : null}
        onChange={(next) => onChange(next ?? '')}
      />
    )
  }
  return (
    <Input
      {...shared}
      value={typeof value === 'string' ? value : JSON.stringify(value)}
      onChange={({ target }) => onChange(typeof value === 'string' ? target.value : written(target.value))}
    />
  )
}

/** What is not a text is written as it is stored; it becomes one where it cannot be read. */
const written = (text: string): unknown => parseJson(text)?.value ?? text

const matches = (typed: string, option: { readonly value?: unknown; readonly label?: unknown } | undefined) =>
  `${String(option?.label ?? '')} ${String(option?.value ?? '')}`.toLowerCase().includes(typed.toLowerCase())

/** Which of several values: names, roles, fields. */
export function NamesSelect(props: {
  readonly label: string
  readonly value: unknown
  readonly choices: readonly Named[]
  readonly readOnly: boolean
  readonly onChange: (value: readonly string[] | undefined) => void
}) {
  const { label, value, choices, readOnly, onChange } = props
  return (
    <NamedManySelect
      {...{ label, choices }}
      disabled={readOnly}
      value={Array.isArray(value) ? value.map(String) : []}
      onChange={(next) => onChange(next.length === 0 ? undefined : next)}
    />
  )
}
