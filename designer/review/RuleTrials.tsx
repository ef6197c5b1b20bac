import { useTranslation } from 'react-i18next'
import { textIn } from '../../metadata/text.ts'
import { formatNumber } from '../../runtime-ui/kit/format.ts'
import { useLanguage } from '../../runtime-ui/kit/model-context.tsx'
import type { AssignmentTried, ChangesetItem, RuleTried } from '../api.ts'
import { isObject } from '../store/json-value.ts'
import { useNames } from '../store/use-names.ts'
import { ExampleRecord } from './ExampleRecord.tsx'
import './trials.css'

interface RuleTrialsProps {
  readonly trials: readonly RuleTried[]
  /** What the draft says, which may be another than one works on. */
  readonly items: readonly ChangesetItem[]
}

export const isOfRule = (trial: RuleTried | AssignmentTried): trial is RuleTried => trial.effect !== 'assigns'

/** What changed rules would mean for the records that are there: how many do not meet them, which values change. */
export function RuleTrials({ trials, items }: RuleTrialsProps) {
  const { t } = useTranslation()
  if (trials.length === 0) return null
  return (
    <section className="trial rule-trials" aria-label={t('drafts.rulesTried')}>
      <h2 className="h3">{t('drafts.rulesTried')}</h2>
      <ul>
        {trials.map((trial) => (
          <Trial key={keyOf(trial)} {...{ trial, items }} />
        ))}
      </ul>
    </section>
  )
}

const keyOf = ({ definition, field, stage }: RuleTried): string =>
  [definition.kind, definition.name, field, stage].join(' ')

function Trial({ trial, items }: { readonly trial: RuleTried; readonly items: readonly ChangesetItem[] }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const title = useTitle(items)(trial)
  const { entity, effect, stage, looked, sample, records, examples } = trial
  const way = stage === undefined ? effect : 'stops'
  const count = records ?? 0
  const values = { count, records: formatNumber(count, language), looked: formatNumber(looked, language) }
  return (
    <li className="rule-trial" data-trial={keyOf(trial)}>
      <p className="strong">{title}</p>
      <p className={effect === 'violates' && count > 0 ? 't13 bad' : 't13 ink-2'}>
        {records === null
          ? t('drafts.ruleNotTried')
          : t(`drafts.rule.${count === 0 ? `${way}None` : way}` as const, values)}
        {sample ? ` ${t('drafts.rule.sample')}` : ''}
      </p>
      {examples.length === 0 ? null : (
        <ul className="trial-examples t13" aria-label={t('drafts.counted')}>
          {examples.map((one) => (
            <li key={one.id} className="row">
              <ExampleRecord {...{ entity, record: one }} />
              {'to' in one ? (
                <span className="end ink-2 num">{`${shown(one.from)} → ${shown(one.to)}`}</span>
              ) : null}
            </li>
          ))}
        </ul>
      )}
    </li>
  )
}

/** What a rule that was tried is called: as the draft has it, else as it is in force. */
function useTitle(items: readonly ChangesetItem[]): (trial: RuleTried) => string {
  const { i18n } = useTranslation()
  const names = useNames()
  const text = (label: unknown, name: string): string =>
    textIn(label as Parameters<typeof textIn>[0], i18n.language, name)
  const drafted = (kind: string, name: string) => {
    const found = items.find((item) => item.kind === kind && item.name === name)?.definition
    return isObject(found) ? found : undefined
  }
  const called = (kind: string, name: string): string => {
    const own = drafted(kind, name)
    return own?.label === undefined ? names.called(kind, name) : text(own.label, name)
  }
  const entry = (list: unknown, name: string): string | undefined => {
    const found = Array.isArray(list) ? list.filter(isObject).find((one) => one.name === name) : undefined
    return found?.label === undefined ? undefined : text(found.label, name)
  }
  return ({ definition, entity, field, stage }) => {
    const parts = [called(definition.kind, definition.name)]
    if (stage !== undefined)
      parts.push(
        entry(drafted(definition.kind, definition.name)?.stages, stage) ?? names.stage(entity, stage),
      )
    else if (field !== undefined)
      parts.push(entry(drafted('entity', entity)?.fields, field) ?? names.field(entity, field))
    return parts.join(' › ')
  }
}

/** A value in one line. */
function shown(value: unknown): string {
  if (value === null || value === undefined) return '–'
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
