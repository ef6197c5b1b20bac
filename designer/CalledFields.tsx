import { Input } from 'antd'
import { useTranslation } from 'react-i18next'
import { languages } from '../runtime-ui/i18n/languages.ts'

interface LabelFieldsProps {
  /** What the ids of the controls begin with. */
  readonly id: string
  readonly labels: Readonly<Record<string, string>>
  readonly onLabels: (labels: Readonly<Record<string, string>>) => void
}

/** What people call something, in each language. */
export function LabelFields({ id, labels, onLabels }: LabelFieldsProps) {
  const { t, i18n } = useTranslation()
  // One's own first.
  const inOrder = languages().toSorted(
    (one, other) => Number(other.tag === i18n.language) - Number(one.tag === i18n.language),
  )
  return inOrder.map(({ tag: key, name: label }, at) => (
    <div className="field" key={key}>
      <label htmlFor={`${id}-label-${key}`}>{t('roles.labelIn', { language: label })}</label>
      <Input
        id={`${id}-label-${key}`}
        lang={key}
        autoFocus={at === 0}
        autoComplete="off"
        maxLength={120}
        value={labels[key] ?? ''}
        onChange={(event) => onLabels({ ...labels, [key]: event.target.value })}
      />
    </div>
  ))
}

interface NameFieldProps {
  readonly id: string
  readonly name: string
  /** What the name is for. */
  readonly help: string
  readonly onName: (name: string) => void
}

/** The name by which other definitions refer to something. */
export function NameField({ id, name, help, onName }: NameFieldProps) {
  const { t } = useTranslation()
  return (
    <div className="field">
      <label htmlFor={`${id}-name`}>{t('roles.name')}</label>
      <Input
        id={`${id}-name`}
        className="mono-input"
        autoComplete="off"
        spellCheck={false}
        maxLength={40}
        aria-describedby={`${id}-name-help`}
        value={name}
        onChange={(event) => onName(event.target.value)}
      />
      <p id={`${id}-name-help`} className="t12 ink-3">
        {help}
      </p>
    </div>
  )
}

/** What is typed, without what is empty. */
export const filledLabels = (labels: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(labels).flatMap(([key, text]) => (text.trim() === '' ? [] : [[key, text.trim()]])),
  )
