import { Input, InputNumber, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { durationWords, sentenceLanguage } from '../../../metadata/rules/sentence-words.ts'
import { Icon } from '../../../runtime-ui/kit/icons/Icon.tsx'
import { useLanguage } from '../../../runtime-ui/kit/model-context.tsx'
import type { ControlProps } from '../Control.tsx'
import { controlId, useInspected } from '../inspected.ts'
import { type DurationUnit, durationText, inOneUnit, unitsOf } from './duration.ts'

/** A length of time: a number and its unit; one of several units, such as a day and a half, as it is written. */
export function DurationControl({ path, schema, value, title }: ControlProps) {
  const { t } = useTranslation()
  const language = useLanguage()
  const { readOnly, set } = useInspected()
  const [unit, setUnit] = useState<DurationUnit>('days')
  const text = typeof value === 'string' ? value : ''
  const one = text === '' ? { count: null, unit } : inOneUnit(text)
  const shared = { id: controlId(path), disabled: readOnly }
  if (one === undefined) {
    return (
      <>
        <Input
          {...shared}
          className="mono-input"
          spellCheck={false}
          value={text}
          onChange={({ target }) => set(path, target.value === '' ? undefined : target.value)}
        />
        <p className="t12 ink-2">{durationWords(text, sentenceLanguage(language))}</p>
      </>
    )
  }
  const change = (count: number | null, next: DurationUnit): void => {
    setUnit(next)
    const written = count === null ? undefined : durationText(count, next)
    if (written !== value) set(path, written)
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
        options={unitsOf(schema.pattern).map((name) => ({ value: name, label: t(`duration.${name}`) }))}
        onChange={(next) => change(one.count, next)}
        suffixIcon={<Icon name="chevron_down" />}
      />
    </div>
  )
}
