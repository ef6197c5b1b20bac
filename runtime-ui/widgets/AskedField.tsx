import type { Entity, Field, RecordData } from '../api/types.ts'
import { widgetForField } from './for-field.ts'
import { WidgetByName } from './WidgetByName.tsx'

export interface AskedFieldProps {
  /** What its id begins with: no two forms of a page share one. */
  readonly form: string
  readonly entity: Entity
  readonly record: RecordData | null
  readonly field: Field
  readonly value: unknown
  readonly required: boolean
  /** Whether a star says so; not where all that is asked for is required. */
  readonly starred?: boolean
  readonly wide?: boolean
  readonly problem?: string | undefined
  readonly first: boolean
  /** Whether a record that is missing may be made in place. */
  readonly canCreate?: boolean
  readonly onChange: (value: unknown) => void
}

/** One field with its widget, where a few are asked for outside of the whole form. */
export function AskedField(props: AskedFieldProps) {
  const { form, entity, record, field, value, required, starred, wide, problem, first, onChange } = props
  const { canCreate = false } = props
  const id = `${form}-${field.name}`
  const { widget, options } = widgetForField(entity, field)
  return (
    <div className={wide === true ? 'field wide' : 'field'}>
      <label htmlFor={id}>
        {field.label}
        {required && starred === true ? <span aria-hidden="true"> *</span> : null}
      </label>
      <WidgetByName
        widget={widget}
        id={id}
        name={field.name}
        label={field.label}
        value={value ?? undefined}
        onChange={onChange}
        options={options}
        readOnly={false}
        required={required}
        invalid={problem !== undefined}
        describedBy={problem === undefined ? undefined : `${id}-problem`}
        autoFocus={first}
        context={{ entity, record, setFault: () => undefined, canCreate, WidgetByName }}
      />
      {problem === undefined ? null : (
        <p className="field-problem" id={`${id}-problem`} role="alert">
          {problem}
        </p>
      )}
    </div>
  )
}
