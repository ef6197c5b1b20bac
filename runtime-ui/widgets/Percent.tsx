import { NumberBox } from './NumberBox.tsx'
import type { WidgetProps } from './widget.ts'

// A fraction times hundred is not exact in binary (0.07 × 100); 12 digits are more than anybody types.
const toHundredths = (value: number): number => Number((value * 100).toPrecision(12))
const toFraction = (value: number): number => Number((value / 100).toPrecision(14))

/** A fraction, typed and shown in hundredths. */
export function Percent(props: WidgetProps) {
  return (
    <NumberBox {...props} suffix={<span className="ink-3">%</span>} shown={toHundredths} meant={toFraction} />
  )
}
