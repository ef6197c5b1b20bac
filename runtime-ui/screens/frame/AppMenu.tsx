import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { Icon } from '../../kit/icons/Icon.tsx'
import { Mark } from '../../kit/Mark.tsx'
import { Menu } from '../../kit/Menu.tsx'
import { useWork } from '../../kit/model-context.tsx'
import { usePlaceGroups } from './use-place-group.ts'

/** The head of the navigation: the app in use, and the way to the others. */
export function AppMenu() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { model } = useWork()
  const { groups, current, choose } = usePlaceGroups()
  const name = current.label === '' ? model.workspace : current.label
  if (groups.length < 2) {
    return (
      <div className="workspace">
        <Mark />
        <span className="cut">{name}</span>
      </div>
    )
  }
  const items = groups.map((group) => ({
    key: group.name,
    icon: <span className="menu-tick">{group === current ? <Icon name="check" /> : null}</span>,
    label: group.label,
    onClick: () => {
      choose(group.name)
      const first = group.places[0]
      if (first !== undefined) void navigate(first.to)
    },
  }))
  return (
    <Menu items={items} placement="bottomLeft">
      <button type="button" className="plain-button workspace" aria-label={t('frame.app', { app: name })}>
        <Mark />
        <span className="cut">{name}</span>
        <span className="end">
          <Icon name="chevron_down" size="small" />
        </span>
      </button>
    </Menu>
  )
}
