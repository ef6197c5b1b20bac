import { Select } from 'antd'
import { ariaOf, statusOf, type WidgetProps } from './widget.ts'

/** Free words: Enter or a comma ends one. */
export function Tags(props: WidgetProps) {
  return (
    <Select
      {...ariaOf(props)}
      className="wide"
      mode="tags"
      open={false}
      suffixIcon={null}
      status={statusOf(props)}
      autoFocus={props.autoFocus}
      disabled={props.readOnly}
      tokenSeparators={[',', '，', '、', ';', '；']}
      value={Array.isArray(props.value) ? (props.value as string[]) : []}
      onChange={(next: string[]) => {
        const words = [...new Set(next.map((word) => word.trim()).filter((word) => word !== ''))]
        props.onChange(words.length === 0 ? undefined : words)
      }}
    />
  )
}
