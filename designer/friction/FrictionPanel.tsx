import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Button } from '../../runtime-ui/kit/Button.tsx'
import { formatDay, formatNumber } from '../../runtime-ui/kit/format.ts'
import { LoadingRows } from '../../runtime-ui/kit/Loading.tsx'
import { useLanguage } from '../../runtime-ui/kit/model-context.tsx'
import { ProblemState } from '../../runtime-ui/kit/State.tsx'
import { toast } from '../../runtime-ui/kit/toast.tsx'
import { type FieldFriction, type Friction, getFriction } from './api.ts'
import { FieldUses } from './FieldUses.tsx'
import { FrictionMenu } from './FrictionMenu.tsx'
import { useFrictionActs } from './use-friction-acts.ts'
import './friction.css'

interface FrictionPanelProps {
  readonly name: string
  readonly readOnly: boolean
}

/** What each field of an entity costs those who fill in its form, what reads it, and what could go. */
export function FrictionPanel({ name, readOnly }: FrictionPanelProps) {
  const { t, i18n } = useTranslation()
  const acts = useFrictionActs(name)
  const { data, error, refetch } = useQuery({
    queryKey: ['meta', 'friction', name, i18n.language],
    queryFn: () => getFriction(name),
  })
  if (error !== null && data === undefined)
    return <ProblemState error={error} title={t('friction.failed')} retry={() => void refetch()} />
  if (data === undefined) return <LoadingRows rows={8} />
  const most = Math.max(1, ...data.fields.map(({ seconds }) => seconds ?? 0))
  return (
    <section className="friction" aria-label={t('friction.title')}>
      <Suggestion friction={data} acts={acts} readOnly={readOnly} />
      <table className="friction-table">
        <thead>
          <tr>
            <th scope="col">{t('friction.field')}</th>
            <th scope="col">{t('friction.filled')}</th>
            <th scope="col">{t('friction.seconds')}</th>
            <th scope="col">{t('friction.uses')}</th>
            <th scope="col">
              <span className="visually-hidden">{t('act.more')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {byBurden(data).map((field) => (
            <FieldRow
              key={field.name}
              isSpare={data.spare.fields.includes(field.name)}
              since={data.uses_since}
              {...{ field, most, acts, readOnly }}
            />
          ))}
        </tbody>
      </table>
    </section>
  )
}

/** What could go first, then what takes longest; of what was not measured, what is filled least. */
function byBurden({ fields, spare }: Friction): readonly FieldFriction[] {
  const isSpare = ({ name }: FieldFriction): number => (spare.fields.includes(name) ? 1 : 0)
  return fields.toSorted(
    (one, other) =>
      isSpare(other) - isSpare(one) ||
      (other.seconds ?? -1) - (one.seconds ?? -1) ||
      (one.filled ?? 1) - (other.filled ?? 1),
  )
}

type Acts = ReturnType<typeof useFrictionActs>

interface SuggestionProps {
  readonly friction: Friction
  readonly acts: Acts
  readonly readOnly: boolean
}

/** The sentence before the table, with the act that follows from it. */
function Suggestion({ friction, acts, readOnly }: SuggestionProps) {
  const { t } = useTranslation()
  const { spare, fields, records, forms, days } = friction
  const labels = new Map(fields.map(({ name, label }) => [name, label]))
  const left = spare.fields.filter((name) => !acts.isGone(name))
  const count = spare.fields.length
  const said =
    count === 0
      ? t('friction.nothing')
      : spare.seconds === null || spare.seconds === 0
        ? t('friction.spareUnmeasured', { count })
        : t('friction.spare', { count, seconds: spare.seconds })
  return (
    <header className="friction-head">
      <h2 className="h2">{said}</h2>
      {count === 0 ? null : (
        <p className="ink-2">
          {t('friction.why', {
            names: spare.fields.map((name) => labels.get(name)).join(t('friction.and')),
            days,
          })}
        </p>
      )}
      <p className="t13 ink-3">{t('friction.lookedAt', { records, forms, days })}</p>
      {readOnly || count === 0 || !acts.mayRemove ? null : (
        <Button
          disabled={left.length === 0}
          onClick={() => {
            acts.remove(left)
            toast({ text: t('friction.removed', { count: left.length }) })
          }}
        >
          {t(left.length === 0 ? 'friction.allRemoved' : 'friction.removeAll', { count: left.length })}
        </Button>
      )}
    </header>
  )
}

interface FieldRowProps {
  readonly field: FieldFriction
  readonly isSpare: boolean
  /** Seconds of the field that takes longest. */
  readonly most: number
  /** Since when it is noted what people open. */
  readonly since: string
  readonly acts: Acts
  readonly readOnly: boolean
}

function FieldRow({ field, isSpare, most, since, acts, readOnly }: FieldRowProps) {
  const { t } = useTranslation()
  const language = useLanguage()
  const isGone = acts.isGone(field.name)
  const percent = field.filled === null ? undefined : Math.round(field.filled * 100)
  const { seconds } = field
  return (
    <tr data-field={field.name} className={isGone ? 'gone' : undefined}>
      <th scope="row">
        <span className="friction-label">
          <span className="friction-called">{field.label}</span>
          {isGone ? (
            <span className="chip clay">{t('drafts.fate.removed')}</span>
          ) : isSpare ? (
            <span className="chip ochre">{t('friction.isSpare')}</span>
          ) : field.required ? (
            <span className="chip">{t('friction.required')}</span>
          ) : null}
        </span>
        <span className="mono ink-3 cut">{field.name}</span>
      </th>
      <td data-head={t('friction.filled')}>
        <Measure
          share={field.filled ?? 0}
          text={percent === undefined ? '–' : `${percent} %`}
          isLow={isSpare}
        />
      </td>
      <td data-head={t('friction.seconds')}>
        <Measure
          share={(seconds ?? 0) / most}
          text={
            seconds === null ? '–' : t('friction.secondsOf', { seconds: formatNumber(seconds, language) })
          }
          title={
            field.last === null ? undefined : t('friction.last', { day: formatDay(field.last, language) })
          }
        />
      </td>
      <td data-head={t('friction.uses')}>
        <FieldUses field={field} since={since} />
      </td>
      <td className="friction-acts">
        {readOnly || isGone ? null : <FrictionMenu field={field} acts={acts} />}
      </td>
    </tr>
  )
}

interface MeasureProps {
  readonly share: number
  readonly text: string
  readonly isLow?: boolean
  readonly title?: string | undefined
}

function Measure({ share, text, isLow = false, title }: MeasureProps) {
  return (
    <span className="friction-measure" title={title}>
      <span className="friction-bar" aria-hidden>
        <span className={isLow ? 'low' : undefined} style={{ width: `${Math.round(share * 100)}%` }} />
      </span>
      <span className="num">{text}</span>
    </span>
  )
}
