import { useTranslation } from 'react-i18next'
import type { Reach, RightTold, ScopeName, Shows } from '../../api/rights.ts'
import { Icon } from '../../kit/icons/Icon.tsx'
import type { IconName } from '../../kit/icons/paths.ts'
import { ScopeMark, type Steps } from '../../kit/ScopeMark.tsx'

export const STEPS: Readonly<Record<ScopeName, Steps>> = {
  none: 0,
  own: 1,
  team: 2,
  team_tree: 3,
  all: 4,
  some: 'rule',
}

/** How far a right reaches: the picture and the word. */
export function ReachMark({ told }: { readonly told: RightTold | undefined }) {
  const { t } = useTranslation()
  if (typeof told === 'object') {
    return (
      <span className={told.scope === 'none' ? 'row scope ink-3' : 'row scope'} title={told.sentence}>
        <ScopeMark steps={STEPS[told.scope]} />
        <span className="cut">{t(`rights.scope.${told.scope}`)}</span>
      </span>
    )
  }
  return <YesNo yes={told === true} />
}

/** Yes or no, as quiet as its answer. */
export function YesNo({ yes }: { readonly yes: boolean }) {
  const { t } = useTranslation()
  return (
    <span className={yes ? 'row scope' : 'row scope ink-3'}>
      <Icon name={yes ? 'check' : 'close'} {...(yes ? { className: 'brand-mark' } : {})} />
      {t(yes ? 'value.yes' : 'value.no')}
    </span>
  )
}

const SIGHTS: Readonly<Record<Shows, IconName>> = {
  whole: 'eye',
  some: 'filter',
  masked: 'shield',
  hidden: 'lock',
}

/** How a field is shown: the picture and the word. */
export function SightMark({ shows }: { readonly shows: Shows }) {
  const { t } = useTranslation()
  return (
    <span className={`row sight sight-${shows}`}>
      <Icon name={SIGHTS[shows]} />
      <span className="nowrap">{t(`rights.shows.${shows}`)}</span>
    </span>
  )
}

/** A sentence of the server as the beginning of a line. */
export const capital = ({ sentence }: Reach): string =>
  sentence.charAt(0).toLocaleUpperCase() + sentence.slice(1)
