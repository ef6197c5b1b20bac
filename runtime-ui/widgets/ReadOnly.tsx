import { useContext } from 'react'
import { FormStateContext } from '../forms/form-state.ts'
import { FieldValue } from '../values/FieldValue.tsx'
import type { WidgetProps } from './widget.ts'

/** A value that the engine keeps: shown with a dashed edge. */
export function ReadOnly(props: WidgetProps) {
  const { entity, record } = props.context
  const field = entity?.fields.find((candidate) => candidate.name === props.name)
  const { computed } = useContext(FormStateContext)
  const value = computed.has(props.name) ? computed.get(props.name) : (record?.[props.name] ?? props.value)
  return (
    <output id={props.id} aria-live="off" className="read-only">
      {entity === undefined || field === undefined ? (
        String(value ?? '')
      ) : (
        <FieldValue entity={entity} field={field} value={value} />
      )}
    </output>
  )
}
