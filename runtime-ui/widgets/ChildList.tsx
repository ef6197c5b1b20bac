import { useTranslation } from 'react-i18next'
import type { Entity, Field } from '../api/types.ts'
import { Button, IconButton } from '../kit/Button.tsx'
import { Icon } from '../kit/icons/Icon.tsx'
import { useEntity } from '../kit/model-context.tsx'
import { widgetForField } from './for-field.ts'
import type { WidgetProps } from './widget.ts'

type Line = Readonly<Record<string, unknown>>
const LEFT_OUT: ReadonlySet<string> = new Set([
  'child_list',
  'rich_text',
  'json',
  'password',
  'many_to_many',
  'address',
  'location',
  'image',
  'file',
])

/** The fields of a line that a table has room for. */
function columnsOf(child: Entity, by: string): readonly Field[] {
  return child.fields
    .filter(
      (field) => field.writable && field.name !== by && field.name !== 'owner' && !LEFT_OUT.has(field.type),
    )
    .slice(0, 6)
}

/** What may be sent of a line: its id, and the fields that are asked for; the engine's own marks come back unasked. */
function writableOf(line: Line, fields: readonly Field[]): Line {
  const names = ['id', ...fields.map((field) => field.name)]
  return Object.fromEntries(names.flatMap((name) => (name in line ? [[name, line[name]]] : [])))
}

/** Master and details: the lines of a record, edited with it. */
export function ChildList(props: WidgetProps) {
  const { t } = useTranslation()
  const child = useEntity(String(props.options.of ?? ''))
  if (child === undefined) return <p className="ink-3 t13">{t('value.hidden')}</p>
  const lines = Array.isArray(props.value) ? (props.value as readonly Line[]) : []
  const fields = columnsOf(child, String(props.options.by ?? ''))
  const change = (next: readonly Line[]): void => {
    const sent = next.map((line) => writableOf(line, fields))
    props.onChange(sent.length === 0 ? undefined : sent)
  }
  return (
    <fieldset className="child-list group" aria-label={props.label} id={props.id}>
      {lines.map((line, index) => (
        <ChildLine
          key={String(line.id ?? `new-${index}`)}
          parent={props}
          child={child}
          fields={fields}
          line={line}
          index={index}
          onChange={(next) => change(lines.map((other, at) => (at === index ? next : other)))}
          onRemove={() => change(lines.filter((_, at) => at !== index))}
        />
      ))}
      {props.readOnly ? null : (
        <Button icon={<Icon name="plus" />} onClick={() => change([...lines, {}])}>
          {t('act.newOf', { entity: child.label })}
        </Button>
      )}
    </fieldset>
  )
}

interface ChildLineProps {
  readonly parent: WidgetProps
  readonly child: Entity
  readonly fields: readonly Field[]
  readonly line: Line
  readonly index: number
  readonly onChange: (line: Line) => void
  readonly onRemove: () => void
}

function ChildLine({ parent, child, fields, line, index, onChange, onRemove }: ChildLineProps) {
  const { t } = useTranslation()
  const { WidgetByName } = parent.context
  return (
    <div className="child-line">
      {fields.map((field) => {
        const id = `${parent.id}-${index}-${field.name}`
        const { widget, options } = widgetForField(child, field)
        return (
          <div key={field.name} className="field">
            {widget === 'checkbox' ? <span /> : <label htmlFor={id}>{field.label}</label>}
            <WidgetByName
              widget={widget}
              id={id}
              name={field.name}
              label={field.label}
              value={line[field.name] ?? undefined}
              onChange={(value) => onChange({ ...line, [field.name]: value ?? null })}
              options={options}
              readOnly={parent.readOnly}
              required={field.required}
              invalid={false}
              describedBy={undefined}
              autoFocus={false}
              context={{ ...parent.context, entity: child, record: null }}
            />
          </div>
        )
      })}
      {parent.readOnly ? null : (
        <IconButton
          label={t('child.remove', { number: index + 1 })}
          icon={<Icon name="trash" />}
          onClick={onRemove}
        />
      )}
    </div>
  )
}
