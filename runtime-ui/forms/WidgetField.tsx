import type { FieldProps } from '@rjsf/utils'
import { useContext } from 'react'
import { WidgetByName } from '../widgets/WidgetByName.tsx'
import type { WidgetContext } from '../widgets/widget.ts'
import { FormStateContext } from './form-state.ts'

/** What a form hands to its fields. */
export interface RecordFormContext extends Omit<WidgetContext, 'WidgetByName'> {
  /** The field to begin with. */
  readonly first: string | undefined
}

/** One field, whatever the JSON type of its value: the widget that its form part names. */
export function WidgetField(props: FieldProps) {
  const state = useContext(FormStateContext)
  const isOwn = props.fieldPathId.path.length === 1
  const isLocked = isOwn && state.locked.has(props.name)
  const context = props.registry.formContext as RecordFormContext
  const ui = props.uiSchema ?? {}
  const id = props.fieldPathId.$id
  const invalid = (props.rawErrors?.length ?? 0) > 0 || Object.keys(props.errorSchema ?? {}).length > 0
  return (
    <WidgetByName
      widget={String(ui['ui:widget'] ?? 'text')}
      id={id}
      name={props.name}
      label={props.schema.title ?? props.name}
      value={(isLocked ? state.base[props.name] : props.formData) ?? undefined}
      onChange={(value) => props.onChange(value, props.fieldPathId.path)}
      options={(ui['ui:options'] ?? {}) as Readonly<Record<string, unknown>>}
      readOnly={isLocked || props.readonly === true || props.disabled === true}
      required={props.required === true || (isOwn && state.required.has(props.name))}
      invalid={invalid}
      describedBy={`${id}-notes`}
      autoFocus={context.first === props.name}
      context={{ ...context, WidgetByName }}
    />
  )
}
