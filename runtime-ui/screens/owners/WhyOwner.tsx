import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Decision, TracedPerson, TracedRule } from '../../api/owners.ts'
import type { Entity } from '../../api/types.ts'
import { Avatar } from '../../kit/Avatar.tsx'
import { IconButton } from '../../kit/Button.tsx'
import { InstantText } from '../../kit/DateText.tsx'
import { Icon } from '../../kit/icons/Icon.tsx'
import { LoadingRows } from '../../kit/Loading.tsx'
import { Sheet } from '../../kit/Sheet.tsx'
import { ProblemState } from '../../kit/State.tsx'
import { decisionsQuery } from './OwnerActs.tsx'
import './owners.css'

interface WhyOwnerProps {
  readonly entity: Entity
  readonly id: string
}

/** Beside the owner of a record: why it is they. */
export function WhyOwner({ entity, id }: WhyOwnerProps) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  return (
    <>
      <IconButton
        size="small"
        label={t('owner.why')}
        icon={<Icon name="help" size="small" />}
        onClick={() => setOpen(true)}
      />
      <Sheet open={open} title={t('owner.why')} onClose={() => setOpen(false)} width={520}>
        <Decisions entity={entity} id={id} />
      </Sheet>
    </>
  )
}

function Decisions({ entity, id }: WhyOwnerProps) {
  const { t, i18n } = useTranslation()
  const query = useQuery(decisionsQuery(entity, id, i18n.language))
  if (query.isPending) return <LoadingRows rows={6} />
  if (query.isError)
    return (
      <ProblemState error={query.error} title={t('owner.whyFailed')} retry={() => void query.refetch()} />
    )
  if (query.data.length === 0) return <p className="ink-3 t13 nothing">{t('owner.whyNone')}</p>
  return (
    <ol className="decisions">
      {query.data.map((decision) => (
        <li key={decision.at + decision.cause} className="decision">
          <DecisionTold decision={decision} />
        </li>
      ))}
    </ol>
  )
}

function DecisionTold({ decision }: { readonly decision: Decision }) {
  const { t } = useTranslation()
  const { owner, assignment, cause, outcome, at, accept_by: by, accepted_at: accepted } = decision
  const name = owner === null ? undefined : (owner.label ?? t('record.somebody'))
  return (
    <section aria-label={t(`owner.cause.${cause}`)}>
      <h3 className="row h3 decision-head">
        {name === undefined ? null : owner?.pool === undefined ? (
          <Avatar name={name} person />
        ) : (
          <Icon name="users" />
        )}
        <span>{name ?? t(`owner.outcome.${outcome}`)}</span>
      </h3>
      <p className="t13 ink-2">
        {t(`owner.cause.${cause}`)} · {assignment.label} · <InstantText instant={at} />
      </p>
      {by === null ? null : (
        <p className="t13 ink-2">
          {accepted === null ? t('owner.acceptBy') : t('owner.acceptedAt')}{' '}
          <InstantText instant={accepted ?? by} />
        </p>
      )}
      <ol className="traced-rules">
        {decision.rules.map((rule) => (
          <RuleTold key={rule.name} rule={rule} />
        ))}
      </ol>
    </section>
  )
}

function RuleTold({ rule }: { readonly rule: TracedRule }) {
  const decided = rule.result === 'given'
  return (
    <li className={decided ? 'traced-rule decided' : 'traced-rule'}>
      <p className="row traced-head">
        <Icon name={decided ? 'check' : 'minus'} size="small" />
        <span className={decided ? 'strong' : 'ink-2'}>{rule.label}</span>
        <span className="end t13 ink-2">{rule.text}</span>
      </p>
      {rule.people.length === 0 ? null : (
        <ul className="traced-people">
          {rule.people.map((person) => (
            <PersonTold key={person.user.id} person={person} />
          ))}
        </ul>
      )}
    </li>
  )
}

function PersonTold({ person }: { readonly person: TracedPerson }) {
  const { t } = useTranslation()
  const { user, chosen, text, open, today, weight } = person
  const name = user.label ?? t('record.somebody')
  const numbers = [
    ...(open === undefined ? [] : [t('owner.open', { count: open })]),
    ...(today === undefined ? [] : [t('owner.today', { count: today })]),
    ...(weight === undefined ? [] : [t('owner.weight', { weight })]),
  ]
  return (
    <li className="row traced-person">
      <Avatar name={name} person />
      <span className={chosen ? 'cut strong' : 'cut'}>{name}</span>
      <span className="end t13 ink-2">{[text, ...numbers].join(' · ')}</span>
    </li>
  )
}
