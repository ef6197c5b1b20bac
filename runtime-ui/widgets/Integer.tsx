import { NumberBox } from './NumberBox.tsx'
import type { WidgetProps } from './widget.ts'

/** A whole number. */
export function Integer(props: WidgetProps) {
  return <NumberBox {...props} />
}
