import { Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ariaOf, statusOf, type WidgetProps } from './widget.ts'

/** Any JSON value as text; what is no JSON yet keeps the form from being saved. */
export function JsonBox(props: WidgetProps) {
  const { t } = useTranslation()
  const [text, setText] = useState(() =>
    props.value === undefined ? '' : JSON.stringify(props.value, null, 2),
  )
  const change = (next: string): void => {
    setText(next)
    if (next.trim() === '') {
      props.context.setFault(props.name, undefined)
      props.onChange(undefined)
      return
    }
    try {
      const value: unknown = JSON.parse(next)
      props.context.setFault(props.name, undefined)
      props.onChange(value ?? undefined)
    } catch {
      props.context.setFault(props.name, t('json.broken'))
    }
  }
  return (
    <Input.TextArea
      {...ariaOf(props)}
      className="mono"
      status={statusOf(props)}
      readOnly={props.readOnly}
      spellCheck={false}
      autoSize={{ minRows: 3, maxRows: 16 }}
      value={text}
      onChange={(event) => change(event.target.value)}
    />
  )
}
