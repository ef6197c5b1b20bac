import { Input } from 'antd'
import { isObject } from '../../store/json-value.ts'
import type { ControlProps } from '../Control.tsx'
import { controlId, useInspected } from '../inspected.ts'

const LANGUAGES = [
  { key: 'zh-CN', mark: '中' },
  { key: 'en', mark: 'EN' },
] as const

/** What people read, in both languages. Other languages that it is written in stay as they are. */
export function TextControl({ path, value, title }: ControlProps) {
  const { readOnly, set } = useInspected()
  const texts = isObject(value) ? value : {}
  const textOf = (language: string): string => {
    const text = typeof value === 'string' ? value : texts[language]
    return typeof text === 'string' ? text : ''
  }
  const change = (language: string, text: string): void => {
    const both = typeof value === 'string' ? { en: value, 'zh-CN': value } : texts
    const { [language]: _former, ...others } = both
    const next = text === '' ? others : { ...others, [language]: text }
    set(path, Object.keys(next).length === 0 ? undefined : next)
  }
  return (
    <div className="text-control">
      {LANGUAGES.map(({ key, mark }, at) => (
        <Input
          key={key}
          id={at === 0 ? controlId(path) : undefined}
          aria-label={at === 0 ? undefined : `${title} (English)`}
          lang={key}
          prefix={<span className="t12 ink-3">{mark}</span>}
          disabled={readOnly}
          maxLength={2_000}
          autoComplete="off"
          value={textOf(key)}
          onChange={(event) => change(key, event.target.value)}
        />
      ))}
    </div>
  )
}
