import { DatePicker, Select } from 'antd'
import dayjs from 'dayjs'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Icon } from '../../kit/icons/Icon.tsx'

const NAMES = [
  'today',
  'yesterday',
  'this_week',
  'last_week',
  'this_month',
  'last_month',
  'this_quarter',
  'last_quarter',
  'this_year',
  'last_year',
  'last_7_days',
  'last_30_days',
  'last_90_days',
  'last_12_months',
  'all',
] as const
const CUSTOM = 'custom'

export interface PeriodPickerProps {
  readonly label: string
  /** A name or two days; undefined: what each report begins with. */
  readonly value: string | undefined
  /** Whether each report may keep its own. */
  readonly hasOwn: boolean
  readonly disabled?: boolean
  readonly onChange: (value: string | undefined) => void
}

/** The time that a report goes over. */
export function PeriodPicker({ label, value, hasOwn, disabled = false, onChange }: PeriodPickerProps) {
  const { t } = useTranslation()
  const isRange = value?.includes('..') === true
  const [choosing, setChoosing] = useState(false)
  const [from, to] = isRange ? value.split('..') : []
  const options = [
    ...(hasOwn ? [{ value: '', label: t('report.ownPeriod') }] : []),
    ...NAMES.map((name) => ({ value: name as string, label: t(`period.${name}`) })),
    { value: CUSTOM, label: t('period.custom') },
  ]
  return (
    <span className="row period-picker">
      <Select
        aria-label={label}
        disabled={disabled}
        value={isRange || choosing ? CUSTOM : (value ?? '')}
        options={options}
        popupMatchSelectWidth={false}
        onChange={(name) => {
          setChoosing(name === CUSTOM)
          if (name !== CUSTOM) onChange(name === '' ? undefined : name)
        }}
      />
      {isRange || choosing ? (
        <DatePicker.RangePicker
          aria-label={label}
          disabled={disabled}
          // No period at all is another choice of the list: a cross here would do nothing.
          allowClear={false}
          suffixIcon={<Icon name="calendar" />}
          value={from === undefined || to === undefined ? null : [dayjs(from), dayjs(to)]}
          onChange={(days) => {
            const [first, last] = days ?? []
            if (first && last) onChange(`${first.format('YYYY-MM-DD')}..${last.format('YYYY-MM-DD')}`)
          }}
        />
      ) : null}
    </span>
  )
}
