import { referenceOf } from '../values/references.ts'
import { RecordPicker } from './RecordPicker.tsx'
import { usePicking } from './use-picking.ts'
import { ariaOf, statusOf, type WidgetProps } from './widget.ts'

/** Several records of another entity. */
export function ManyToMany(props: WidgetProps) {
  const picking = usePicking(props)
  const stored = props.context.record?.[props.name]
  const known = (Array.isArray(stored) ? stored : []).flatMap((item) => referenceOf(item) ?? [])
  return (
    <RecordPicker
      {...picking}
      multiple
      entity={String(props.options.to ?? '')}
      aria={ariaOf(props)}
      clears={props.label}
      status={statusOf(props)}
      autoFocus={props.autoFocus}
      disabled={props.readOnly}
      known={known}
      values={Array.isArray(props.value) ? (props.value as string[]) : []}
      onValues={(ids) => props.onChange(ids.length === 0 ? undefined : ids)}
    />
  )
}
