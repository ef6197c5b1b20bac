import { FileBox } from './FileBox.tsx'
import type { WidgetProps } from './widget.ts'

/** One uploaded picture, shown small. */
export function ImageBox(props: WidgetProps) {
  return <FileBox {...props} options={{ ...props.options, accept: 'image/*' }} />
}
