import type { ComponentType } from 'react'
import { useTranslation } from 'react-i18next'
import type { Entity, Field } from '../api/types.ts'
import { EMPTY_VALUE } from '../kit/format.ts'
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
  const { t } = useTranslation()
  if (value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)) {
    return (
      <span className="ink-3">
        <span aria-hidden="true">{EMPTY_VALUE}</span>
        <span className="visually-hidden">{t('value.empty')}</span>
      </span>
    )
  }
  const Display = DISPLAYS[rest.field.type] ?? pluginDisplay(rest.field.type) ?? PlainValue
  return <Display value={value} {...rest} />
}

export type Display = ComponentType<ValueProps>

/** What a type without a display of its own shows. */
function PlainValue({ value }: ValueProps) {
  return (
    <span className="plain-value">{typeof value === 'object' ? JSON.stringify(value) : String(value)}</span>
  )
}

const NUMERIC: ReadonlySet<string> = new Set(['integer', 'decimal', 'currency', 'percent'])

/** Whether a column's values stand at the right. */
export const isNumeric = (field: Field): boolean => NUMERIC.has(field.type)
