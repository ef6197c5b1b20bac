import { Input, InputNumber, Select, Switch } from 'antd'
import { useTranslation } from 'react-i18next'
import { Icon } from '../../runtime-ui/kit/icons/Icon.tsx'
import { isPeriod, PeriodControl } from '../scenarios/PeriodControl.tsx'
import { isOfReason, ReasonControl } from '../scenarios/ReasonControls.tsx'
import type { Path } from '../store/json-value.ts'
import { useNames } from '../store/use-names.ts'
import { DefaultControl } from './controls/DefaultControl.tsx'
import { DurationControl } from './controls/DurationControl.tsx'
import { FaultWaysControl } from './controls/FaultWaysControl.tsx'
import { FieldListsControl } from './controls/FieldListsControl.tsx'
import { IconControl } from './controls/IconControl.tsx'
import { JsonControl } from './controls/JsonControl.tsx'
import { ListControl } from './controls/ListControl.tsx'
import { MapControl } from './controls/MapControl.tsx'
import { PeopleControl } from './controls/PeopleControl.tsx'
import { PercentControl } from './controls/PercentControl.tsx'
import { RuleControl } from './controls/RuleControl.tsx'
import { SetControl } from './controls/SetControl.tsx'
import { TextControl } from './controls/TextControl.tsx'
import { controlId, useInspected } from './inspected.ts'
import { NamedManySelect } from './NamedManySelect.tsx'
import { NamedSelect } from './NamedSelect.tsx'
import { entityAround, useChoices } from './references.ts'
import { type ControlKind, choiceWord, type Schema } from './schema.ts'

export interface ControlProps {
  readonly path: Path
  /** Resolved, and the variant that the value has chosen. */
  readonly schema: Schema
  readonly value: unknown
  /** What the property is called. */
  readonly title: string
}

/** What a property is edited with, by its schema. */
export function Control({ control, ...props }: ControlProps & { readonly control: ControlKind }) {
  switch (control) {
    case 'text':
      return <TextControl {...props} />
    case 'rule':
      return <RuleControl {...props} />
    case 'name':
      return <NameControl {...props} />
    case 'names':
      return <NamesControl {...props} />
    case 'choice':
    case 'choices':
      return <ChoiceControl {...props} isMany={control === 'choices'} />
    case 'yes_no':
      return <YesNoControl {...props} />
    case 'number':
      return <NumberControl {...props} />
    case 'duration':
      return <DurationControl {...props} />
    case 'line':
    case 'lines':
      return <LineControl {...props} isLong={control === 'lines'} />
    case 'list':
      return <ListControl {...props} />
    case 'group':
      return <GroupControl {...props} />
    case 'map':
      return props.path.at(-1) === 'set' ? <SetControl {...props} /> : <MapControl {...props} />
    case 'people':
      return <PeopleControl {...props} />
    case 'icon':
      return <IconControl {...props} />
    case 'fault_ways':
      return <FaultWaysControl {...props} />
    case 'field_lists':
      return <FieldListsControl {...props} />
    case 'json':
      return isDefault(props.path) ? <DefaultControl {...props} /> : <JsonControl {...props} />
  }
}

/** The value that a field begins with is of its type, which its schema does not tell. */
const isDefault = (path: Path): boolean => path.length === 3 && path[0] === 'fields' && path[2] === 'default'

function GroupControl({ path, schema, value }: ControlProps) {
  const { drawPart } = useInspected()
  return <div className="property-group">{drawPart({ path, schema, value })}</div>
}

const ARROW = { suffixIcon: <Icon name="chevron_down" /> }

