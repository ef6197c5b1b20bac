import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import type { PlanStep } from '../api.ts'

interface ConversionNoteProps {
  readonly conversion: NonNullable<PlanStep['conversion']>
}

/** What becomes of the values of a field of another type: how many have no counterpart, and a few of them. */
export function ConversionNote({ conversion }: ConversionNoteProps) {
  const { values, lost, returned = 0, examples = [] } = conversion
  const { t } = useTranslation()
  return (
    <div className="conversion">
      {returned === 0 ? null : <p className="t13 ink">{t('conversion.returned', { count: returned })}</p>}
      {lost === 0 && values === 0 && returned > 0 ? null : (
        <p className={`t13 ${lost > 0 ? 'ink' : 'ink-2'}`}>{saidOf(lost, values, t)}</p>
      )}
      {examples.length === 0 ? null : (
        <ul className="conversion-examples t13">
          {examples.map(({ value, becomes }) => (
            <li key={JSON.stringify([value, becomes])}>
              {value === null ? (
                <span className="ink-3">{t('conversion.empty')}</span>
              ) : (
                <span className="conversion-value">{shown(value)}</span>
              )}
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

const saidOf = (lost: number, values: number, t: TFunction): string =>
  lost > 0
    ? t('conversion.lost', { count: lost, of: values })
    : values === 0
      ? t('conversion.none')
      : t('conversion.all', { count: values })

/** A value in one line. */
function shown(value: unknown): string {
  if (typeof value === 'string') return value
  return Array.isArray(value) ? value.join(', ') : JSON.stringify(value)
}
