import { NumberBox } from './NumberBox.tsx'
import type { WidgetProps } from './widget.ts'

/** An amount; its currency stands before it. */
export function Currency(props: WidgetProps) {
  const currency = typeof props.options.currency === 'string' ? props.options.currency : ''
  return <NumberBox {...props} prefix={<span className="ink-3 unit">{currency}</span>} />
}