function NameControl({ path, value }: ControlProps) {
  const { readOnly, set, kind, name, definition } = useInspected()
  const names = useNames()
  const choices = useChoices(path)
  const id = controlId(path)
  const change = (next: string): void => set(path, next === '' ? undefined : next)
  if (choices === undefined) {
    return (
      <Input
        id={id}
        className="mono-input"
        disabled={readOnly}
        spellCheck={false}
        autoComplete="off"
        value={typeof value === 'string' ? value : ''}
        onChange={(event) => change(event.target.value)}
      />
    )
  }
  // What leads through a lookup is called by each name on the way.
  const isPath = typeof value === 'string' && value.includes('.')
  const entity = isPath ? entityAround(kind, name, definition, path) : undefined
  const through = entity === undefined || !isPath ? [] : [{ value, label: names.field(entity, value) }]
  return (
    <NamedSelect
      id={id}
      choices={[...choices, ...through]}
      disabled={readOnly}
      value={typeof value === 'string' ? value : ''}
      onChange={change}
    />
  )
}

function NamesControl({ path, value }: ControlProps) {
  const { readOnly, set } = useInspected()
  const choices = useChoices(path)
  const names = Array.isArray(value) ? value.map(String) : typeof value === 'string' ? [value] : []
  const change = (next: readonly string[]): void => set(path, next.length === 0 ? undefined : next)
  const shared = { id: controlId(path), disabled: readOnly }
  return choices === undefined ? (
    <Select<string[]> {...shared} className="wide" mode="tags" value={names} onChange={change} {...ARROW} />
  ) : (
    <NamedManySelect {...shared} {...{ choices }} value={names} onChange={change} />
  )
}

function ChoiceControl({ path, schema, value, isMany }: ControlProps & { readonly isMany: boolean }) {
  const { i18n } = useTranslation()
  const { readOnly, set } = useInspected()
  const from = isMany ? { ...schema, enum: schema.items?.enum } : schema
  const options = (from.enum ?? []).map((one) => ({
    value: String(one),
    label: choiceWord(schema, String(one), i18n.language),
    raw: one,
  }))
  const rawOf = (chosen: string): unknown => options.find((one) => one.value === chosen)?.raw
  const shared = { id: controlId(path), className: 'wide', disabled: readOnly, options, ...ARROW }
  if (isMany) {
    return (
      <Select
        {...shared}
        mode="multiple"
        value={Array.isArray(value) ? value.map(String) : []}
        onChange={(next: string[]) => set(path, next.length === 0 ? undefined : next.map(rawOf))}
      />
    )
  }
  const standing = value ?? schema.default
  return (
    <Select
      {...shared}
      value={standing === undefined ? undefined : String(standing)}
      onChange={(next: string) => set(path, rawOf(next))}
    />
  )
}

function YesNoControl({ path, schema, value }: ControlProps) {
  const { readOnly, set } = useInspected()
  return (
    <Switch
      id={controlId(path)}
      size="small"
      disabled={readOnly}
      checked={(value ?? schema.default) === true}
      onChange={(next) => set(path, next === (schema.default ?? false) ? undefined : next)}
    />
  )
}

function NumberControl(props: ControlProps) {
  const { path, schema, value } = props
  const { readOnly, set } = useInspected()
  if (schema['x-percent'] === true) return <PercentControl {...props} />
  return (
    <InputNumber
      id={controlId(path)}
      className="wide"
      disabled={readOnly}
      min={schema.minimum}
      max={schema.maximum}
      precision={schema.type === 'integer' ? 0 : undefined}
      placeholder={schema.default === undefined ? undefined : String(schema.default)}
      value={typeof value === 'number' ? value : null}
      onChange={(next) => set(path, next ?? undefined)}
    />
  )
}

function LineControl(props: ControlProps & { readonly isLong: boolean }) {
  const { path, schema, value, isLong } = props
  const { kind, readOnly, set } = useInspected()
  if (isOfReason(kind, path)) return <ReasonControl {...{ path, value }} />
  if (isPeriod(kind, path)) return <PeriodControl {...props} />
  const shared = {
    id: controlId(path),
    disabled: readOnly,
    maxLength: schema.maxLength,
    value: typeof value === 'string' ? value : '',
    autoComplete: 'off',
    onChange: (event: { readonly target: { readonly value: string } }) =>
      set(path, event.target.value === '' ? undefined : event.target.value),
  }
  return isLong ? (
    <Input.TextArea {...shared} autoSize={{ minRows: 2, maxRows: 10 }} />
  ) : (
    <Input {...shared} />
  )
}
