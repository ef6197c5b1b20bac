import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { ReportAnswer } from '../../api/reports.ts'
import type { Entity, Field, RecordData } from '../../api/types.ts'
import { useEntity, useWork } from '../../kit/model-context.tsx'
import { FieldValue, isNumeric } from '../../values/FieldValue.tsx'
import { fieldAt, valueAt } from '../../values/references.ts'
import { drillAddress } from './drill-address.ts'

/** The records of a report that lists them. */
export function RecordLines({ answer }: { readonly answer: ReportAnswer }) {
  const { t } = useTranslation()
  const { model } = useWork()
  const entity = useEntity(answer.entity)
  const { records = [], fields = [] } = answer
  if (entity === undefined) return null
  return (
    <section
      className="figures-scroll"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by keys
      tabIndex={0}
      aria-label={answer.label}
    >
      <table className="figures lines">
        <caption className="visually-hidden">{answer.label}</caption>
        <thead>
          <tr>
            {fields.map(({ path, label }) => (
              <th
                key={path}
                scope="col"
                className={isNumber(fieldAt(model.entities, entity, path)) ? 'figure' : undefined}
              >
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {records.map((record) => (
            <Line key={record.id} answer={answer} entity={entity} record={record as RecordData} />
          ))}
        </tbody>
      </table>
      {answer.truncated ? (
        <p className="figures-more t13">
          <Link to={drillAddress(answer.entity, { values: {}, filter: answer.filter })}>
            {t('report.allOf', { count: answer.rowCount })}
          </Link>
        </p>
      ) : null}
    </section>
  )
}

interface LineProps {
  readonly answer: ReportAnswer
  readonly entity: Entity
  readonly record: RecordData
}

function Line({ answer, entity, record }: LineProps) {
  const { model } = useWork()
  return (
    <tr className="figures-row">
      {(answer.fields ?? []).map(({ path }, index) => {
        const field = fieldAt(model.entities, entity, path)
        if (field === undefined) return <td key={path} />
        const value = <FieldValue entity={entity} field={field} value={valueAt(record, path)} compact />
        return (
          <td key={path} className={isNumber(field) ? 'figure' : undefined}>
            {index === 0 ? (
              <Link className="line-link" to={`/records/${answer.entity}/${record.id}`}>
                {value}
              </Link>
            ) : (
              value
            )}
          </td>
        )
      })}
    </tr>
  )
}

function isNumber(field: Field | undefined): boolean {
  return field !== undefined && isNumeric(field)
}
