import { Input, InputNumber, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { textIn } from '../../../metadata/text.ts'
import { Icon } from '../../../runtime-ui/kit/icons/Icon.tsx'
import { isObject, isSame, valueAt } from '../../store/json-value.ts'
import { useNames } from '../../store/use-names.ts'
import type { ControlProps } from '../Control.tsx'
import { controlId, useInspected } from '../inspected.ts'
import { NamedSelect } from '../NamedSelect.tsx'
import { JsonControl } from './JsonControl.tsx'

const NUMBERS: ReadonlySet<string> = new Set(['integer', 'decimal', 'currency', 'percent', 'rating'])
const TEXTS: ReadonlySet<string> = new Set(['text', 'long_text', 'email', 'phone', 'url'])
/** What dates mostly begin with; the rule that says it. */
const NOW: Readonly<Record<string, { readonly word: string; readonly rule: object }>> = {
  date: { word: 'inspector.today', rule: { today: [] } },
  date_time: { word: 'inspector.now', rule: { now: [] } },
}

/** What a field begins with, by the type of the field; what has no control of its own is written. */
export function DefaultControl(props: ControlProps) {
  const { path, value } = props
  const { t } = useTranslation()
  const { definition, readOnly, set } = useInspected()
  const field = valueAt(definition, path.slice(0, -1))
  const type = isObject(field) && typeof field.type === 'string' ? field.type : ''
  const now = NOW[type]
  const shared = { id: controlId(path), disabled: readOnly }
  if (type === 'boolean' && (value === undefined || typeof value === 'boolean')) {
    return (
      <Select<string>
        {...shared}
        className="wide"
        value={value === undefined ? (null as unknown as string) : String(value)}
        options={[
          { value: 'true', label: t('inspector.yes') },
          { value: 'false', label: t('inspector.no') },
        ]}
        onChange={(next) => set(path, next === 'true')}
        suffixIcon={<Icon name="chevron_down" />}
      />
    )
  }
  if (NUMBERS.has(type) && (value === undefined || typeof value === 'number')) {
    return (
      <InputNumber
        {...shared}
        className="wide"
        {...(type === 'integer' ? { precision: 0 } : {})}
        value={value === undefined ? null : value}
        onChange={(next) => set(path, next ?? undefined)}
      />
    )
  }
  if (TEXTS.has(type) && (value === undefined || typeof value === 'string')) {
    return (
      <Input
        {...shared}
        autoComplete="off"
        value={value ?? ''}
        onChange={(event) => set(path, event.target.value === '' ? undefined : event.target.value)}
      />
    )
  }
  if (type === 'select' && (value === undefined || typeof value === 'string')) {
    return <OptionDefault {...props} field={isObject(field) ? field : {}} />
  }
  if (now !== undefined && (value === undefined || isSame(value, now.rule))) {
    return (
      <Select<string>
        {...shared}
        className="wide"
        value={value === undefined ? (null as unknown as string) : 'now'}
        options={[{ value: 'now', label: t(now.word) }]}
        onChange={() => set(path, now.rule)}
        suffixIcon={<Icon name="chevron_down" />}
      />
    )
  }
  return <JsonControl {...props} />
}

/** One of the options that the field has as it is written now. */
function OptionDefault({
  path,
  value,
  field,
}: ControlProps & { readonly field: Readonly<Record<string, unknown>> }) {
  const { i18n } = useTranslation()
  const { name, readOnly, set } = useInspected()
  const names = useNames()
  const own = Array.isArray(field.options) ? field.options.filter(isObject) : undefined
  const choices =
    own === undefined
      ? names.options(name, String(field.name))
      : own.map((one) => ({
          value: String(one.name),
          label: textIn(one.label as Parameters<typeof textIn>[0], i18n.language, String(one.name)),
        }))
  return (
    <NamedSelect
      id={controlId(path)}
      disabled={readOnly}
      value={typeof value === 'string' ? value : ''}
      choices={choices ?? []}
      onChange={(next) => set(path, next)}
    />
  )
}
