import { InputNumber } from 'antd'
import type { ControlProps } from '../Control.tsx'
import { controlId, useInspected } from '../inspected.ts'

/** Digits of a share: binary fractions add some behind them. */
const DIGITS = 12

/** A share, shown and typed in percent, kept as it is: 0.5 is 50 %. */
export function PercentControl({ path, schema, value }: ControlProps) {
  const { readOnly, set } = useInspected()
  const inPercent = (share: number | undefined): number | undefined =>
    share === undefined ? undefined : Number((share * 100).toPrecision(DIGITS))
  return (
    <InputNumber<number>
      id={controlId(path)}
      className="wide"
      disabled={readOnly}
      min={inPercent(schema.minimum)}
      max={inPercent(schema.maximum)}
      precision={0}
      suffix="%"
      value={typeof value === 'number' ? inPercent(value) : null}
      onChange={(next) => set(path, next === null ? undefined : Number((next / 100).toPrecision(DIGITS)))}
    />
  )
}
