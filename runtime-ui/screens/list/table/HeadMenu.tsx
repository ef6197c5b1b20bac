import { Icon } from '../../../kit/icons/Icon.tsx'
import { Menu } from '../../../kit/Menu.tsx'
import { useText } from '../../../kit/use-text.ts'
import { MOST_KEYS, sortKeys, sortText, withKey } from '../sort-keys.ts'
import type { HeadActs } from './TableHead.tsx'
import type { Column } from './use-columns.ts'

interface HeadMenuProps extends HeadActs {
  readonly column: Column
  readonly at: number
  readonly count: number
  readonly frozen: number
}

/** What can be done with a column: order, filter, place. */
export function HeadMenu(props: HeadMenuProps) {
  const { column, at, count, frozen, sort, onSort, onFilter, onMove, onFreeze, onHide } = props
  const { path, field } = column
  const t = useText()
  const keys = sortKeys(sort)
  const own = keys.findIndex((key) => key.field === path)
  const tick = (isOn: boolean) => <span className="menu-tick">{isOn ? <Icon name="check" /> : null}</span>
  const order = !field.sortable
    ? []
    : [
        ...[false, true].map((isDown) => ({
          key: isDown ? 'down' : 'up',
          icon: tick(own === 0 && keys[0]?.isDown === isDown),
          label: t(isDown ? 'columns.sortDown' : 'columns.sortUp'),
          onClick: () => onSort(() => sortText([{ field: path, isDown }])),
        })),
        ...(keys.length === 0 || own >= 0 || keys.length >= MOST_KEYS
          ? []
          : [
              {
                key: 'also',
                icon: tick(false),
                label: t('columns.sortAlso'),
                onClick: () => onSort((now) => withKey(now, path)),
              },
            ]),
        { key: 'line-order', type: 'divider' as const },
      ]
  const filter =
    onFilter === undefined || path.includes('.') || field.operators.length === 0
      ? []
      : [
          {
            key: 'filter',
            icon: <Icon name="filter" />,
            label: t('columns.filter'),
            onClick: () => onFilter(path),
          },
          { key: 'line-filter', type: 'divider' as const },
        ]
  const items = [
    ...order,
    ...filter,
    {
      key: 'freeze',
      icon: tick(at + 1 === frozen),
      label: t('columns.freeze'),
      onClick: () => onFreeze(at + 1),
    },
    ...(frozen === 0
      ? []
      : [{ key: 'loose', icon: tick(false), label: t('columns.loose'), onClick: () => onFreeze(0) }]),
    {
      key: 'left',
      icon: tick(false),
      label: t('columns.left'),
      disabled: at === 0,
      onClick: () => onMove(at, at - 1),
    },
    {
      key: 'right',
      icon: tick(false),
      label: t('columns.right'),
      disabled: at === count - 1,
      onClick: () => onMove(at, at + 2),
    },
    { key: 'line-place', type: 'divider' as const },
    {
      key: 'hide',
      icon: <Icon name="eye_off" />,
      label: t('columns.hide'),
      disabled: count === 1,
      onClick: () => onHide(path),
    },
  ]
  return (
    <Menu items={items} placement="bottomRight">
      <button
        type="button"
        className="plain-button head-menu"
        aria-label={t('columns.menu', { field: field.label })}
        title={t('columns.menu', { field: field.label })}
      >
        <Icon name="chevron_down" size="small" />
      </button>
    </Menu>
  )
}
