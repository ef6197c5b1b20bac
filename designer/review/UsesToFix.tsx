import { Segmented, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { textIn } from '../../metadata/text.ts'
import { Button } from '../../runtime-ui/kit/Button.tsx'
import { Icon } from '../../runtime-ui/kit/icons/Icon.tsx'
import { usePlaceWords } from '../inspector/use-place-words.ts'
import { definitionAddress, kindIcon } from '../places.ts'
import { useStore } from '../store/store.tsx'
import { calledIn, type Decision, type Gone, isReplaceable, type Use } from './use-uses-to-fix.ts'

interface UsesToFixProps {
  readonly uses: readonly Use[]
  readonly isBusy: boolean
  readonly onFix: (decide: (use: Use) => Decision) => void
}

/** Everything that names what the draft takes away: for each it is said whether the use goes or what stands there. */
export function UsesToFix({ uses, isBusy, onFix }: UsesToFixProps) {
  const { t } = useTranslation()
  const { decide, set } = useDecisions()
  const count = uses.filter((use) => decide(use) !== 'keep').length
  const groups = new Map<string, Use[]>()
  for (const use of uses) {
    const key = `${use.taken.kind}/${use.taken.name}/${use.taken.item ?? ''}`
    groups.set(key, [...(groups.get(key) ?? []), use])
  }
  return (
    <section className="uses-to-fix" role="alert">
      {[...groups].map(([key, group]) => (
        <TakenUses key={key} taken={group[0]!.taken} uses={group} {...{ decide }} onDecide={set} />
      ))}
      <Button type="primary" aria-busy={isBusy} disabled={count === 0} onClick={() => onFix(decide)}>
        {t('drafts.fixAll', { count })}
      </Button>
    </section>
  )
}

/** What has been decided so far: a use goes unless something else is said. */
export function useDecisions() {
  const [decisions, setDecisions] = useState<ReadonlyMap<string, Decision>>(new Map())
  return {
    decide: (use: Use): Decision => decisions.get(use.key) ?? 'remove',
    set: (changed: readonly Use[], decision: Decision): void =>
      setDecisions(new Map([...decisions, ...changed.map((use) => [use.key, decision] as const)])),
  }
}

interface TakenUsesProps {
  readonly taken: Gone
  readonly uses: readonly Use[]
  readonly decide: (use: Use) => Decision
  readonly onDecide: (uses: readonly Use[], decision: Decision) => void
}

function TakenUses({ taken, uses, decide, onDecide }: TakenUsesProps) {
  const { t, i18n } = useTranslation()
  const { index } = useStore()
  const called = textIn(taken.label as Text, i18n.language, calledIn(taken))
  const of = textIn(index.get(`${taken.kind}/${taken.name}`)?.label, i18n.language, taken.name)
  return (
    <div className="taken">
      <div className="row taken-head">
        <Icon name="alert" />
        <div className="grow">
          <h2 className="h3">
            {taken.item === undefined
              ? t('drafts.takesWhole', { name: called })
              : t('drafts.takes', { name: called, of })}
          </h2>
          <p className="t13 ink-2">{t('drafts.wouldBreak', { count: uses.length })}</p>
        </div>
        <ReplaceAll {...{ taken, uses, onDecide }} />
      </div>
      <UseLines {...{ uses, decide, onDecide }} />
    </div>
  )
}

type Text = Parameters<typeof textIn>[0]

const optionsOf = ({ others }: Gone, language: string) =>
  others.map(({ name, label }) => ({ value: name, label: textIn(label as Text, language, name) }))

/** One name for all places at which another can stand. */
export function ReplaceAll({ taken, uses, onDecide }: Omit<TakenUsesProps, 'decide'>) {
  const { t, i18n } = useTranslation()
  const replaceable = uses.filter(isReplaceable)
  if (replaceable.length === 0) return null
  return (
    <Select<string>
      className="taken-all"
      aria-label={t('drafts.replaceAll')}
      placeholder={t('drafts.replaceAll')}
      options={optionsOf(taken, i18n.language)}
      onChange={(replaceBy) => onDecide(replaceable, { replaceBy })}
      suffixIcon={<Icon name="chevron_down" />}
    />
  )
}

/** Places, each with what becomes of it. */
export function UseLines({ uses, decide, onDecide }: Omit<TakenUsesProps, 'taken'>) {
  return (
    <ul>
      {uses.map((use) => (
        <UseLine key={use.key} {...{ use, decide }} onDecide={(decision) => onDecide([use], decision)} />
      ))}
    </ul>
  )
}

interface UseLineProps {
  readonly use: Use
  readonly decide: (use: Use) => Decision
  readonly onDecide: (decision: Decision) => void
}

function UseLine({ use, decide, onDecide }: UseLineProps) {
  const { t, i18n } = useTranslation()
  const words = usePlaceWords([use.of.kind])
  const { definition, of, path, taken } = use
  const label = textIn(definition.label as Text, i18n.language, of.name)
  const decision = decide(use)
  const place = words(of.kind, path, definition)
  return (
    <li className="row use-to-fix">
      <Icon name={kindIcon(of.kind)} />
      <div className="grow">
        <Link className="plain-link" to={definitionAddress(of.kind, of.name)}>
          {label}
        </Link>
        <p className="t12 ink-3">{place}</p>
      </div>
      <Segmented
        size="small"
        aria-label={t('drafts.decide', { name: label, place })}
        value={typeof decision === 'string' ? decision : 'replace'}
        options={(['remove', 'replace', 'keep'] as const).map((value) => ({
          value,
          label: t(`drafts.decision.${value}`),
          disabled: value === 'replace' && !isReplaceable(use),
        }))}
        onChange={(value: 'remove' | 'replace' | 'keep') =>
          onDecide(value === 'replace' ? { replaceBy: taken.others[0]!.name } : value)
        }
      />
      {typeof decision === 'string' ? null : (
        <Select<string>
          size="small"
          className="use-replacement"
          aria-label={t('drafts.decision.replace')}
          value={decision.replaceBy}
          options={optionsOf(taken, i18n.language)}
          onChange={(replaceBy) => onDecide({ replaceBy })}
          suffixIcon={<Icon name="chevron_down" />}
        />
      )}
    </li>
  )
}
