import { Segmented } from 'antd'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { FieldTold, RoleTold, Shows } from '../../runtime-ui/api/rights.ts'
import { IconButton } from '../../runtime-ui/kit/Button.tsx'
import { Icon } from '../../runtime-ui/kit/icons/Icon.tsx'
import { Menu } from '../../runtime-ui/kit/Menu.tsx'
import { capital, SightMark, YesNo } from '../../runtime-ui/screens/rights/reach-words.tsx'
import { FateChip } from '../review/FateChip.tsx'
import type { Difference } from '../store/json-value.ts'
import { type Json, valueAt } from '../store/json-value.ts'
import { fieldPath, kindOf, type Said, type SaidKind } from './said.ts'
import { type DrawnField, useDrawnEntity } from './use-drawn-entity.ts'
import { faultAt } from './use-told.ts'

export interface FieldsTableProps {
  readonly role: Json
  readonly told: RoleTold | undefined
  readonly entity: { readonly name: string; readonly label: string }
  readonly changes: readonly Difference[]
  readonly readOnly: boolean
  readonly onSay: (path: readonly string[], said: unknown) => void
  readonly onRule: (entity: string, path: readonly string[]) => void
  readonly onWho: (entity: string, field: string) => void
}

/** The fields of one entity as the role shows them. */
export function FieldsTable(props: FieldsTableProps) {
  const { t } = useTranslation()
  const { told, entity, role } = props
  const [all, setAll] = useState(false)
  const { fields, isRead } = useDrawnEntity(role, told, entity.name)
  const special = fields.filter((field) => isSpecial(field, role, entity.name))
  // What is new is looked at, too.
  const few = fields.filter((one) => one.isNew || special.includes(one))
  const shown = all || special.length === 0 ? fields : few
  return (
    <section className="role-fields" aria-label={t('roles.fieldsOf', { entity: entity.label })}>
      <div className="row role-fields-head">
        <h2 className="h3">{t('roles.fieldsOf', { entity: entity.label })}</h2>
        <span className="count">
          {isRead !== false
            ? t('roles.special', { count: special.length, all: fields.length })
            : t('roles.unread')}
        </span>
        {special.length === 0 || few.length === fields.length ? null : (
          <span className="end">
            <Segmented
              aria-label={t('roles.which')}
              value={all ? 'all' : 'special'}
              options={[
                { value: 'special', label: t('roles.which.special') },
                { value: 'all', label: t('roles.which.all') },
              ]}
              onChange={(value) => setAll(value === 'all')}
            />
          </span>
        )}
      </div>
      <table className="matrix fields-table">
        <thead>
          <tr>
            <th scope="col">{t('access.field')}</th>
            <th scope="col" className="no-phone">
              {t('roles.class')}
            </th>
            <th scope="col">{t('access.seen')}</th>
            <th scope="col">{t('access.changed')}</th>
            <th scope="col">
              <span className="visually-hidden">{t('rights.who')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {shown.map((field) => (
            <FieldRow key={field.name} field={field} {...props} />
          ))}
        </tbody>
      </table>
    </section>
  )
}

/** Whether the role says something of a field, or does not show it whole. */
function isSpecial(field: DrawnField, role: Json, entity: string): boolean {
  const said = valueAt(role, ['entities', entity, 'fields', field.name])
  const isWhole = field.told === undefined || field.told.shows === 'whole'
  return said !== undefined || field.personal !== undefined || !isWhole
}

/** What is said of a field, until the engine can tell what that comes to. */
const SHOWN_BY: Readonly<Partial<Record<SaidKind, Shows>>> = {
  ...{ yes: 'whole', masked: 'masked', no: 'hidden', rule: 'some' },
}

function FieldRow({ field, ...props }: FieldsTableProps & { readonly field: DrawnField }) {
  const { t } = useTranslation()
  const { entity, onWho, role } = props
  const { told, former } = field
  const said = kindOf(valueAt(role, fieldPath(entity.name, field.name, 'read')))
  const shows = told?.shows ?? SHOWN_BY[said]
  const edits = editsOf(told, valueAt(role, fieldPath(entity.name, field.name, 'edit')))
  return (
    <tr data-field={field.name}>
      <th scope="row">
        <span className="row field-name">
          <span className="cut">{field.label}</span>
          <FateChip fate={field.isNew ? 'new' : undefined} />
        </span>
      </th>
      <td className="no-phone ink-2">
        {field.personal === undefined ? '' : t(`roles.classOf.${field.personal}`)}
      </td>
      <td>
        <FieldCell
          way="read"
          field={field}
          {...props}
          word={shows === undefined ? t('roles.said.unsaid') : t(`rights.shows.${shows}`)}
        >
          <span title={told?.shows === 'some' ? capital(told.sees) : undefined}>
            {shows === undefined ? '–' : <SightMark shows={shows} />}
          </span>
        </FieldCell>
      </td>
      <td>
        <FieldCell
          way="edit"
          field={field}
          {...props}
          word={t(edits === undefined ? 'roles.said.unsaid' : edits ? 'value.yes' : 'value.no')}
        >
          <span title={edits && told !== undefined ? capital(told.edits) : undefined}>
            {edits === undefined ? '–' : <YesNo yes={edits} />}
          </span>
        </FieldCell>
      </td>
      <td className="fields-who">
        {former === undefined ? null : (
          <IconButton
            label={t('roles.who', { field: field.label })}
            icon={<Icon name="users" />}
            onClick={() => onWho(entity.name, former)}
          />
        )}
      </td>
    </tr>
  )
}

function editsOf(told: FieldTold | undefined, said: unknown): boolean | undefined {
  if (told !== undefined) return told.edits.scope !== 'none'
  return said === undefined ? undefined : said !== false
}

const CHOICES: Readonly<Record<'read' | 'edit', readonly (readonly [SaidKind, Said])[]>> = {
  read: [
    ['yes', true],
    ['masked', 'masked'],
    ['no', false],
  ],
  edit: [
    ['yes', true],
    ['no', false],
  ],
}

interface FieldCellProps extends FieldsTableProps {
  readonly way: 'read' | 'edit'
  readonly field: DrawnField
  /** What the picture in it says, for its name. */
  readonly word: string
  readonly children: ReactNode
}

function FieldCell({
  way,
  field,
  word,
  children,
  role,
  told,
  entity,
  changes,
  readOnly,
  onSay,
  onRule,
}: FieldCellProps) {
  const { t } = useTranslation()
  const path = fieldPath(entity.name, field.name, way)
  const said = valueAt(role, path)
  const here = kindOf(said)
  const fault = faultAt(told, path)
  const isChanged = changes.some((change) => change.path.join('/') === path.join('/'))
  const classes = ['right-cell', isChanged ? 'changed' : '', fault === undefined ? '' : 'faulty']
  const inner = <span className={said === undefined ? 'row quiet' : 'row'}>{children}</span>
  if (readOnly) return <div className={classes.filter(Boolean).join(' ')}>{inner}</div>
  const name = t(`roles.fieldCell.${way}`, { field: field.label })
  const line = (key: SaidKind, text: string) => (
    <span className="row menu-line">
      {text}
      {key === here ? <Icon name="check" /> : null}
    </span>
  )
  const unsaid = field.personal === undefined ? 'roles.unsaid.open' : 'roles.unsaid.class'
  const items = [
    { type: 'group' as const, key: 'head', label: <span className="menu-head">{name}</span> },
    ...CHOICES[way].map(([key, value]) => ({
      key,
      label: line(key, t(`roles.fieldMenu.${way}.${key}`)),
      onClick: () => onSay(path, value),
    })),
    { key: 'rule', label: line('rule', t('roles.menu.rule')), onClick: () => onRule(entity.name, path) },
    { type: 'divider' as const, key: 'line' },
    {
      key: 'unsaid',
      label: line('unsaid', t(way === 'edit' ? 'roles.unsaid.edit' : unsaid)),
      onClick: () => onSay(path, undefined),
    },
  ]
  return (
    <Menu items={items} placement="bottomLeft">
      <button
        type="button"
        className={['plain-button', ...classes].filter(Boolean).join(' ')}
        aria-label={`${name}: ${word}`}
        title={fault}
      >
        {inner}
      </button>
    </Menu>
  )
}
