import { Select } from 'antd'
import { Icon } from '../kit/icons/Icon.tsx'
import { useLanguage } from '../kit/model-context.tsx'
import { ariaOf, choicesOf, placeholderOf, statusOf, type WidgetProps } from './widget.ts'

/** Any of the options. */
export function MultiChoice(props: WidgetProps) {
  const choices = choicesOf(props.options, useLanguage())
  return (
    <Select
      {...ariaOf(props)}
      className="wide"
      mode="multiple"
      status={statusOf(props)}
      autoFocus={props.autoFocus}
      disabled={props.readOnly}
      showSearch={{ optionFilterProp: 'label' }}
      suffixIcon={<Icon name="chevron_down" />}
      placeholder={placeholderOf(props)}
      value={Array.isArray(props.value) ? (props.value as string[]) : []}
      options={choices.map(({ name, label }) => ({ value: name, label }))}
      onChange={(next: string[]) => props.onChange(next.length === 0 ? undefined : next)}
    />
  )
}
