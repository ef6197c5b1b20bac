import type { ComponentType } from 'react'
import type { Entity, Field, RecordData } from '../api/types.ts'
import { EMPTY_VALUE } from '../kit/format.ts'
import { Icon } from '../kit/icons/Icon.tsx'
import { useEntity } from '../kit/model-context.tsx'
import { useText } from '../kit/use-text.ts'
import { DISPLAYS } from './displays.tsx'
import { pluginDisplay } from './plugin-displays.tsx'

export interface ValueProps {
  readonly entity: Entity
  readonly field: Field
  /** Never null or undefined. */
  readonly value: unknown
  /** In a row of a list: one line, nothing to click but links. */
  readonly compact?: boolean
}

/** The value of a field as people read it; an en dash where there is none. */
export function FieldValue({ value, ...rest }: ValueProps) {
  const t = useText()
  if (value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)) {
    return (
      <span className="ink-3">
        <span aria-hidden="true">{EMPTY_VALUE}</span>
        <span className="visually-hidden">{t('value.empty')}</span>
      </span>
    )
  }
  if (rest.field.masked === true && typeof value === 'string' && value.includes('*')) {
    return <MaskedValue text={value} compact={rest.compact === true} />
  }
  if (rest.field.computed !== undefined && isFault(value)) return <FaultValue reason={value.error} />
  if (rest.field.type === 'child_list') return <LinesValue value={value} {...rest} />
  const Display = DISPLAYS[rest.field.type] ?? pluginDisplay(rest.field.type) ?? PlainValue
  return <Display value={value} {...rest} />
}

/** A part of a value, for those whose role shows no more: nothing to call, write to or open. */
function MaskedValue({ text, compact }: { readonly text: string; readonly compact: boolean }) {
  const t = useText()
  if (compact) {
    return (
      <span className="ink-3 num cut" title={t('value.masked')}>
        {text}
      </span>
    )
  }
  return (
    <span className="row ink-3 hidden-value" title={t('value.masked')}>
      <Icon name="lock" />
      <span className="num">{text}</span>
    </span>
  )
}

/** What the engine could not work out, and why. */
function isFault(value: unknown): value is { readonly error: string } {
  return typeof value === 'object' && value !== null && 'error' in value && typeof value.error === 'string'
}

const REASONS: ReadonlySet<string> = new Set(['divided_by_zero', 'out_of_range'])

function FaultValue({ reason }: { readonly reason: string }) {
  const t = useText()
  return (
    <span className="row fault-value">
      <Icon name="alert" />
      <span className="cut">{t(`value.fault.${REASONS.has(reason) ? reason : 'other'}`)}</span>
    </span>
  )
}

export type Display = ComponentType<ValueProps>

/** What a type without a display of its own shows. */
function PlainValue({ value }: ValueProps) {
  return (
    <span className="plain-value">{typeof value === 'object' ? JSON.stringify(value) : String(value)}</span>
  )
}

const MOST_COLUMNS = 4

/** The lines of a record: how many in a row of a list, a small table on its page. */
function LinesValue({ field, value, compact }: ValueProps) {
  const child = useEntity(field.relation?.to[0])
  const lines = value as readonly RecordData[]
  if (compact || child === undefined) return <span className="num">{lines.length}</span>
  const columns = child.fields.filter((item) => item.writable && item.name !== 'owner').slice(0, MOST_COLUMNS)
  return (
    <table className="lines t13">
      <thead>
        <tr>
          {columns.map((column) => (
            <th key={column.name} scope="col" className={isNumeric(column) ? 'right' : undefined}>
              {column.label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <tr key={line.id}>
            {columns.map((column) => (
              <td key={column.name} className={isNumeric(column) ? 'right' : undefined}>
                <FieldValue entity={child} field={column} value={line[column.name]} compact />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

const NUMERIC: ReadonlySet<string> = new Set(['integer', 'decimal', 'currency', 'percent'])

/** Whether a column's values stand at the right. */
export const isNumeric = (field: Field): boolean => NUMERIC.has(field.type)
