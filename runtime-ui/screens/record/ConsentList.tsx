import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { listSubmissions } from '../../api/submissions.ts'
import { InstantText } from '../../kit/DateText.tsx'
import './history.css'

/** What visitors sent about the record by web forms: when, where from, and the words that they agreed to. */
export function ConsentList({ entity, record }: { readonly entity: string; readonly record: string }) {
  const { t, i18n } = useTranslation()
  const query = useQuery({
    queryKey: ['records', entity, 'one', record, 'submissions', i18n.language],
    queryFn: () => listSubmissions(entity, record),
  })
  if (query.data === undefined || query.data.length === 0) return null
  return (
    <section className="consents" aria-label={t('consent.title')}>
      <h3 className="t13 strong">{t('consent.title')}</h3>
      <ul>
        {query.data.map(({ id, at, webform, consent, parameters }) => (
          <li key={id} className="t13">
            <span className="ink-3">
              <InstantText instant={at} />
            </span>{' '}
            {consent === null
              ? t('consent.none', { form: webform.label })
              : t('consent.given', { form: webform.label, version: consent.version })}
            {consent === null ? null : (
              <blockquote className="ink-2" lang={consent.language}>
                {consent.words}
              </blockquote>
            )}
            {Object.entries(parameters).map(([name, value]) => (
              <span key={name} className="mono t12 ink-3 parameter">
                {name}={value}
              </span>
            ))}
          </li>
        ))}
      </ul>
    </section>
  )
}
