import { Input, InputNumber, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { durationWords, sentenceLanguage } from '../../../metadata/rules/sentence-words.ts'
import { Icon } from '../../../runtime-ui/kit/icons/Icon.tsx'
import { useLanguage } from '../../../runtime-ui/kit/model-context.tsx'
import type { ControlProps } from '../Control.tsx'
import { controlId, useInspected } from '../inspected.ts'
import { type DurationUnit, durationText, inOneUnit, unitsOf } from './duration.ts'

/** A length of time as a property of a definition. */
export function DurationControl({ path, schema, value, title }: ControlProps) {
  const { readOnly, set } = useInspected()
  return (
    <LengthInput
      id={controlId(path)}
      title={title}
      text={typeof value === 'string' ? value : ''}
      pattern={schema.pattern}
      readOnly={readOnly}
      onChange={(next) => next !== value && set(path, next)}
    />
  )
}

interface LengthInputProps {
  readonly id?: string
  readonly title: string
  /** ISO 8601; '' where nothing is said yet. */
  readonly text: string
  /** Of the texts that are taken. */
  readonly pattern?: string | undefined
  readonly readOnly: boolean
  readonly onChange: (text: string | undefined) => void
}

/** A length of time: a number and its unit; one of several units, such as a day and a half, as it is written. */
export function LengthInput({ id, title, text, pattern, readOnly, onChange }: LengthInputProps) {
  const { t } = useTranslation()
  const language = useLanguage()
  const [unit, setUnit] = useState<DurationUnit>('days')
  const one = text === '' ? { count: null, unit } : inOneUnit(text)
  // What a label points to is called by it.
  const shared = { disabled: readOnly, ...(id === undefined ? { 'aria-label': title } : { id }) }
  if (one === undefined) {
    return (
      <>
        <Input
          {...shared}
          className="mono-input"
          spellCheck={false}
          value={text}
          onChange={({ target }) => onChange(target.value === '' ? undefined : target.value)}
        />
        <p className="t12 ink-2">{durationWords(text, sentenceLanguage(language))}</p>
      </>
    )
  }
  const change = (count: number | null, next: DurationUnit): void => {
    setUnit(next)
    onChange(count === null ? undefined : durationText(count, next))
  }
  return (
    <div className="row duration-control">
      <InputNumber<number>
        {...shared}
        min={0}
        max={9_999}
        precision={0}
        controls={false}
        value={one.count}
        onChange={(count) => change(count, one.unit)}
      />
      <Select<DurationUnit>
        aria-label={t('duration.unit', { title })}
        disabled={readOnly}
        value={one.unit}
        options={unitsOf(pattern).map((name) => ({ value: name, label: t(`duration.${name}`) }))}
        onChange={(next) => change(one.count, next)}
        suffixIcon={<Icon name="chevron_down" />}
      />
    </div>
  )
}
