import { Select } from 'antd'
import { Chip } from '../kit/Chip.tsx'
import { Icon } from '../kit/icons/Icon.tsx'
import { useLanguage } from '../kit/model-context.tsx'
import { ariaOf, choicesOf, statusOf, type WidgetProps } from './widget.ts'

/** As in lists: a tint for each of a handful of options, none for more. */
const MOST_TINTS = 6

/** One of the options; typing narrows a long list. */
export function Choice(props: WidgetProps) {
  const choices = choicesOf(props.options, useLanguage())
  return (
    <Select
      {...ariaOf(props)}
      className="wide"
      status={statusOf(props)}
      autoFocus={props.autoFocus}
      disabled={props.readOnly}
      allowClear={!props.required}
      showSearch={{ optionFilterProp: 'text' }}
      suffixIcon={<Icon name="chevron_down" />}
      value={typeof props.value === 'string' ? props.value : undefined}
      options={choices.map(({ name, label, color }) => ({
        value: name,
        text: label,
        label:
          color === undefined || choices.length > MOST_TINTS ? label : <Chip colour={color}>{label}</Chip>,
      }))}
      onChange={(next: string | undefined) => props.onChange(next)}
    />
  )
}
