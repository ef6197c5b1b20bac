import { Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isSame, parseJson } from '../../store/json-value.ts'
import type { ControlProps } from '../Control.tsx'
import { controlId, useInspected } from '../inspected.ts'

/** A value as it is written: what has no form of its own. It is taken as soon as it can be read. */
export function JsonControl({ path, value }: ControlProps) {
  const { t } = useTranslation()
  const { readOnly, set } = useInspected()
  const written = value === undefined ? '' : JSON.stringify(value, null, 2)
  const [text, setText] = useState(written)
  const parsed = parseJson(text)
  // Changed from elsewhere, by undo or by another editor: what is there now is shown.
  const isElsewhere = parsed !== undefined && !isSame(parsed.value, value)
  const shown = isElsewhere ? written : text
  const change = (next: string): void => {
    setText(next)
    const read = parseJson(next)
    if (read !== undefined) set(path, read.value)
  }
  return (
    <>
      <Input.TextArea
        id={controlId(path)}
        className="mono-input"
        disabled={readOnly}
        spellCheck={false}
        autoSize={{ minRows: 1, maxRows: 14 }}
        status={parsed === undefined ? 'error' : ''}
        value={shown}
        onChange={(event) => change(event.target.value)}
      />
      {parsed === undefined ? <p className="field-problem t13">{t('json.broken')}</p> : null}
    </>
  )
}
