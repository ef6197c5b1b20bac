import { NumberBox } from './NumberBox.tsx'
import type { WidgetProps } from './widget.ts'

/** A number with digits after the point. */
export function Decimal(props: WidgetProps) {
  return <NumberBox {...props} />
}
