import { useTranslation } from 'react-i18next'
import { IconButton } from '../../../kit/Button.tsx'
import { Icon } from '../../../kit/icons/Icon.tsx'
import { Menu } from '../../../kit/Menu.tsx'
import type { ListParts } from '../ListHead.tsx'
import { isByMonth, isGroupField } from './group-rule.ts'
import { groupFieldOf } from './use-groups.ts'

export interface GroupFolding {
  readonly openAll: () => void
  readonly closeAll: () => void
}

/** What a list is grouped by. */
export function GroupMenu({
  entity,
  view,
  state,
  change,
  folding,
}: ListParts & { readonly folding: GroupFolding }) {
  const { t } = useTranslation()
  const current = groupFieldOf(entity, view, state)
  const fields = entity.fields.filter(isGroupField)
  if (fields.length === 0) return null
  const tick = (isOn: boolean) => <span className="menu-tick">{isOn ? <Icon name="check" /> : null}</span>
  const items = [
    {
      key: '',
      icon: tick(current === undefined),
      label: t('groups.not'),
      onClick: () => change({ group: view?.group === undefined ? undefined : '' }),
    },
    ...fields.map((field) => ({
      key: field.name,
      icon: tick(field === current),
      label: isByMonth(field) ? t('groups.byMonth', { field: field.label }) : field.label,
      onClick: () => change({ group: field.name === view?.group ? undefined : field.name }),
    })),
    ...(current === undefined
      ? []
      : [
          { key: '/line', type: 'divider' as const },
          { key: '/open', icon: tick(false), label: t('groups.openAll'), onClick: folding.openAll },
          { key: '/close', icon: tick(false), label: t('groups.closeAll'), onClick: folding.closeAll },
        ]),
  ]
  return (
    <Menu items={items} placement="bottomRight">
      <IconButton
        className={current === undefined ? '' : 'on'}
        label={current === undefined ? t('groups.title') : t('groups.by', { field: current.label })}
        icon={<Icon name="group" />}
      />
    </Menu>
  )
}
