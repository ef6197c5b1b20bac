import { useTranslation } from 'react-i18next'
import { textIn } from '../../metadata/text.ts'
import type { Column } from './proposal.ts'

const SHOWN = 6

interface SheetRowsProps {
  readonly columns: readonly Column[]
  readonly rows: readonly (readonly string[])[]
}

/** The first rows as they stand in the file, under the fields that they go to. */
export function SheetRows({ columns, rows }: SheetRowsProps) {
  const { t, i18n } = useTranslation()
  const taken = columns.flatMap((column, at) => (column.isTaken ? [{ column, at }] : []))
  if (taken.length === 0 || rows.length === 0) return null
  return (
    <div>
      <h2 className="h3 import-title" id="from-file-rows">
        {t('fromFile.rows')}
      </h2>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways is reached by keys */}
      <section className="from-file-rows" tabIndex={0} aria-labelledby="from-file-rows">
        <table className="lines t13">
          <thead>
            <tr>
              {taken.map(({ column, at }) => (
                <th key={at} scope="col">
                  {textIn(column.label, i18n.language, column.header)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, SHOWN).map((cells, row) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place in the file.
              <tr key={row}>
                {taken.map(({ at }) => (
                  <td key={at} className="cut">
                    {cells[at]}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </div>
  )
}
