import { useTranslation } from 'react-i18next'
import type { ImportOutcome, Upload } from '../../api/imports.ts'
import { formatNumber } from '../../kit/format.ts'
import { useLanguage } from '../../kit/model-context.tsx'

interface RefusedRowsProps {
  readonly upload: Upload
  readonly outcome: Pick<ImportOutcome, 'problems' | 'refused'>
}

/** The rows that are not imported: which, in which column, and why. */
export function RefusedRows({ upload, outcome: { problems, refused } }: RefusedRowsProps) {
  const { t } = useTranslation()
  const language = useLanguage()
  if (problems.length === 0) return null
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so it must be reached by key */}
      <section className="import-refused" tabIndex={0} aria-label={t('import.refused')}>
        <table className="t13">
          <thead>
            <tr>
              <th scope="col">{t('import.row')}</th>
              <th scope="col">{t('import.column')}</th>
              <th scope="col">{t('import.problem')}</th>
            </tr>
          </thead>
          <tbody>
            {problems.flatMap(({ row, errors }) =>
              errors.map(({ code, path, message, hint, column }, index) => (
                <tr key={`${row} ${code} ${path}`}>
                  <td className="num ink-2">{index === 0 ? formatNumber(row, language) : ''}</td>
                  <td>{column === undefined ? '' : upload.columns[column]?.header}</td>
                  <td>
                    {message} {hint === undefined ? null : <span className="ink-2">{hint}</span>}
                  </td>
                </tr>
              )),
            )}
          </tbody>
        </table>
      </section>
      {refused > problems.length ? (
        <p className="t12 ink-3">{t('import.refusedMore', { count: problems.length })}</p>
      ) : null}
    </>
  )
}
