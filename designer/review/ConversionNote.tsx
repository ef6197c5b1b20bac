import { useTranslation } from 'react-i18next'
import type { PlanStep } from '../api.ts'

interface ConversionNoteProps {
  readonly conversion: NonNullable<PlanStep['conversion']>
}

/** What becomes of the values of a field of another type: how many have no counterpart, and a few of them. */
export function ConversionNote({ conversion: { values, lost, examples = [] } }: ConversionNoteProps) {
  const { t } = useTranslation()
  return (
    <div className="conversion">
      <p className={`t13 ${lost > 0 ? 'ink' : 'ink-2'}`}>
        {lost > 0
          ? t('conversion.lost', { count: lost, of: values })
          : t('conversion.all', { count: values })}
      </p>
      {examples.length === 0 ? null : (
        <ul className="conversion-examples t13">
          {examples.map(({ value, becomes }) => (
            <li key={JSON.stringify(value)}>
              <span className="conversion-value">{shown(value)}</span>
              <span className="ink-3" aria-hidden="true">
                →
              </span>
              {becomes === null ? (
                <span className="conversion-none">{t('conversion.empty')}</span>
              ) : (
                <span className="conversion-value">{shown(becomes)}</span>
              )}
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

/** A value in one line. */
function shown(value: unknown): string {
  if (typeof value === 'string') return value
  return Array.isArray(value) ? value.join(', ') : JSON.stringify(value)
}
