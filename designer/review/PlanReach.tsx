import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { durationWords, sentenceLanguage } from '../../metadata/rules/sentence-words.ts'
import { formatNumber } from '../../runtime-ui/kit/format.ts'
import { Icon } from '../../runtime-ui/kit/icons/Icon.tsx'
import { useLanguage } from '../../runtime-ui/kit/model-context.tsx'
import { listKinds, type Plan, type TouchedDefinition } from '../api.ts'
import { definitionAddress, kindIcon, labelText } from '../places.ts'

/** What a plan changes, by kind; what besides mentions it: pages, rules, reports; and for whom. */
export function Touched({ plan }: { readonly plan: Plan }) {
  const { t, i18n } = useTranslation()
  const kinds = useQuery({ queryKey: ['meta', 'kinds', i18n.language], queryFn: listKinds })
  const changed = new Map<string, Set<string>>()
  for (const { definition } of plan.steps) {
    changed.set(definition.kind, (changed.get(definition.kind) ?? new Set()).add(definition.name))
  }
  if (changed.size === 0) return null
  const { definitions, roles, people } = plan.touched
  const groups = PARTS.flatMap((part) => {
    // What scenarios say of the plan stands by itself.
    const own = definitions.filter(({ kind }) => kind !== 'scenario' && partOf(kind) === part)
    return own.length === 0 ? [] : [{ part, own }]
  })
  return (
    <section className="plan-part" aria-label={t('drafts.touches')}>
      <h2 className="h3">{t('drafts.touches')}</h2>
      <ul>
        {[...changed].map(([kind, names]) => (
          <li key={kind} className="row t13">
            <Icon name={kindIcon(kind)} />
            <span className="grow">
              {labelText(kinds.data?.find((one) => one.kind === kind)?.label, i18n.language, kind)}
            </span>
            <span className="num">{names.size}</span>
          </li>
        ))}
      </ul>
      {groups.map(({ part, own }) => (
        <TouchedPart key={part} title={t(`drafts.reaches.${part}`)} definitions={own} />
      ))}
      {roles.length === 0 ? null : (
        <TouchedPart title={t('drafts.reaches.people', { count: people })} definitions={roles} />
      )}
    </section>
  )
}

type Part = 'pages' | 'rules' | 'reports' | 'others'
const PARTS: readonly Part[] = ['pages', 'rules', 'reports', 'others']
const PART_OF: Readonly<Record<string, Part>> = {
  ...{ layout: 'pages', view: 'pages', app: 'pages', webform: 'pages', portal: 'pages', message: 'pages' },
  ...{ document: 'pages', report: 'reports', dashboard: 'reports', segment: 'reports' },
  ...{
    validation: 'rules',
    flow: 'rules',
    approval: 'rules',
    assignment: 'rules',
    pool: 'rules',
    sla: 'rules',
  },
  ...{ tag_rule: 'rules', duplicate_rule: 'rules', scoring: 'rules', sharing: 'rules', pipeline: 'rules' },
  ...{ role: 'rules' },
}
const partOf = (kind: string): Part => PART_OF[kind] ?? 'others'

/** Of many, so many are told at once. */
const MOST = 5

function TouchedPart(props: { readonly title: string; readonly definitions: readonly TouchedDefinition[] }) {
  const { title, definitions } = props
  const line = (one: TouchedDefinition) => (
    <li key={`${one.kind}/${one.name}`} className="row t13">
      <Icon name={kindIcon(one.kind)} />
      <Link className="link cut" to={definitionAddress(one.kind, one.name)}>
        {one.label}
      </Link>
    </li>
  )
  return (
    <div className="plan-reach">
      <h3 className="t12 ink-3">{title}</h3>
      <ul>{definitions.slice(0, MOST).map(line)}</ul>
      <More definitions={definitions.slice(MOST)} line={line} />
    </div>
  )
}

function More(props: {
  readonly definitions: readonly TouchedDefinition[]
  readonly line: (one: TouchedDefinition) => React.ReactNode
}) {
  const { t } = useTranslation()
  const { definitions, line } = props
  if (definitions.length === 0) return null
  return (
    <details>
      <summary className="t12 ink-3">{t('drafts.reaches.more', { count: definitions.length })}</summary>
      <ul>{definitions.map(line)}</ul>
    </details>
  )
}

/** How long it takes until it is in force, and what is done for it while others work. */
export function HowLong({ plan }: { readonly plan: Plan }) {
  const { t } = useTranslation()
  const language = useLanguage()
  const { seconds, rewritten, indexed } = plan.estimate
  if (plan.steps.length === 0) return null
  const words = (long: number): string =>
    durationWords(long < 60 ? `PT${long}S` : `PT${Math.ceil(long / 60)}M`, sentenceLanguage(language))
  const [least, most] = [words(seconds.least), words(seconds.most)]
  return (
    <section className="plan-part" aria-label={t('drafts.howLong')}>
      <h2 className="h3">{t('drafts.howLong')}</h2>
      <p className="t13">
        {seconds.most <= 1
          ? t('drafts.atOnce')
          : least === most
            ? t('drafts.lasts', { long: most })
            : t('drafts.lastsBetween', { least, most })}
      </p>
      {rewritten === 0 ? null : (
        <p className="t13 ink-2">{t('drafts.rewrites', { values: formatNumber(rewritten, language) })}</p>
      )}
      {indexed === 0 ? null : (
        <p className="t13 ink-2">{t('drafts.indexes', { records: formatNumber(indexed, language) })}</p>
      )}
      {rewritten + indexed === 0 ? null : <p className="t13 ink-2">{t('drafts.besideWork')}</p>}
    </section>
  )
}
