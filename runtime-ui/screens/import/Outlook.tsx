import { useTranslation } from 'react-i18next'
import type { ImportOutcome, Upload } from '../../api/imports.ts'
import { formatNumber } from '../../kit/format.ts'
import { LoadingRows } from '../../kit/Loading.tsx'
import { useLanguage } from '../../kit/model-context.tsx'
import { RefusedRows } from './RefusedRows.tsx'

interface OutlookProps {
  readonly upload: Upload
  readonly outcome: ImportOutcome | undefined
  readonly isFetching: boolean
  readonly accepts: boolean
  readonly onAccept: (accepts: boolean) => void
}

/** What would come of the import: how many are new, changed, there already, at fault, and which rows those are. */
export function Outlook({ upload, outcome, isFetching, accepts, onAccept }: OutlookProps) {
  const { t } = useTranslation()
  return (
    <section aria-busy={isFetching}>
      <h2 className="h3 import-title">{t('import.outlook')}</h2>
      {outcome === undefined ? isFetching ? <LoadingRows rows={2} /> : null : <Counts outcome={outcome} />}
      {outcome !== undefined && (accepts || outcome.duplicates > 0) ? (
        <label className="row t13 import-accept">
          <input type="checkbox" checked={accepts} onChange={(event) => onAccept(event.target.checked)} />
          {t('import.accept')}
        </label>
      ) : null}
      {outcome === undefined ? null : <RefusedRows {...{ upload, outcome }} />}
    </section>
  )
}

/** The figures of an import. */
export function Counts({ outcome }: { readonly outcome: ImportOutcome }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const { created, changed, duplicates, refused } = outcome
  const figures = [
    { name: 'created', count: created, isShown: true },
    { name: 'changed', count: changed, isShown: changed > 0 },
    { name: 'duplicates', count: duplicates, isShown: duplicates > 0 },
    { name: 'faulty', count: refused - duplicates, isShown: true },
  ].filter(({ isShown }) => isShown)
  return (
    <div role="status">
      <dl className="import-counts">
        {figures.map(({ name, count }) => (
          <div key={name} className={name === 'faulty' && count > 0 ? 'bad' : undefined}>
            <dt className="t12 ink-2">{t(`import.count.${name}`)}</dt>
            <dd className="num">{formatNumber(count, language)}</dd>
          </div>
        ))}
      </dl>
    </div>
  )
}
