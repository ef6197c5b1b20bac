import { useTranslation } from 'react-i18next'
import type { RoleTold } from '../../runtime-ui/api/rights.ts'
import { Icon } from '../../runtime-ui/kit/icons/Icon.tsx'
import { Menu, type MenuProps } from '../../runtime-ui/kit/Menu.tsx'
import { capital } from '../../runtime-ui/screens/rights/reach-words.tsx'
import type { Difference } from '../store/json-value.ts'
import { type Json, valueAt } from '../store/json-value.ts'
import { useNames } from '../store/use-names.ts'
import { besidesIn, stagePath } from './said.ts'
import { type DrawnMove, useDrawnEntity } from './use-drawn-entity.ts'
import { faultAt } from './use-told.ts'

export interface StagesTableProps {
  /** The role's own name: it is not asked for besides itself. */
  readonly name: string
  readonly role: Json
  readonly told: RoleTold | undefined
  readonly entity: { readonly name: string; readonly label: string }
  readonly changes: readonly Difference[]
  readonly readOnly: boolean
  readonly onSay: (path: readonly string[], said: unknown) => void
}

/** Into which stages the role brings records of an entity, and with which other role. */
export function StagesTable(props: StagesTableProps) {
  const { t } = useTranslation()
  const { told, entity, role } = props
  const { moves } = useDrawnEntity(role, told, entity.name)
  if (moves.length === 0) return null
  return (
    <section className="role-fields" aria-label={t('roles.stagesOf', { entity: entity.label })}>
      <div className="role-fields-head role-stages-head">
        <h2 className="h3">{t('roles.stagesOf', { entity: entity.label })}</h2>
        <p className="t12 ink-3">{t('roles.stagesText')}</p>
      </div>
      <table className="matrix fields-table stages-table">
        <thead>
          <tr>
            <th scope="col">{t('roles.stage')}</th>
            <th scope="col">{t('roles.stageMoves')}</th>
          </tr>
        </thead>
        <tbody>
          {moves.map((move) => (
            <tr key={`${move.field} ${move.stage}`} data-stage={move.stage}>
              <th scope="row">
                <span className="cut field-name">{move.label}</span>
              </th>
              <td>
                <StageCell move={move} {...props} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

/** What is said of a stage, in words: free, never, or with which other roles. */
export function useStageWord(): (said: unknown) => string {
  const { t } = useTranslation()
  const { called } = useNames()
  return (said) => {
    const roles = besidesIn(said)
    if (roles === undefined) return t('roles.move.free')
    if (roles.length === 0) return t('roles.move.never')
    return t('roles.move.with', { roles: roles.map((one) => called('role', one)).join(t('access.or')) })
  }
}

function StageCell({ move, ...props }: StagesTableProps & { readonly move: DrawnMove }) {
  const { t } = useTranslation()
  const word = useStageWord()
  const { role, told, entity, changes, readOnly } = props
  const path = stagePath(entity.name, move.stage)
  const said = valueAt(role, path)
  const roles = besidesIn(said)
  const fault = faultAt(told, path)
  const isChanged = changes.some((change) => change.path.join('/') === path.join('/'))
  const isIdle = said === undefined && move.moves?.scope === 'none'
  const text = isIdle ? t('roles.move.idle') : word(said)
  const classes = ['right-cell', isChanged ? 'changed' : '', fault === undefined ? '' : 'faulty']
  const inner = (
    <span
      className={said === undefined ? 'row quiet' : 'row'}
      title={isIdle || roles !== undefined || move.moves === undefined ? text : capital(move.moves)}
    >
      <Icon
        className="role-stage"
        name={isIdle ? 'minus' : roles === undefined ? 'check' : roles.length === 0 ? 'close' : 'users'}
      />
      <span className="cut">{text}</span>
    </span>
  )
  if (readOnly) return <div className={classes.filter(Boolean).join(' ')}>{inner}</div>
  return (
    <StageMenu {...props} path={path} roles={roles} stage={move.label}>
      <button
        type="button"
        className={['plain-button', ...classes].filter(Boolean).join(' ')}
        aria-label={`${t('roles.stageCell', { stage: move.label })}: ${text}`}
        title={fault}
      >
        {inner}
      </button>
    </StageMenu>
  )
}

interface StageMenuProps extends StagesTableProps {
  readonly path: readonly string[]
  readonly stage: string
  /** The roles of which one is asked for besides; undefined where none is. */
  readonly roles: readonly string[] | undefined
  /** The button that opens it. */
  readonly children: MenuProps['children']
}

function StageMenu({ name, path, stage, roles, onSay, children }: StageMenuProps) {
  const { t } = useTranslation()
  const names = useNames()
  const line = (text: string, isOn: boolean) => (
    <span className="row menu-line">
      {text}
      {isOn ? <Icon name="check" /> : null}
    </span>
  )
  const toggled = (one: string): unknown => {
    const next = roles?.includes(one) ? roles.filter((other) => other !== one) : [...(roles ?? []), one]
    return next.length === 0 ? undefined : { by: next.map((role) => ({ role })) }
  }
  const others = names.of('role').filter(({ value }) => value !== name)
  const items = [
    {
      type: 'group' as const,
      key: 'head',
      label: <span className="menu-head">{t('roles.stageCell', { stage })}</span>,
    },
    {
      key: 'free',
      label: line(t('roles.move.free'), roles === undefined),
      onClick: () => onSay(path, undefined),
    },
    {
      key: 'never',
      label: line(t('roles.move.never'), roles?.length === 0),
      onClick: () => onSay(path, { by: [] }),
    },
    { type: 'divider' as const, key: 'line' },
    {
      type: 'group' as const,
      key: 'with',
      label: <span className="menu-head">{t('roles.move.together')}</span>,
      children: others.map(({ value: one, label }) => ({
        key: `with ${one}`,
        label: line(label, roles?.includes(one) === true),
        onClick: () => onSay(path, toggled(one)),
      })),
    },
  ]
  return (
    <Menu items={items} className="stage-menu" placement="bottomLeft">
      {children}
    </Menu>
  )
}
