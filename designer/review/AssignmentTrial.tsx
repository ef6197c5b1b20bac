import { useTranslation } from 'react-i18next'
import type { AssignmentTried } from '../api.ts'
import { useStore } from '../store/store.tsx'
import { useNames } from '../store/use-names.ts'
import { ExampleRecord } from './ExampleRecord.tsx'
import './trials.css'

/** Who would have got the last records by a changed table, beside who got them and who would by the one in force. */
export function AssignmentTrial({ trial }: { readonly trial: AssignmentTried }) {
  const { t } = useTranslation()
  const { index } = useStore()
  const { definition, looked, records, people, examples } = trial
  const table = useNames()
    .of('assignment')
    .find(({ value }) => value === definition.name)
  const entity = index.get(`assignment/${definition.name}`)?.entity
  const title = t('drafts.trial', { name: table?.label ?? definition.name })
  const nameOf = (holder: AssignmentTried['people'][number]['holder']): string =>
    holder === null ? t('drafts.nobody') : (holder.label ?? t('record.somebody'))
  return (
    <section className="trial" aria-label={title}>
      <h2 className="h3">{title}</h2>
      {records === null ? (
        <p className="t13 ink-2">{t('drafts.notTried')}</p>
      ) : (
        <>
          <p>{t('drafts.moved', { count: records, looked })}</p>
          <p className="t13 ink-2">{t('drafts.how')}</p>
          <table className="t13 trial-people">
            <thead>
              <tr>
                <th scope="col">{t('drafts.who')}</th>
                <th scope="col" className="right">
                  {t('drafts.was')}
                </th>
                <th scope="col" className="right">
                  {t('drafts.now')}
                </th>
                <th scope="col" className="right">
                  {t('drafts.would')}
                </th>
              </tr>
            </thead>
            <tbody>
              {people.map(({ holder, was, now, would }) => (
                <tr key={holder?.id ?? 'nobody'}>
                  <td className="cut">{nameOf(holder)}</td>
                  <td className="right num">{was}</td>
                  <td className="right num">{now}</td>
                  <td className={would === now ? 'right num' : 'right num strong'}>{would}</td>
                </tr>
              ))}
            </tbody>
          </table>
          {examples.length === 0 ? null : (
            <ul className="trial-examples t13" aria-label={t('drafts.examples')}>
              {examples.map(({ id, label, from, to }) => (
                <li key={id} className="row">
                  {entity === undefined ? (
                    <span className="cut">{label}</span>
                  ) : (
                    <ExampleRecord {...{ entity, record: { id, label } }} />
                  )}
                  <span className="end ink-2">{`${nameOf(from)} → ${nameOf(to)}`}</span>
                </li>
              ))}
            </ul>
          )}
        </>
      )}
    </section>
  )
}
