import { useTranslation } from 'react-i18next'
import type { RightTold } from '../../runtime-ui/api/rights.ts'
import { Icon } from '../../runtime-ui/kit/icons/Icon.tsx'
import { Menu } from '../../runtime-ui/kit/Menu.tsx'
import { ScopeMark, type Steps } from '../../runtime-ui/kit/ScopeMark.tsx'
import { ReachMark } from '../../runtime-ui/screens/rights/reach-words.tsx'
import type { RightColumn } from './role-schema.ts'
import { kindOf, type Said, type SaidKind } from './said.ts'

export interface RightCellProps {
  readonly column: RightColumn
  /** What the cell is about, for its name: “Customers: see”. */
  readonly name: string
  readonly said: Said
  /** Said by the default, not for this entity. */
  readonly isInherited: boolean
  /** What it comes to, in the engine's words; undefined for the default and while it is not known. */
  readonly told: RightTold | undefined
  readonly isChanged: boolean
  readonly problem: string | undefined
  /** Whether a rule may be said: of the default none. */
  readonly takesRule: boolean
  readonly readOnly: boolean
  readonly onSay: (said: Said) => void
  readonly onRule: () => void
}

const SCOPES = ['none', 'own', 'team', 'team_tree', 'all'] as const
const STEPS: Readonly<Partial<Record<SaidKind, Steps>>> = {
  none: 0,
  own: 1,
  team: 2,
  team_tree: 3,
  all: 4,
  rule: 'rule',
}

/** One right of one entity: what it is, and a menu of what it may be. */
export function RightCell(props: RightCellProps) {
  const { t } = useTranslation()
  const { column, name, said, isInherited, told, isChanged, problem, readOnly } = props
  const shown = <Shown column={column} said={said} told={told} />
  const classes = ['right-cell', isChanged ? 'changed' : '', problem === undefined ? '' : 'faulty']
  const isQuiet = isInherited || said === undefined
  const inner = <span className={isQuiet ? 'row quiet' : 'row'}>{shown}</span>
  if (readOnly || column.type === 'other')
    return <div className={classes.filter(Boolean).join(' ')}>{inner}</div>
  const word = told === undefined ? t(`roles.said.${kindOf(said)}`) : toldWord(told, t)
  return (
    <Menu items={itemsOf(props, t)} placement="bottomLeft">
      <button
        type="button"
        className={['plain-button', ...classes].filter(Boolean).join(' ')}
        aria-label={`${name}: ${word}${problem === undefined ? '' : `. ${problem}`}`}
        title={problem ?? word}
      >
        {inner}
      </button>
    </Menu>
  )
}

function toldWord(told: RightTold, t: (key: string) => string): string {
  if (typeof told === 'boolean') return t(told ? 'value.yes' : 'value.no')
  return told.scope === 'some' ? told.sentence : t(`rights.scope.${told.scope}`)
}

function Shown({ column, said, told }: Pick<RightCellProps, 'column' | 'said' | 'told'>) {
  const { t } = useTranslation()
  if (told !== undefined) return <ReachMark told={told} />
  const kind = kindOf(said)
  if (column.type === 'other') {
    return <span className="ink-3">{said === undefined ? '–' : t('roles.inJson')}</span>
  }
  if (column.type === 'yes_no') {
    if (kind === 'unsaid') return <span className="ink-3">–</span>
    return (
      <span className={kind === 'yes' ? 'row scope' : 'row scope ink-3'}>
        <Icon
          name={kind === 'yes' ? 'check' : 'close'}
          {...(kind === 'yes' ? { className: 'brand-mark' } : {})}
        />
        {t(`roles.said.${kind}`)}
      </span>
    )
  }
  const steps = STEPS[kind]
  if (steps === undefined) return <span className="ink-3">–</span>
  return (
    <span className={kind === 'none' ? 'row scope ink-3' : 'row scope'}>
      <ScopeMark steps={steps} />
      {t(kind === 'rule' ? 'rights.scope.some' : `rights.scope.${kind}`)}
    </span>
  )
}

function itemsOf(
  { column, name, said, takesRule, isInherited, onSay, onRule }: RightCellProps,
  t: (key: string) => string,
) {
  const here = isInherited ? 'unsaid' : kindOf(said)
  const item = (key: SaidKind, value: Said, icon: React.ReactNode) => ({
    key,
    icon,
    label: (
      <span className="row menu-line">
        {t(`roles.menu.${key}`)}
        {key === here ? <Icon name="check" /> : null}
      </span>
    ),
    onClick: () => onSay(value),
  })
  const choices =
    column.type === 'yes_no'
      ? [item('yes', true, <Icon name="check" />), item('no', false, <Icon name="close" />)]
      : [
          ...SCOPES.map((scope) => item(scope, scope, <ScopeMark steps={STEPS[scope] ?? 0} />)),
          ...(takesRule ? [{ ...item('rule', undefined, <ScopeMark steps="rule" />), onClick: onRule }] : []),
        ]
  return [
    {
      type: 'group' as const,
      key: 'head',
      label: (
        <span className="menu-head">
          {name}
          <span className="menu-help">{column.description}</span>
        </span>
      ),
    },
    ...choices,
    { type: 'divider' as const, key: 'line' },
    item('unsaid', undefined, <span className="menu-gap" />),
  ]
}
