import { Select } from 'antd'
import { Icon } from '../kit/icons/Icon.tsx'
import { useLanguage } from '../kit/model-context.tsx'
import { mayMove } from '../kit/StagePath.tsx'
import { ariaOf, choicesOf, statusOf, type WidgetProps } from './widget.ts'

/** A stage; of a stored record only those that its pipeline lets it move to. */
export function StageChoice(props: WidgetProps) {
  const { entity, record } = props.context
  const stages = entity?.pipelines[props.name] ?? []
  const stored = record?.[props.name]
  const from = typeof stored === 'string' ? stored : null
  const barred = Array.isArray(props.options.barred) ? (props.options.barred as readonly string[]) : []
  const choices = choicesOf(props.options, useLanguage())
  return (
    <Select
      {...ariaOf(props)}
      className="wide"
      status={statusOf(props)}
      autoFocus={props.autoFocus}
      disabled={props.readOnly}
      suffixIcon={<Icon name="chevron_down" />}
      value={typeof props.value === 'string' ? props.value : undefined}
      options={choices.map(({ name, label }) => ({
        value: name,
        label,
        disabled: name !== from && (barred.includes(name) || (from !== null && !mayMove(stages, from, name))),
      }))}
      onChange={(next: string) => props.onChange(next)}
    />
  )
}
