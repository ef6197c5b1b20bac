import { InputNumber } from 'antd'
import type { ReactNode } from 'react'
import { ariaOf, statusOf, type WidgetProps } from './widget.ts'

export interface NumberBoxProps extends WidgetProps {
  readonly prefix?: ReactNode
  readonly suffix?: ReactNode
  /** What the box shows for a value and back. */
  readonly shown?: (value: number) => number
  readonly meant?: (shown: number) => number
}

const GROUPS = /\B(?=(\d{3})+(?!\d))/g

function grouped(value: string | number | undefined): string {
  const [whole = '', fraction] = String(value ?? '').split('.')
  const text = whole.replace(GROUPS, ',')
  return fraction === undefined ? text : `${text}.${fraction}`
}

/**
 * A number with its thousands parted. Nothing is rounded or clamped behind the person's back: limits are said
 * by the validator.
 */
export function NumberBox({ prefix, suffix, shown = same, meant = same, ...props }: NumberBoxProps) {
  const value = typeof props.value === 'number' ? shown(props.value) : null
  return (
    <InputNumber<number | string>
      {...ariaOf(props)}
      className="wide num"
      status={statusOf(props)}
      autoFocus={props.autoFocus}
      readOnly={props.readOnly}
      controls={false}
      inputMode="decimal"
      prefix={prefix}
      suffix={suffix}
      value={value}
      formatter={grouped}
      parser={(text) => (text ?? '').replace(/[,，\s]/g, '')}
      onChange={(next) => props.onChange(next === null || next === '' ? undefined : meant(Number(next)))}
    />
  )
}

const same = (value: number): number => value
