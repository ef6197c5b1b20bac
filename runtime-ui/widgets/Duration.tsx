import { Input, InputNumber } from 'antd'
import { useTranslation } from 'react-i18next'
import { type DurationParts, durationOf, durationParts } from './duration.ts'
import { ariaOf, statusOf, textOfValue, valueOfText, type WidgetProps } from './widget.ts'

const UNITS = ['days', 'hours', 'minutes'] as const

/** A length of time in days, hours and minutes; one in other units is edited as it is written. */
export function Duration(props: WidgetProps) {
  const { t } = useTranslation()
  const text = textOfValue(props.value)
  const parts: DurationParts | undefined =
    text === '' ? { days: 0, hours: 0, minutes: 0 } : durationParts(text)
  if (parts === undefined) {
    return (
      <Input
        {...ariaOf(props)}
        status={statusOf(props)}
        value={text}
        onChange={(event) => props.onChange(valueOfText(event.target.value))}
      />
    )
  }
  return (
    <fieldset className="row duration group" aria-label={props.label}>
      {UNITS.map((unit, index) => (
        <InputNumber<number>
          key={unit}
          {...(index === 0 ? ariaOf(props) : {})}
          aria-label={`${props.label} ${t(`unit.${unit}`)}`}
          status={statusOf(props)}
          className="wide"
          controls={false}
          min={0}
          precision={0}
          readOnly={props.readOnly}
          suffix={<span className="ink-3">{t(`unit.${unit}`)}</span>}
          value={parts[unit] === 0 ? null : parts[unit]}
          onChange={(next) => props.onChange(durationOf({ ...parts, [unit]: next ?? 0 }))}
        />
      ))}
    </fieldset>
  )
}
