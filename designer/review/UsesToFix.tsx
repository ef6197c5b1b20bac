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
import type { Taken } from './fix-uses.ts'
import type { Decision, Use } from './use-uses-to-fix.ts'

interface UsesToFixProps {
  readonly uses: readonly Use[]
  readonly isBusy: boolean
  readonly onFix: (decide: (use: Use) => Decision) => void
}

/** Everything that names what the draft takes away: for each it is said whether the use goes or what stands there. */
export function UsesToFix({ uses, isBusy, onFix }: UsesToFixProps) {
  const { t } = useTranslation()
  const [decisions, setDecisions] = useState<ReadonlyMap<string, Decision>>(new Map())
  const decide = (use: Use): Decision => decisions.get(use.problem.path) ?? 'remove'
  const set = (changed: readonly Use[], decision: Decision): void =>
    setDecisions(new Map([...decisions, ...changed.map((use) => [use.problem.path, decision] as const)]))
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
      <Button type="primary" aria-busy={isBusy} onClick={() => onFix(decide)}>
        {t('drafts.fixAll', { count: uses.length })}
      </Button>
    </section>
  )
}

interface TakenUsesProps {
  readonly taken: Taken
  readonly uses: readonly Use[]
  readonly decide: (use: Use) => Decision
  readonly onDecide: (uses: readonly Use[], decision: Decision) => void
}

function TakenUses({ taken, uses, decide, onDecide }: TakenUsesProps) {
  const { t, i18n } = useTranslation()
  const { index } = useStore()
  const called = textIn(taken.label as Text, i18n.language, taken.item ?? taken.name)
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
        {taken.others.length === 0 ? null : (
          <Select<string>
            className="taken-all"
            aria-label={t('drafts.replaceAll')}
            placeholder={t('drafts.replaceAll')}
            options={optionsOf(taken, i18n.language)}
            onChange={(replaceBy) => onDecide(uses, { replaceBy })}
            suffixIcon={<Icon name="chevron_down" />}
          />
        )}
      </div>
      <ul>
        {uses.map((use) => (
          <UseLine
            key={use.problem.path}
            {...{ use, decide }}
            onDecide={(decision) => onDecide([use], decision)}
          />
        ))}
      </ul>
    </div>
  )
}

type Text = Parameters<typeof textIn>[0]

const optionsOf = ({ others }: Taken, language: string) =>
  others.map(({ name, label }) => ({ value: name, label: textIn(label as Text, language, name) }))

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
        value={decision === 'remove' ? 'remove' : 'replace'}
        options={(['remove', 'replace'] as const).map((value) => ({
          value,
          label: t(`drafts.decision.${value}`),
          disabled: value === 'replace' && taken.others.length === 0,
        }))}
        onChange={(value) => onDecide(value === 'remove' ? 'remove' : { replaceBy: taken.others[0]!.name })}
      />
      {decision === 'remove' ? null : (
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
