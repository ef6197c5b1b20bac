import { useQuery } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { explainUser, type RightTold, type UserExplanation } from '../../api/rights.ts'
import { Icon } from '../../kit/icons/Icon.tsx'
import { iconNamed } from '../../kit/icons/paths.ts'
import { LoadingRows } from '../../kit/Loading.tsx'
import { Sheet } from '../../kit/Sheet.tsx'
import { ProblemState, State } from '../../kit/State.tsx'
import { administrationWord } from './administration-word.ts'
import { capital, ReachMark, SightMark } from './reach-words.tsx'
import { rightWord } from './right-word.ts'
import './rights.css'

interface UserRightsSheetProps {
  readonly id: string
  readonly name: string
  readonly open: boolean
  readonly onClose: () => void
}

/** “What may this person do?”: the union over their roles, entity by entity. */
export function UserRightsSheet({ id, name, open, onClose }: UserRightsSheetProps) {
  const { t } = useTranslation()
  return (
    <Sheet open={open} title={t('rights.ofUser', { name })} onClose={onClose} width={680}>
      <Rights id={id} />
    </Sheet>
  )
}

function Rights({ id }: { readonly id: string }) {
  const { t, i18n } = useTranslation()
  const query = useQuery({
    queryKey: ['rights', 'user', id, i18n.language],
    queryFn: ({ signal }) => explainUser(id, signal),
  })
  if (query.isPending) return <LoadingRows rows={6} />
  if (query.isError) {
    return <ProblemState error={query.error} title={t('rights.failed')} retry={() => void query.refetch()} />
  }
  return <Told told={query.data} />
}

/** The rights that a closed row shows; the others come when it is opened. */
const SHOWN = ['read', 'create', 'update', 'delete'] as const

function Told({ told }: { readonly told: UserExplanation }) {
  const { t } = useTranslation()
  const { user, administration } = told
  if (user.roles.length === 0) {
    return (
      <State joint="empty" title={t('access.noRoles', { name: user.name })} text={t('rights.noRolesText')} />
    )
  }
  const reached = told.entities.filter(({ rights }) => Object.values(rights).some(gives))
  const out = told.entities.filter((entity) => !reached.includes(entity))
  return (
    <div className="user-rights">
      <p className="sights-lead">
        {t('rights.userLead', {
          count: reached.length,
          roles: user.roles.map(({ label }) => label).join(t('account.comma')),
        })}
        {administration.length === 0 ? null : (
          <span className="ink-2">
            {' '}
            {t('rights.administers', {
              what: administration.map((right) => administrationWord(right, t)).join(t('account.comma')),
            })}
          </span>
        )}
      </p>
      <div className="user-rights-head t12 ink-3" aria-hidden="true">
        <span />
        {SHOWN.map((right) => (
          <span key={right}>{rightWord(right, t)}</span>
        ))}
      </div>
      <ul>
        {reached.map((entity) => (
          <EntityRow key={entity.name} entity={entity} roles={user.roles} />
        ))}
      </ul>
      {out.length === 0 ? null : (
        <p className="t13 ink-3 user-rights-out">
          {t('rights.outOfReach', { entities: out.map(({ label }) => label).join(t('account.comma')) })}
        </p>
      )}
    </div>
  )
}

/** The rights that give something, those of the closed row first. */
function inOrder(rights: Readonly<Record<string, RightTold>>): readonly (readonly [string, RightTold])[] {
  const rank = (right: string): number => {
    const at = (SHOWN as readonly string[]).indexOf(right)
    return at === -1 ? SHOWN.length : at
  }
  return Object.entries(rights)
    .filter(([, told]) => gives(told))
    .sort(([one], [other]) => rank(one) - rank(other))
}

const gives = (right: RightTold): boolean => (typeof right === 'boolean' ? right : right.scope !== 'none')

interface EntityRowProps {
  readonly entity: UserExplanation['entities'][number]
  readonly roles: UserExplanation['user']['roles']
}

function EntityRow({ entity, roles }: EntityRowProps) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  const detail = useId()
  const labelOf = (name: string) => roles.find((role) => role.name === name)?.label ?? name
  return (
    <li data-entity={entity.name}>
      <button
        type="button"
        className="plain-button user-right"
        aria-expanded={open}
        aria-controls={detail}
        onClick={() => setOpen(!open)}
      >
        <span className="row strong">
          <Icon name={open ? 'chevron_down' : 'chevron_right'} size="small" />
          <Icon name={iconNamed(entity.icon ?? entity.name)} />
          <span className="cut">{entity.label}</span>
        </span>
        {SHOWN.map((right) => (
          <span key={right} className="t13 user-right-cell" data-label={rightWord(right, t)}>
            <ReachMark told={entity.rights[right]} />
          </span>
        ))}
      </button>
      <dl id={detail} hidden={!open} className="user-right-more t13">
        {inOrder(entity.rights).map(([right, told]) => (
          <div key={right}>
            <dt className="ink-2">{rightWord(right, t)}</dt>
            <dd>
              {typeof told === 'boolean' ? t('value.yes') : capital(told)}
              <span className="ink-3">
                {' '}
                {t('rights.through', {
                  roles: (entity.because[right] ?? []).map(labelOf).join(t('account.comma')),
                })}
              </span>
            </dd>
          </div>
        ))}
        {entity.limited.length === 0 || !gives(entity.rights.read ?? false) ? null : (
          <div>
            <dt className="ink-2">{t('rights.limited')}</dt>
            <dd className="limited">
              {entity.limited.map((field) => (
                <span key={field.name} className="row">
                  {field.label}
                  <SightMark shows={field.shows} />
                </span>
              ))}
            </dd>
          </div>
        )}
      </dl>
    </li>
  )
}
