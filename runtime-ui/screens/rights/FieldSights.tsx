import { useQuery } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { explainField, type FieldExplanation, type RoleSight } from '../../api/rights.ts'
import { Icon } from '../../kit/icons/Icon.tsx'
import { LoadingRows } from '../../kit/Loading.tsx'
import { ProblemState } from '../../kit/State.tsx'
import { capital, SightMark } from './reach-words.tsx'
import './rights.css'

/** Who can see a field: every role with what it shows, where, and the people who hold it. */
export function FieldSights({ entity, field }: { readonly entity: string; readonly field: string }) {
  const { t, i18n } = useTranslation()
  const query = useQuery({
    queryKey: ['rights', 'field', entity, field, i18n.language],
    queryFn: ({ signal }) => explainField(entity, field, signal),
  })
  if (query.isPending) return <LoadingRows rows={6} />
  if (query.isError) {
    return <ProblemState error={query.error} title={t('rights.failed')} retry={() => void query.refetch()} />
  }
  return <Told told={query.data} />
}

const RANK = { whole: 0, some: 1, masked: 2, hidden: 3 } as const

function Told({ told }: { readonly told: FieldExplanation }) {
  const { t } = useTranslation()
  const roles = [...told.roles].sort((one, other) => RANK[one.shows] - RANK[other.shows])
  const seeing = roles.filter(({ shows }) => shows === 'whole' || shows === 'some')
  const { personal } = told.field
  return (
    <section className="sights" aria-label={t('rights.who')}>
      <p className="sights-lead">
        {t('rights.lead', {
          field: told.field.label,
          entity: told.entity.label,
          count: seeing.length,
          all: roles.length,
        })}
        {personal === undefined ? null : (
          <span className="ink-2"> {t('rights.leadPersonal', { kind: t(`access.class.${personal}`) })}</span>
        )}
      </p>
      <table className="sights-table t13">
        <thead>
          <tr>
            <th scope="col">{t('rights.role')}</th>
            <th scope="col">{t('access.seen')}</th>
            <th scope="col">{t('rights.where')}</th>
            <th scope="col">{t('rights.changes')}</th>
            <th scope="col">{t('rights.people')}</th>
          </tr>
        </thead>
        <tbody>
          {roles.map((role) => (
            <RoleRow key={role.name} role={role} />
          ))}
        </tbody>
      </table>
    </section>
  )
}

function RoleRow({ role }: { readonly role: RoleSight }) {
  const { t } = useTranslation()
  const seen = role.shows !== 'hidden'
  const edits = role.edits.scope !== 'none'
  return (
    <tr data-role={role.name} className={seen ? undefined : 'unseen'}>
      <th scope="row" className="strong">
        {role.label}
      </th>
      <td>
        <SightMark shows={role.shows} />
      </td>
      <td data-label={t('rights.where')} className={seen ? undefined : 'idle'}>
        <Where role={role} />
      </td>
      <td data-label={t('rights.changes')} className={edits || role.creates ? undefined : 'idle'}>
        {edits ? capital(role.edits) : role.creates ? t('rights.whenCreating') : t('value.no')}
      </td>
      <td data-label={t('rights.people')}>
        <People role={role} />
      </td>
    </tr>
  )
}

/** In which records, and why not in others. */
function Where({ role }: { readonly role: RoleSight }) {
  const { t } = useTranslation()
  if (role.reads.scope === 'none') return <span className="ink-3">{t('rights.readsNothing')}</span>
  if (role.shows === 'hidden') {
    return <span className="ink-3">{t(`rights.hiddenBy.${role.by}`)}</span>
  }
  if (role.shows === 'masked') return capital(role.masked)
  if (role.shows === 'whole') return capital(role.sees)
  const rest = role.masked.scope === 'none' ? 'rights.elseHidden' : 'rights.elseMasked'
  return (
    <>
      {capital(role.sees)}
      <span className="ink-3">{t(rest)}</span>
    </>
  )
}

function People({ role }: { readonly role: RoleSight }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  const list = useId()
  const { holders, people } = role
  if (people === undefined || holders === 0) return <span className="num ink-2">{holders}</span>
  return (
    <>
      <button
        type="button"
        className="plain-button row people-count num"
        aria-expanded={open}
        aria-controls={list}
        aria-label={t('rights.peopleOf', { role: role.label, count: holders })}
        onClick={() => setOpen(!open)}
      >
        {holders}
        <Icon name={open ? 'chevron_up' : 'chevron_down'} size="small" />
      </button>
      <ul id={list} hidden={!open} className="people-names">
        {people.map((person) => (
          <li key={person.id} className="cut">
            <a className="link" href={`/records/user/${person.id}`}>
              {person.name}
            </a>
          </li>
        ))}
        {holders > people.length ? (
          <li className="ink-3">{t('rights.morePeople', { count: holders - people.length })}</li>
        ) : null}
      </ul>
    </>
  )
}
