import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import type { Field } from '../../api/types.ts'
import { isTyping } from '../../kit/use-shortcut.ts'

interface OutcomesProps {
  readonly field: Field
  readonly chosen: string | undefined
  readonly onChoose: (name: string) => void
}

/** As many as there are keys for. */
const KEYED = 9

/** What came of a call: each with the figure that chooses it. */
export function Outcomes({ field, chosen, onChoose }: OutcomesProps) {
  const { t } = useTranslation()
  const options = field.options ?? []
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const option = /^[1-9]$/.test(event.key) ? options[Number(event.key) - 1] : undefined
      const isOther = event.metaKey || event.ctrlKey || event.altKey || event.defaultPrevented
      if (option === undefined || isOther || isTyping(event.target as Element)) return
      event.preventDefault()
      onChoose(option.name)
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [options, onChoose])
  return (
    <fieldset className="call-outcomes">
      <legend>{field.label}</legend>
      {options.map(({ name, label }, index) => (
        <button
          key={name}
          type="button"
          className={name === chosen ? 'plain-button call-outcome on' : 'plain-button call-outcome'}
          aria-pressed={name === chosen}
          aria-label={index < KEYED ? t('calls.byKey', { label, key: index + 1 }) : label}
          onClick={() => onChoose(name)}
        >
          {label}
          {index < KEYED ? <kbd className="no-phone">{index + 1}</kbd> : null}
        </button>
      ))}
    </fieldset>
  )
}
