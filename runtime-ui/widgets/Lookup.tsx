import { referenceOf } from '../values/references.ts'
import { RecordPicker } from './RecordPicker.tsx'
import { usePicking } from './use-picking.ts'
import { ariaOf, statusOf, type WidgetProps } from './widget.ts'

/** One record of another entity; people and teams too. */
export function Lookup(props: WidgetProps) {
  const picking = usePicking(props)
  const stored = referenceOf(props.context.record?.[props.name])
  return (
    <RecordPicker
      {...picking}
      entity={String(props.options.to ?? '')}
      aria={ariaOf(props)}
      clears={props.label}
      status={statusOf(props)}
      autoFocus={props.autoFocus}
      disabled={props.readOnly}
      clearable={!props.required}
      known={stored === undefined ? [] : [stored]}
      value={typeof props.value === 'string' ? props.value : undefined}
      onChange={props.onChange}
    />
  )
}
