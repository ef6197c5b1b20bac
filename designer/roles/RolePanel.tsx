import { Checkbox, Segmented } from 'antd'
import { useTranslation } from 'react-i18next'
import type { RoleItem } from '../../runtime-ui/api/rights.ts'
import { IconButton } from '../../runtime-ui/kit/Button.tsx'
import { Icon } from '../../runtime-ui/kit/icons/Icon.tsx'
import { administrationWord } from '../../runtime-ui/screens/rights/administration-word.ts'
import type { Difference } from '../store/json-value.ts'
import { type Json, valueAt } from '../store/json-value.ts'
import { ChangeLine } from './ChangeLine.tsx'
import { KindsPart } from './KindsPart.tsx'
import { OPENED, OpensPart } from './OpensPart.tsx'
import type { RoleShape } from './role-schema.ts'

export interface RolePanelProps {
  readonly role: Json
  readonly item: RoleItem | undefined
  readonly shape: RoleShape
  readonly changes: readonly Difference[]
  readonly readOnly: boolean
  readonly onSay: (path: readonly string[], said: unknown) => void
  readonly onRevert: (path: readonly string[]) => void
}

/** What goes for the whole role: what the draft changes, personal data, administration, who holds it. */
export function RolePanel(props: RolePanelProps) {
  const { t } = useTranslation()
  const { changes, onRevert } = props
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: where nothing in it can be changed, the keyboard must reach it all the same to move it.
    <section className="role-panel" aria-label={t('roles.wholeRole')} tabIndex={0}>
      {changes.length === 0 ? null : (
        <section className="role-part" aria-label={t('drafts.changes')}>
          <h2 className="h3 row section-head">
            {t('drafts.changes')}
            <span className="count num">{changes.length}</span>
          </h2>
          <ul>
            {changes.map((change) => (
              <li key={change.path.join('/')} className="row change-line t13">
                <ChangeLine change={change} />
                <IconButton
                  label={t('roles.takeBack')}
                  icon={<Icon name="undo" />}
                  onClick={() => onRevert(change.path)}
                />
              </li>
            ))}
          </ul>
        </section>
      )}
      <Personal {...props} />
      <Administration {...props} />
      {OPENED.map((kind) => (
        <OpensPart key={kind} role={props.role} readOnly={props.readOnly} onSay={props.onSay} kind={kind} />
      ))}
      <KindsPart role={props.role} readOnly={props.readOnly} onSay={props.onSay} />
      <People item={props.item} />
    </section>
  )
}

const SIGHTS = ['hidden', 'masked', 'read'] as const

function Personal({ role, shape, readOnly, onSay }: RolePanelProps) {
  const { t } = useTranslation()
  return (
    <section className="role-part" aria-label={t('roles.personal')}>
      <h2 className="h3 section-head">{t('roles.personal')}</h2>
      <p className="t12 ink-3 role-help">{t('roles.personalText')}</p>
      <ul>
        {shape.classes.map((one) => {
          const said = valueAt(role, ['personal', one])
          return (
            <li key={one} className="class-line t13" data-class={one}>
              <span className="ink-2">{t(`roles.classOf.${one}`, { defaultValue: one })}</span>
              <Segmented
                size="small"
                aria-label={t(`roles.classOf.${one}`, { defaultValue: one })}
                disabled={readOnly}
                value={typeof said === 'string' ? said : 'hidden'}
                options={SIGHTS.map((value) => ({ value, label: t(`roles.sight.${value}`) }))}
                onChange={(value) => onSay(['personal', one], value === 'hidden' ? undefined : value)}
              />
            </li>
          )
        })}
      </ul>
    </section>
  )
}

function Administration({ role, shape, readOnly, onSay }: RolePanelProps) {
  const { t } = useTranslation()
  const said = valueAt(role, ['administration'])
  const has: readonly unknown[] = Array.isArray(said) ? said : []
  const known = [...new Set([...shape.administration, ...has.filter((one) => typeof one === 'string')])]
  const choose = (right: string, on: boolean): void => {
    const next = known.filter((one) => (one === right ? on : has.includes(one)))
    onSay(['administration'], next.length === 0 ? undefined : next)
  }
  return (
    <section className="role-part" aria-label={t('roles.administration')}>
      <h2 className="h3 section-head">{t('roles.administration')}</h2>
      <ul>
        {known.map((right) => (
          <li key={right}>
            <Checkbox
              className="t13"
              checked={has.includes(right)}
              disabled={readOnly}
              onChange={(event) => choose(right, event.target.checked)}
            >
              {capital(administrationWord(right, t))}
            </Checkbox>
          </li>
        ))}
      </ul>
    </section>
  )
}

const capital = (text: string): string => text.charAt(0).toLocaleUpperCase() + text.slice(1)

const MOST_NAMES = 8

function People({ item }: { readonly item: RoleItem | undefined }) {
  const { t } = useTranslation()
  if (item === undefined) return null
  const people = item.people?.slice(0, MOST_NAMES) ?? []
  return (
    <section className="role-part" aria-label={t('roles.people')}>
      <h2 className="h3 row section-head">
        {t('roles.people')}
        <span className="count num">{item.holders}</span>
      </h2>
      {item.holders === 0 ? <p className="t13 ink-3">{t('roles.nobody')}</p> : null}
      <ul className="t13">
        {people.map((person) => (
          <li key={person.id} className="cut person-line">
            <a href={`/records/user/${person.id}`}>{person.name}</a>
          </li>
        ))}
      </ul>
      {people.length > 0 && item.holders > people.length ? (
        <a className="link t13" href={holdersAddress(item.name)}>
          {t('record.allRelated', { number: item.holders })}
        </a>
      ) : null}
    </section>
  )
}

/** The list of users with a filter on the role. */
const holdersAddress = (role: string): string =>
  `/records/user?filter=${encodeURIComponent(JSON.stringify({ has: [{ var: 'roles' }, role] }))}`
