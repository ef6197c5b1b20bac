import type { FieldProps } from '@rjsf/utils'
import { WidgetByName } from '../widgets/WidgetByName.tsx'
import type { WidgetContext } from '../widgets/widget.ts'

/** What a form hands to its fields. */
export interface RecordFormContext extends Omit<WidgetContext, 'WidgetByName'> {
  /** The field to begin with. */
  readonly first: string | undefined
}

/** One field, whatever the JSON type of its value: the widget that its form part names. */
export function WidgetField(props: FieldProps) {
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
      value={props.formData ?? undefined}
      onChange={(value) => props.onChange(value, props.fieldPathId.path)}
      options={(ui['ui:options'] ?? {}) as Readonly<Record<string, unknown>>}
      readOnly={props.readonly === true || props.disabled === true}
      required={props.required === true}
      invalid={invalid}
      describedBy={`${id}-notes`}
      autoFocus={context.first === props.name}
      context={{ ...context, WidgetByName }}
    />
  )
}
