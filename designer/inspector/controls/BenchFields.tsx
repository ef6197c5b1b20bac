import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import type { Entity, Field } from '../../../runtime-ui/api/types.ts'
import { useWork } from '../../../runtime-ui/kit/model-context.tsx'
import { widgetForField } from '../../../runtime-ui/widgets/for-field.ts'
import { WidgetByName } from '../../../runtime-ui/widgets/WidgetByName.tsx'

export type TypedValues = Readonly<Record<string, unknown>>

interface BenchFieldsProps {
  readonly entity: Entity
  /** Of the fields that the rule reads, such as `amount` and `account.region`. */
  readonly paths: readonly string[]
  readonly values: TypedValues
  readonly onChange: (values: TypedValues) => void
}

/** The fields that a rule reads, to be filled in with their own widgets. */
export function BenchFields({ entity, paths, values, onChange }: BenchFieldsProps) {
  const { model } = useWork()
  const id = useId()
  return (
    <div className="bench-fields">
      {paths.map((path) => {
        const reached = reach(model.entities, entity, path.split('.'))
        if (reached === undefined) return null
        return (
          <BenchField
            key={path}
            id={`${id}-${path}`}
            {...reached}
            value={values[path]}
            onChange={(value) => {
              const { [path]: _former, ...others } = values
              onChange(value === undefined || value === null ? others : { ...others, [path]: value })
            }}
          />
        )
      })}
    </div>
  )
}

interface Reached {
  readonly entity: Entity
  readonly field: Field
  /** Labels of the lookups that lead there. */
  readonly through: readonly string[]
}

function reach(
  entities: readonly Entity[],
  entity: Entity,
  [step, ...rest]: readonly string[],
  through: readonly string[] = [],
): Reached | undefined {
  const field = entity.fields.find(({ name }) => name === step)
  if (field === undefined) return undefined
  if (rest.length === 0) return { entity, field, through }
  const next = entities.find(({ name }) => name === field.relation?.to[0])
  return next === undefined ? undefined : reach(entities, next, rest, [...through, field.label])
}

interface BenchFieldProps extends Reached {
  readonly id: string
  readonly value: unknown
  readonly onChange: (value: unknown) => void
}

/** What the engine works out is typed by what comes of it. */
const OF_RESULT: Readonly<Record<string, string>> = {
  number: 'decimal',
  boolean: 'checkbox',
  date: 'date',
  datetime: 'date_time',
}

function BenchField({ id, entity, field, through, value, onChange }: BenchFieldProps) {
  const { t } = useTranslation()
  const label = through.reduceRight((other, one) => t('bench.wayTo', { one, other }), field.label)
  const own = widgetForField(entity, field)
  const isPlain = field.computed !== undefined || own.widget === 'read_only'
  const widget = isPlain ? (OF_RESULT[field.ruleType ?? ''] ?? 'text') : own.widget
  return (
    <div className="bench-field" data-field={field.name}>
      <label className="t12 ink-2" htmlFor={id}>
        {label}
      </label>
      <WidgetByName
        widget={widget}
        id={id}
        name={field.name}
        label={label}
        value={value}
        onChange={(next) => onChange(idOf(next))}
        options={own.options}
        readOnly={false}
        required={false}
        invalid={false}
        describedBy={undefined}
        autoFocus={false}
        context={{ entity, record: null, setFault: () => undefined, WidgetByName }}
      />
    </div>
  )
}

/** Rules see of a record that is pointed to its id, whatever entity it is of. */
function idOf(value: unknown): unknown {
  const isPointer = typeof value === 'object' && value !== null && 'entity' in value && 'id' in value
  return isPointer ? value.id : value
}
