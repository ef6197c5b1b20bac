import { Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { IconButton } from '../../../runtime-ui/kit/Button.tsx'
import { Icon } from '../../../runtime-ui/kit/icons/Icon.tsx'
import { useNames } from '../../store/use-names.ts'
import type { ControlProps } from '../Control.tsx'
import { useInspected } from '../inspected.ts'
import { NamedSelect } from '../NamedSelect.tsx'
import { type Choice, entityAround, useChoices } from '../references.ts'
import { resolved } from '../schema.ts'
import { type ListedField, type Order, readFieldLists, withFieldList } from './field-lists.ts'
import { JsonControl } from './JsonControl.tsx'

const ORDERS: readonly Order[] = ['ascending', 'descending', 'carried']
/** What every entity has, and is found by most. */
const EVERYWHERE = ['created_at', 'updated_at', 'created_by']

/** Lists of fields that belong together: what is unique together, what is looked up together and in which order. */
export function FieldListsControl(props: ControlProps) {
  const { path, schema, value, title } = props
  const { t } = useTranslation()
  const { root, readOnly, set } = useInspected()
  const choices = useFieldsToList(props)
  const lists = readFieldLists(value)
  if (lists === undefined) return <JsonControl {...props} />
  const hasOrder = resolved(root, resolved(root, schema.items ?? {}).items ?? {}).shape !== 'name'
  const change = (at: number, fields: readonly ListedField[]): void =>
    set(path, withFieldList(lists, at, fields))
  return (
    <div className="field-lists">
      <ol aria-label={title}>
        {lists.map((fields, at) => {
          const called = t('inspector.listNumber', { title, number: at + 1 })
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: a list is its place.
            <li key={at} className="field-list">
              <ul aria-label={called}>
                {fields.map((field, place) => (
                  <ListedFieldRow
                    key={field.name}
                    {...{ field, hasOrder, readOnly }}
                    label={choices.find((one) => one.value === field.name)?.label ?? field.name}
                    onChange={(next) => change(at, fields.with(place, next))}
                    onRemove={() => change(at, fields.toSpliced(place, 1))}
                  />
                ))}
              </ul>
              {readOnly ? null : (
                <div className="row">
                  <AddField
                    label={t('inspector.addTo', { title: called })}
                    placeholder={t('inspector.addField')}
                    isQuiet
                    choices={choices.filter(({ value: one }) => !fields.some(({ name }) => name === one))}
                    onAdd={(name) => change(at, [...fields, { name, order: 'ascending' }])}
                  />
                  <IconButton
                    size="small"
                    className="end"
                    label={t('inspector.leaveOut', { title: called })}
                    icon={<Icon name="trash" />}
                    onClick={() => change(at, [])}
                  />
                </div>
              )}
            </li>
          )
        })}
      </ol>
      {readOnly ? null : (
        <AddField
          label={t('inspector.addTo', { title })}
          placeholder={t('inspector.beginList')}
          choices={choices}
          onAdd={(name) => change(lists.length, [{ name, order: 'ascending' }])}
        />
      )}
    </div>
  )
}

interface ListedFieldRowProps {
  readonly field: ListedField
  readonly label: string
  readonly hasOrder: boolean
  readonly readOnly: boolean
  readonly onChange: (field: ListedField) => void
  readonly onRemove: () => void
}

function ListedFieldRow({ field, label, hasOrder, readOnly, onChange, onRemove }: ListedFieldRowProps) {
  const { t } = useTranslation()
  return (
    <li className="row listed-field">
      <span className="cut grow">{label}</span>
      {hasOrder ? (
        <Select<Order>
          size="small"
          variant="borderless"
          className="listed-order"
          popupMatchSelectWidth={false}
          aria-label={t('inspector.orderOf', { field: label })}
          disabled={readOnly}
          value={field.order}
          options={ORDERS.map((value) => ({ value, label: t(`inspector.order.${value}`) }))}
          onChange={(order) => onChange({ ...field, order })}
          suffixIcon={<Icon name="chevron_down" size="small" />}
        />
      ) : null}
      {readOnly ? null : (
        <IconButton
          size="small"
          label={t('inspector.leaveOut', { title: label })}
          icon={<Icon name="close" />}
          onClick={onRemove}
        />
      )}
    </li>
  )
}

interface AddFieldProps {
  readonly label: string
  readonly placeholder: string
  readonly choices: readonly Choice[]
  readonly isQuiet?: boolean
  readonly onAdd: (name: string) => void
}

function AddField({ label, placeholder, choices, isQuiet = false, onAdd }: AddFieldProps) {
  return (
    <NamedSelect
      {...{ label, placeholder, choices, isQuiet }}
      className="add-named"
      isChosenOnly
      value=""
      onChange={onAdd}
    />
  )
}

/** The fields of the entity, its owner, and what the engine keeps of every record. */
function useFieldsToList({ path }: ControlProps): readonly Choice[] {
  const { kind, name, definition } = useInspected()
  const names = useNames()
  const own = useChoices([...path, '0', '0']) ?? []
  const entity = entityAround(kind, name, definition, path) ?? ''
  const others = [...(definition.owned === true ? ['owner'] : []), ...EVERYWHERE]
    .filter((one) => !own.some(({ value }) => value === one))
    .map((value) => ({ value, label: names.field(entity, value) }))
  return [...own, ...others]
}
