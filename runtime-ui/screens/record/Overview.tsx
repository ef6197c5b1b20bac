import { useQueries } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { OverviewFigure, OverviewGroup } from '../../api/layouts.ts'
import { totals } from '../../api/records.ts'
import type { Entity, RecordData } from '../../api/types.ts'
import { EMPTY_VALUE, formatNumber } from '../../kit/format.ts'
import { useLanguage, useWork } from '../../kit/model-context.tsx'
import { FieldValue } from '../../values/FieldValue.tsx'
import { PLAIN_VIEW } from '../list/list-state.ts'
import './overview.css'
import { answerName, figureFilter, questionsOf } from './overview-questions.ts'

interface OverviewProps {
  readonly entity: Entity
  readonly record: RecordData
  readonly groups: readonly OverviewGroup[]
}

type Answers = ReadonlyMap<OverviewFigure, unknown>

/** The whole story of a record in figures: each of the records that the person sees, with the way to them. */
export function Overview({ entity, record, groups }: OverviewProps) {
  const { t } = useTranslation()
  const { model } = useWork()
  const questions = questionsOf(groups, model.entities, record.id)
  const answers = useQueries({
    queries: questions.map(({ entity: of, filter, measures }) => ({
      queryKey: ['records', of, 'figures', filter, measures],
      queryFn: () => totals(of, filter, measures),
    })),
  })
  const values: Answers = new Map(
    questions.flatMap(({ figures }, index) => {
      const row = answers[index]?.data
      return row === undefined ? [] : figures.map((figure) => [figure, row[answerName(figure)]] as const)
    }),
  )
  return (
    <section className="overview" aria-label={t('record.overview')}>
      {answers.some(({ isError }) => isError) ? (
        <p className="t13 bad" role="alert">
          {t('record.figuresFailed')}
        </p>
      ) : null}
      <div className="overview-groups">
        {groups.map((group) => (
          <div key={group.label} className="overview-group">
            <h2 className="h3">{group.label}</h2>
            <dl>
              {group.figures.map((figure) => (
                <div key={figure.label}>
                  <dt>{figure.label}</dt>
                  <dd className="num">
                    <FigureLink figure={figure} id={record.id}>
                      <FigureValue figure={figure} value={values.get(figure)} isKnown={values.has(figure)} />
                    </FigureLink>
                  </dd>
                </div>
              ))}
              {group.fields.flatMap((name) => {
                const field = entity.fields.find((one) => one.name === name)
                return field === undefined
                  ? []
                  : [
                      <div key={name}>
                        <dt>{field.label}</dt>
                        <dd>
                          <FieldValue entity={entity} field={field} value={record[name]} compact />
                        </dd>
                      </div>,
                    ]
              })}
            </dl>
          </div>
        ))}
      </div>
    </section>
  )
}

function FigureLink({
  figure,
  id,
  children,
}: {
  readonly figure: OverviewFigure
  readonly id: string
  readonly children: React.ReactNode
}) {
  const { model } = useWork()
  const search = new URLSearchParams({
    view: PLAIN_VIEW,
    filter: JSON.stringify(figureFilter(figure, model.entities, id)),
  })
  return (
    <Link className="overview-link" to={`/records/${figure.entity}?${search}`}>
      {children}
    </Link>
  )
}

interface FigureValueProps {
  readonly figure: OverviewFigure
  readonly value: unknown
  /** It was answered; a place is kept until then. */
  readonly isKnown: boolean
}

function FigureValue({ figure, value, isKnown }: FigureValueProps) {
  const language = useLanguage()
  const { model } = useWork()
  if (!isKnown) return <span className="overview-wait" aria-hidden="true" />
  if (figure.fn === 'count') return formatNumber(Number(value ?? 0), language)
  const entity = model.entities.find(({ name }) => name === figure.entity)
  const field = entity?.fields.find(({ name }) => name === figure.field)
  if (entity === undefined || field === undefined || value === null || value === undefined) return EMPTY_VALUE
  return <FieldValue entity={entity} field={field} value={rounded(value)} compact />
}

/** An average has more digits than anybody reads. */
function rounded(value: unknown): unknown {
  const number = typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : value
  return typeof number === 'number' ? Math.round(number * 100) / 100 : value
}
