import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import {
  type Explanation,
  explainRecord,
  type FieldTold,
  RECORD_RIGHTS,
  type RecordRight,
  type RightTold,
} from '../../api/explain.ts'
import type { Entity } from '../../api/types.ts'
import { formatInstant } from '../../kit/format.ts'
import { Icon } from '../../kit/icons/Icon.tsx'
import { LoadingRows } from '../../kit/Loading.tsx'
import { useLanguage, useWork } from '../../kit/model-context.tsx'
import { Sheet } from '../../kit/Sheet.tsx'
import { ProblemState } from '../../kit/State.tsx'
import { RecordPicker } from '../../widgets/RecordPicker.tsx'
import { AccessMoves } from './AccessMoves.tsx'

interface AccessSheetProps {
  readonly entity: Entity
  readonly id: string
  readonly open: boolean
  readonly onClose: () => void
}

/** Who may do what with a record and why: oneself, and for whoever manages the users anybody. */
export function AccessSheet({ entity, id, open, onClose }: AccessSheetProps) {
  const { t } = useTranslation()
  return (
    <Sheet open={open} title={t('access.title')} onClose={onClose} width={520}>
      <Access entity={entity} id={id} />
    </Sheet>
  )
}

function Access({ entity, id }: Pick<AccessSheetProps, 'entity' | 'id'>) {
  const { t, i18n } = useTranslation()
  const { me } = useWork()
  const [user, setUser] = useState(me.user.id)
  const query = useQuery({
    queryKey: ['records', entity.name, 'one', id, 'access', user, i18n.language],
    queryFn: ({ signal }) => explainRecord(entity.name, id, user === me.user.id ? undefined : user, signal),
    placeholderData: keepPreviousData,
  })
  return (
    <>
      {me.administration.includes('users') ? (
        <RecordPicker
          entity="user"
          label={t('access.user')}
          className="access-user"
          value={user}
          known={[{ id: me.user.id, label: me.user.name }]}
          onChange={(next) => setUser(next ?? me.user.id)}
        />
      ) : null}
      {query.isPending ? <LoadingRows rows={6} /> : null}
      {query.isError ? (
        <ProblemState error={query.error} title={t('access.failed')} retry={() => void query.refetch()} />
      ) : null}
      {query.data === undefined || query.isError ? null : <Told told={query.data} />}
    </>
  )
}

function Told({ told }: { readonly told: Explanation }) {
  const { t } = useTranslation()
  const labels = new Map(told.user.roles.map(({ name, label }) => [name, label]))
  const nameOf = (role: string) => labels.get(role) ?? role
  return (
    <>
      <p className="ink-2 t13 access-roles">
        {told.user.roles.length === 0
          ? t('access.noRoles', { name: told.user.name })
          : t('access.roles', {
              name: told.user.name,
              roles: told.user.roles.map(({ label }) => label).join(t('access.and')),
            })}
      </p>
      <ul className="access-rights">
        {RECORD_RIGHTS.map((right) => (
          <Right key={right} right={right} told={told.rights[right]} nameOf={nameOf} />
        ))}
      </ul>
      <AccessMoves moves={told.moves} nameOf={nameOf} />
      {told.rights.read.allowed ? (
        <table className="lines t13 access-fields">
          <thead>
            <tr>
              <th scope="col">{t('access.field')}</th>
              <th scope="col">{t('access.seen')}</th>
              <th scope="col">{t('access.changed')}</th>
            </tr>
          </thead>
          <tbody>
            {told.fields.map((field) => (
              <FieldRow key={field.name} field={field} nameOf={nameOf} />
            ))}
          </tbody>
        </table>
      ) : null}
    </>
  )
}

interface Named {
  readonly nameOf: (role: string) => string
}

function Right({ right, told, nameOf }: Named & { readonly right: RecordRight; readonly told: RightTold }) {
  const { t } = useTranslation()
  const zone = useWork().model.timeZone
  const language = useLanguage()
  const reasons = told.because.map(({ role, scope, sharing, pool, share }) => {
    const named = { role: nameOf(role) }
    if (sharing !== undefined) return t('access.bySharing', { ...named, sharing: sharing.label })
    if (pool !== undefined) return t('access.byPool', { ...named, pool: pool.label })
    if (share === undefined) return t('access.because', { ...named, scope: scopeText(scope, t) })
    const name = share.created_by?.label ?? t('record.somebody')
    if (share.until === null) return t('access.byHand', { ...named, name })
    return t('access.byHandUntil', { ...named, name, until: formatInstant(share.until, language, zone) })
  })
  return (
    <li className="row" data-allowed={told.allowed}>
      <Icon name={told.allowed ? 'check' : 'minus'} />
      <span>
        <span className="strong">{t(`access.${right}.${told.allowed ? 'yes' : 'no'}`)}</span>
        <span className="ink-3"> {reasons.join(t('access.and'))}</span>
      </span>
    </li>
  )
}

const SCOPES: ReadonlySet<unknown> = new Set(['own', 'team', 'team_tree', 'all'])

function scopeText(scope: unknown, t: (key: string) => string): string {
  return t(SCOPES.has(scope) ? `access.scope.${String(scope)}` : 'access.scope.rule')
}

const ICONS = { whole: 'eye', masked: 'lock', hidden: 'eye_off' } as const

function FieldRow({ field, nameOf }: Named & { readonly field: FieldTold }) {
  const { t } = useTranslation()
  const reasons = field.because.map((one) => {
    const why =
      one.by === 'personal'
        ? t('access.by.personal', { kind: t(`access.class.${one.personal}`) })
        : t(`access.by.${one.by}`)
    return t('access.fieldBecause', { role: nameOf(one.role), shows: t(`access.shows.${one.shows}`), why })
  })
  return (
    <tr title={reasons.join('\n')} data-field={field.name}>
      <td>{field.label}</td>
      <td>
        <span className={field.shown === 'whole' ? 'row' : 'row ink-3'}>
          <Icon name={ICONS[field.shown]} />
          {t(`access.shows.${field.shown}`)}
        </span>
        {field.shown === 'whole' ? null : (
          <span className="ink-3 t12 access-why">{reasons.join(t('access.and'))}</span>
        )}
      </td>
      <td>{t(field.editable ? 'value.yes' : 'value.no')}</td>
    </tr>
  )
}
